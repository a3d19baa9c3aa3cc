from __future__ import annotations

from indexer.meaning.nearness import nearest_passage
from indexer.records.document import PassageVector
from tests.word_encoder import WordEncoder


def test_the_nearest_passage_with_its_cosine() -> None:
    question, far, near = WordEncoder().encode(["tin ore", "a museum opens", "tin ore found"])
    found = nearest_passage(question, [PassageVector(0, far), PassageVector(4, near)])
    assert found is not None
    assert found.passage == 4
    assert 0.7 < found.cosine == round(found.cosine, 4) < 0.95


def test_what_is_far_is_not_found() -> None:
    question, far = WordEncoder().encode(["tin ore", "a museum opens"])
    assert nearest_passage(question, [PassageVector(0, far)]) is None
    assert nearest_passage(question, []) is None
