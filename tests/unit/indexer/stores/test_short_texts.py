from __future__ import annotations

import pytest

from indexer.stores.short_texts import ShortTexts


def test_texts_are_as_they_were_given() -> None:
    written = ["Zinn", "", "олово", "a\x00b\n", "\ud83d", "鉛", "Zinn"]
    texts = ShortTexts()
    for text in written:
        texts.append(text)
    assert [texts[number] for number in range(len(written))] == written


@pytest.mark.parametrize(
    ("piece", "numbers"),
    [("\nzinn", [0, 3]), ("\nzinn\n", [3]), ("\nбл", [1]), ("\nerz", [0]), ("\nlead", [])],
)
def test_each_text_in_which_something_stands_is_told_once(piece: str, numbers: list[int]) -> None:
    texts = ShortTexts()
    for lines in (["zinnerz", "zinnober", "erz"], ["блеи"], [], ["zinn"]):
        texts.append("".join(f"\n{line}\n" for line in lines))
    assert list(texts.holding(piece)) == numbers
