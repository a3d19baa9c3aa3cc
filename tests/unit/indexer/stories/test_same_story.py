"""Whether two pages tell the same news; how well that works is measured in tests/quality."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.meaning.packing import Vector
from indexer.stories.same_story import CUT, WINDOW, story_score
from indexer.stories.traits import Traits
from indexer.text.shingles import shingle_sample
from tests.word_encoder import WordEncoder

WORDS = " ".join(f"word{number}" for number in range(200))


def vector(text: str) -> Vector:
    return WordEncoder().encode([text])[0]


ONE = Traits(
    site="one.example",
    lang="de",
    day=1_000,
    sample=frozenset(),
    names=frozenset({"nsrv"}),
    concepts=frozenset({"country:KZ"}),
    numbers=frozenset({"34"}),
    days=frozenset(),
    vector=vector("ore crosses the sea"),
)
NEAR = replace(ONE, site="two.example", lang="ru", vector=vector("ore crosses a great sea"))


def same(one: Traits, other: Traits) -> bool:
    assert story_score(one, other) == story_score(other, one)
    return story_score(one, other) >= CUT


def test_meaning_with_names_and_numbers_makes_a_story() -> None:
    assert same(ONE, NEAR)


@pytest.mark.parametrize(
    "other",
    [
        replace(NEAR, numbers=frozenset({"12"}), names=frozenset({"krmv"})),
        replace(NEAR, day=ONE.day + WINDOW + 1),
        replace(NEAR, vector=vector("a museum opens")),
        replace(NEAR, vector=None),
        replace(NEAR, site=ONE.site, lang=ONE.lang),
    ],
    ids=["other numbers", "weeks later", "other meaning", "no vector", "one site, one language"],
)
def test_otherwise_it_is_news_of_its_own(other: Traits) -> None:
    assert not same(ONE, other)


def test_one_name_in_both_tells_less_than_two() -> None:
    other = replace(NEAR, numbers=frozenset())
    several = frozenset({"nsrv", "krmv"})
    one_name, two_names = (
        story_score(ONE, other),
        story_score(replace(ONE, names=several), replace(other, names=several)),
    )
    assert two_names == pytest.approx(one_name + 0.1)


def test_several_numbers_none_of_which_is_the_same_are_of_other_news() -> None:
    some, others = frozenset({"14", "3.2", "1.1"}), frozenset({"9", "2.6", "0.7"})
    few = story_score(ONE, replace(NEAR, numbers=frozenset({"9"})))
    many = story_score(replace(ONE, numbers=some), replace(NEAR, numbers=others))
    assert many == pytest.approx(few - 0.15)


def test_a_reprint_needs_no_vector() -> None:
    text = replace(ONE, sample=shingle_sample(WORDS), vector=None)
    edited = shingle_sample(WORDS.replace("word7 ", "another "))
    assert same(text, replace(text, site="two.example", sample=edited))
    assert not same(text, replace(text, sample=shingle_sample(WORDS[:700])))
