from __future__ import annotations

from indexer.meaning.nearness import Nearness
from indexer.query.compiled import (
    About,
    AllOf,
    CompiledQuery,
    Everything,
    Near,
    OneOf,
    SamePassage,
    Without,
)
from indexer.records.document import DocumentId
from indexer.stores.meanings import with_meanings_found
from tests.word_encoder import WordEncoder

FOUND = {DocumentId("a"): Nearness(0.5, 1)}
ABOUT = About(b"question", "about:x", WordEncoder())


def test_each_question_is_asked_wherever_it_stands() -> None:
    asked: list[bytes] = []

    def find(question: bytes) -> dict[DocumentId, Nearness]:
        asked.append(question)
        return FOUND

    root = AllOf((OneOf((ABOUT, Everything())), Without(ABOUT), SamePassage(ABOUT)))
    near = Near(FOUND, "about:x")
    assert with_meanings_found(CompiledQuery("q", root), find).root == AllOf(
        (OneOf((near, Everything())), Without(near), SamePassage(near))
    )
    assert asked == [b"question"] * 3
