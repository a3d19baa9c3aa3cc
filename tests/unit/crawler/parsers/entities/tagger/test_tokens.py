from __future__ import annotations

import pytest

from crawler.parsers.entities.tagger.tokens import stretches, tokens_between


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Bergbau- und Hüttenwerk", [["Bergbau", "-", "und", "Hüttenwerk"]]),
        ("Die B&B-Holding (BBH) kam.", [["Die", "B&B-Holding", "(", "BBH", ")", "kam", "."]]),
        ("Kein Wort fiel. Dann doch.", [["Kein", "Wort", "fiel", "."], ["Dann", "doch", "."]]),
        ("Kalk e. V. Jena", [["Kalk", "e", ".", "V", ".", "Jena"]]),
        ("Dr. Ahlers kam", [["Dr", ".", "Ahlers", "kam"]]),
        ("Oben\n\nunten", [["Oben"], ["unten"]]),
        ("МИД КР, завод", [["МИД", "КР", ",", "завод"]]),
        (" \n ", []),
        ("", []),
    ],
)
def test_words_and_marks_in_stretches(text: str, wanted: list[list[str]]) -> None:
    found = list(stretches(text))
    assert [[token.text for token in stretch] for stretch in found] == wanted
    assert all(text[t.start : t.end] == t.text for stretch in found for t in stretch)


def test_what_goes_on_without_end_is_cut() -> None:
    longest = max(len(stretch) for stretch in stretches("Alpha Beta " * 5_000))
    assert longest == 120


def test_the_words_of_a_part() -> None:
    text = "Erst das.\nDr. Ahlers\nkam nie."
    assert [t.text for t in tokens_between(text, 10, len(text))] == [
        *("Dr", ".", "Ahlers", "kam", "nie", ".")
    ]
    assert [t.text for t in tokens_between(text, 10, len(text), 2)] == ["Dr", "."]
