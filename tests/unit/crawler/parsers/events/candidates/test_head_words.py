"""What words say of being the head of an event's name."""

from __future__ import annotations

import pytest

from crawler.parsers.events.candidates.coreference import group_candidates
from crawler.parsers.events.candidates.finder import CandidateFinder
from crawler.parsers.events.candidates.head_words import last_word, measure_heads, word_features
from crawler.parsers.events.trained.linear_model import LinearModel
from tests.event_texts import annotate

TEXT = "Am 5. Mai 2031 fand in Bonn die Erztagung statt."


def shared(one: str, other: str, lang: str = "de") -> int:
    """How many features two words have in common, without what every word has."""
    features = word_features(one, lang).keys() & word_features(other, lang).keys()
    return len(features - word_features("", lang).keys())


def test_words_that_end_alike_or_are_used_alike_share_features() -> None:
    assert shared("Erztagung", "Zinntagung") > shared("Erztagung", "Zinnmarkt")
    assert shared("Konferenz", "Tagung") > shared("Konferenz", "Schraube")
    assert not word_features("forum", "de").keys() & word_features("forum", "en").keys()


def test_a_language_without_clusters_has_features_of_letters_alone() -> None:
    assert shared("мәжжиын", "жиын", "kk") == 3


@pytest.mark.parametrize(("weight", "said"), [(9.0, "head.likely"), (-9.0, "head.unlikely")])
def test_the_heads_of_an_event_are_measured(weight: float, said: str) -> None:
    page = annotate(TEXT, "de")
    (event,) = group_candidates(CandidateFinder(page.vocabulary).find(page))
    assert last_word(page, event.best) == "Erztagung"
    assert measure_heads(page, event, None) == {}
    name = next(iter(word_features("Erztagung", "de").keys() - word_features("", "de").keys()))
    measures = measure_heads(page, event, LinearModel({name: weight}, 0.0))
    assert measures[said] == 1.0
    assert measures["head.odds"] == measures["head.most"] == max(-2.0, min(weight, 4.0) / 3)
