"""How near a passage is to a question, and from where on that counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeAlias

from indexer.meaning.packing import Vector
from indexer.records.document import DocumentId, PassageVector

THRESHOLD = 0.15
"""Cosine from which a passage is about what is asked for: chosen on the open half of the questions
in `tests/quality/questions.yaml` and on the open judged queries (`relevance_queries.yaml`).
"""
MOST = 500
"""Documents that a question finds at most: the nearest."""

SAID = 0.1
"""What it adds to a cosine that a document says all that is asked: chosen on the open judged
queries and the open questions.
"""


class Nearness(NamedTuple):
    """The nearest passage of a document."""

    cosine: float
    """To four places, the same in every store."""
    passage: int
    """Its number in the document."""
    said: float = 0.0
    """The share of what is asked that the document says."""

    @property
    def score(self) -> float:
        """By which documents are ranked."""
        return self.cosine + SAID * self.said


NearDocuments: TypeAlias = Mapping[DocumentId, Nearness]
"""Documents that a question finds, the nearest first."""


def nearest_passage(question: Vector, vectors: Iterable[PassageVector]) -> Nearness | None:
    """The passage that is nearest to a question; None where none is as near as `THRESHOLD`."""
    # numpy, which most processes don't need
    from indexer.meaning.vectors import unit_rows  # noqa: PLC0415

    listed = list(vectors)
    if not listed:
        return None
    cosines = unit_rows(found.vector for found in listed) @ unit_rows([question])[0]
    best = int(cosines.argmax())
    cosine = round(float(cosines[best]), 4)
    return Nearness(cosine, listed[best].passage) if cosine >= THRESHOLD else None
