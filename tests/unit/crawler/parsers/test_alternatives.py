"""One expression of many words finds what each of them would, the longest first."""

from __future__ import annotations

import re

import pytest

from crawler.parsers.alternatives import either
from crawler.parsers.entities.expressions import literal
from crawler.parsers.events.grammar.word_lists import known_words

WORDS = ("in", "in der Stadt", "innen", "bei", "Bad", "г.")


def test_as_the_words_one_by_one_the_longest_first() -> None:
    grouped = re.compile(either(WORDS))
    plain = re.compile("|".join(map(re.escape, sorted(WORDS, key=len, reverse=True))))
    for text in ("in der Stadt", "in derselben", "innenlich", "Bad bei г. in", "gar nichts", "гр"):
        assert grouped.findall(text) == plain.findall(text)


def test_what_words_begin_with_stands_once() -> None:
    assert either(("Erz", "Erde", "Zinn")) == "(?:Er(?:de|z)|Zinn)"
    assert either(("Erz",)) == "Erz"


@pytest.mark.parametrize("text", ["", "in"])
def test_no_words_match_nothing(text: str) -> None:
    assert re.search(either(()), text) is None


def test_characters_may_have_an_expression_of_their_own() -> None:
    made = either(("in der", "zu~"), lambda sign: {" ": r"\s+", "~": r"\w*"}.get(sign, sign))
    assert re.fullmatch(made, "in \n der")
    assert re.fullmatch(made, "zum")


@pytest.mark.parametrize(
    "made",
    [
        known_words(("Messe", "messe der Stadt")),
        re.compile(literal(("Messe", "messe der Stadt"), any_case=True), re.IGNORECASE),
    ],
    ids=["known words", "literal"],
)
def test_where_case_does_not_count_the_longest_is_first_too(made: re.Pattern[str]) -> None:
    found = made.search("Die Messe der Stadt")
    assert found is not None
    assert found[0] == "Messe der Stadt"


def test_what_is_alike_is_tried_in_one_order() -> None:
    made = re.compile(either(("Messe", "messezentrum"), alike=str.lower), re.IGNORECASE)
    found = made.match("Messezentrum")
    assert found is not None
    assert found[0] == "Messezentrum"
