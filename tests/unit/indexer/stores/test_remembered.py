from __future__ import annotations

from indexer.stores.remembered import Remembered


def test_the_last_questions_are_answered_once() -> None:
    asked: list[int] = []

    def double(number: int) -> int:
        asked.append(number)
        return number * 2

    def answer(number: int) -> int:
        return remembered.find(number, lambda: double(number))

    remembered = Remembered[int](2)
    assert [answer(n) for n in (1, 2, 1, 3)] == [2, 4, 2, 6]
    assert asked == [1, 2, 3]
    assert [answer(n) for n in (1, 3)] == [2, 6]  # what was asked for longest ago is forgotten
    assert answer(2) == 4
    assert asked == [1, 2, 3, 2]
    remembered.forget(2)
    assert answer(2) == 4
    assert asked == [1, 2, 3, 2, 2]
