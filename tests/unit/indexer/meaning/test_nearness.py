from __future__ import annotations

from indexer.meaning.nearness import (
    SAID,
    THRESHOLD,
    is_about,
    nearest_passage,
    weight_of_said,
)
from indexer.records.document import PassageVector
from tests.word_encoder import WordEncoder


def test_the_nearest_passage_with_its_cosine() -> None:
    question, far, near = WordEncoder().encode(["tin ore", "a museum opens", "tin ore found"])
    found = nearest_passage(question, [PassageVector(0, far), PassageVector(4, near)])
    assert found is not None
    assert found.passage == 4
    assert 0.7 < found.cosine == round(found.cosine, 4) < 0.95


def test_what_is_far_is_not_found() -> None:
    (question,) = WordEncoder().encode(["tin ore"])
    against = bytes(-number & 0xFF for number in question)
    assert nearest_passage(question, [PassageVector(0, against)]) is None
    assert nearest_passage(question, []) is None


def test_what_is_less_near_is_about_it_where_it_says_more() -> None:
    assert is_about(THRESHOLD, 0)
    assert not is_about(THRESHOLD - 0.01, 0)
    assert is_about(THRESHOLD - SAID / 2, 0.5)
    assert not is_about(THRESHOLD - SAID / 2 - 0.01, 0.5)


def test_what_is_said_weighs_the_more_the_fewer_things_are_asked_for() -> None:
    weights = [weight_of_said(things) for things in (1, 2, 3, 8)]
    assert weights[0] > weights[1] > weights[2] == weights[3] > SAID
