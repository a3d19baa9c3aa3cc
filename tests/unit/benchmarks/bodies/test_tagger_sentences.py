from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

import pytest
import yaml

from benchmarks.bodies.labelled_bodies import MarkedText
from benchmarks.bodies.made_up_bodies import Bodies, bodies_of
from benchmarks.bodies.tagger import LANGUAGES
from benchmarks.bodies.tagger_sentences import SentenceMaker, replace_bodies
from benchmarks.tagger_training import WORDS


@pytest.fixture(scope="module")
def words() -> Mapping[str, Any]:
    return {code: yaml.safe_load((WORDS / f"{code}.yaml").read_text()) for code in LANGUAGES}


def bodies(language: str, words: Mapping[str, Any], seed: int = 1) -> Bodies:
    return bodies_of(language, words, random.Random(seed))


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_have_no_open_slot_and_their_bodies_marked(
    language: str, words: Mapping[str, Any]
) -> None:
    rng = random.Random(2)
    maker = SentenceMaker(language, words[language], bodies(language, words), ["Ina"], rng)
    made = list(maker.make(200))
    assert not any(mark in m.text for m in made for mark in "{}+^")
    assert 10 < sum(not m.bodies for m in made) < 80
    names = [m.text[s:e] for m in made for s, e in m.bodies]
    assert all(name and name == name.strip() for name in names)
    assert len(set(names)) > len(names) * 0.7


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_seed_makes_the_same_names(language: str, words: Mapping[str, Any]) -> None:
    first, again = (bodies(language, words, seed=5) for _ in range(2))
    assert [first.plain("") for _ in range(20)] == [again.plain("") for _ in range(20)]


def test_german_articles_fit_the_head(words: Mapping[str, Any]) -> None:
    made = bodies("de", words)
    for gender, article in (("m", "dem"), ("f", "die")):
        heads = tuple(
            head.lower()
            for g, listed in words["de"]["heads"].items()
            for head in listed
            if g == gender or (gender == "m" and g == "n")
        )
        named = [made.plain(article) for _ in range(50)]
        assert all(any(head in name.lower() for head in heads) for name in named)


def test_what_stands_around_replaced_bodies_stays(words: Mapping[str, Any]) -> None:
    text = "Der Kalkbund und Ina Kalk grüßen die KB in Ulm."
    marked = MarkedText("de", text, [(4, 12), (37, 39)], [(17, 25)])
    made = replace_bodies(marked, bodies("de", words), random.Random(3), share=1.0)
    first, second = (made.text[s:e] for s, e in made.bodies)
    assert made.text == f"Der {first} und Ina Kalk grüßen die {second} in Ulm."
    assert "Kalkbund" not in made.text
    assert [made.text[s:e] for s, e in made.persons] == ["Ina Kalk"]


def test_a_share_of_none_changes_nothing(words: Mapping[str, Any]) -> None:
    marked = MarkedText("de", "Die KB kam.", [(4, 6)], [])
    made = replace_bodies(marked, bodies("de", words), random.Random(3), share=0.0)
    assert (made.text, made.bodies) == (marked.text, marked.bodies)


def test_some_russian_names_are_written_in_latin_letters_beyond_the_list(
    words: Mapping[str, Any],
) -> None:
    made = bodies("ru", words)
    latin = {name for name in (made.plain("") for _ in range(600)) if name.isascii()}
    assert len(latin - set(words["ru"]["latin"])) > 20
