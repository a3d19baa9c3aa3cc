"""Which words of a page may name an event by what a model knows of them."""

from __future__ import annotations

import pytest

from crawler.parsers.events.candidates.finder import CandidateFinder
from crawler.parsers.events.candidates.likely_words import (
    LikelyWords,
    beside_features,
    circumstance_features,
    features,
    own_features,
    words_of,
)
from tests.event_texts import annotate

TEXT = "On 4 May 2031 the drillers had a hotpot in Berlin. The hotpot was cold. Tin is dear."


def _weights(word: str, lang: str = "en", weight: float = 2.0) -> dict[str, float]:
    """What speaks for a word as it is written."""
    shared = own_features("xyz", lang)
    return {f: weight for f in own_features(word, lang)[:2] if f not in shared}


def _found(weights: dict[str, float], text: str = TEXT) -> list[str]:
    page = annotate(text, "en", "2031-06-01")
    candidates = CandidateFinder(page.vocabulary).find(page)
    least = dict.fromkeys(own_features("xyz", "en")[:1], -5.0)
    words = LikelyWords({**least, **weights}, "en").find(page, candidates)
    return [word.text for _, _, word in words]


def test_words_are_found_by_what_the_model_knows_of_them() -> None:
    assert _found({}) == []
    assert _found(_weights("hotpot", weight=6.0)) == ["hotpot", "hotpot"]


def test_a_word_gains_by_those_beside_it_and_by_what_its_sentence_tells() -> None:
    weights = _weights("hotpot", weight=2.0)
    assert _found(weights) == []
    behind = {beside_features("in", 1, "en")[0]: 1.5}
    assert _found(weights | behind) == ["hotpot"]
    day = {circumstance_features("in:day", "en")[0]: 1.5}
    assert _found(weights | day) == ["hotpot"]


def test_names_days_and_what_is_a_candidate_already_are_left_out() -> None:
    assert _found(_weights("berlin", weight=9.0)) == []
    assert _found(_weights("may", weight=9.0)) == []
    text = "The Mining Forum took place in Berlin on 4 May 2031."
    assert _found(_weights("forum", weight=9.0), text) == []


def test_what_is_found_adds_up_what_is_learnt_from() -> None:
    page = annotate(TEXT, "en", "2031-06-01")
    sentence = page.sentences[0]
    words = words_of(page, sentence)
    at = next(i for i, word in enumerate(words) if word.text == "hotpot")
    known = list(features(page, sentence, words, at))
    weights = {f: (i % 7) / 20 for i, f in enumerate(sorted(set(known)))}
    (found,) = (one for one in LikelyWords(weights, "en").find(page, []) if one.word == words[at])
    assert found.odds == pytest.approx(sum(weights[f] for f in known))


def test_of_a_page_a_few_words_are_found() -> None:
    weights = {**_weights("hotpot", weight=9.0), own_features("xyz", "en")[0]: -5.0}
    words = LikelyWords(weights, "en")
    assert len(words.find(annotate("They had a hotpot. " * 30, "en"), [])) == 8
