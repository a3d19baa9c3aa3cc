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
LEAST = 0.01
"""Cosine from which a passage is looked at: its document may say what is asked for. More than the
0 of a vector that was wiped.
"""
MOST = 500
"""Documents that a question finds at most: the nearest."""

SAID = 0.2
"""What it adds to a cosine, where that decides what is about a question, that a document says all
that is asked: chosen on the open judged queries and the open questions.
"""
_OF_FEW, _OF_MANY = 0.75, 0.3


class Nearness(NamedTuple):
    """The nearest passage of a document."""

    cosine: float
    """To four places, the same in every store."""
    passage: int
    """Its number in the document."""
    said: float = 0.0
    """What it adds that the document says some of what is asked."""
    of_story: float | None = None
    """The mean of what the found documents of its story are alone; None: not asked for."""

    @property
    def alone(self) -> float:
        """How near it is by itself."""
        return self.cosine + self.said

    @property
    def score(self) -> float:
        """By which documents are ranked. To half by all that tell the same: whatever the language
        of a question, it is answered no better by the one of them that is worded like it.
        """
        return self.alone if self.of_story is None else (self.alone + self.of_story) / 2


NearDocuments: TypeAlias = Mapping[DocumentId, Nearness]
"""Documents that a question finds, the nearest first."""


def is_about(cosine: float, share: float) -> bool:
    """Whether a document is about what is asked for, of which it says a share of all things; each
    counts the same, so that a document by itself is judged as among others.
    """
    return cosine >= THRESHOLD or (share > 0 and cosine + SAID * share >= THRESHOLD)


def weight_of_said(things: int) -> float:
    """What it adds to a cosine, where documents are ranked, that one says all of so many things:
    the fewer are asked for, the more their words tell (chosen on judged queries, those of words
    asked as questions among them).
    """
    return max(_OF_MANY, _OF_FEW / things)


def nearest_passage(question: Vector, vectors: Iterable[PassageVector]) -> Nearness | None:
    """The passage that is nearest to a question; None where none is as near as `LEAST`."""
    # numpy, which most processes don't need
    from indexer.meaning.vectors import unit_rows  # noqa: PLC0415

    listed = list(vectors)
    if not listed:
        return None
    cosines = unit_rows(found.vector for found in listed) @ unit_rows([question])[0]
    best = int(cosines.argmax())
    cosine = round(float(cosines[best]), 4)
    return Nearness(cosine, listed[best].passage) if cosine >= LEAST else None
