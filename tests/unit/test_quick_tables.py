"""What is made of tables is shared by those who come with the same ones."""

from __future__ import annotations

from tests.quick_tables import KEPT, Once


def test_the_same_tables_are_made_something_of_once() -> None:
    made: list[dict[str, int]] = []

    def make(tables: dict[str, int]) -> int:
        made.append(tables)
        return len(made)

    once = Once(make)
    first, like_it = {"a": 1}, {"a": 1}
    assert [once(first), once(first), once(like_it), once(first)] == [1, 1, 2, 1]
    for _ in range(KEPT):
        once({})
    assert once(first) == len(made) == KEPT + 3
