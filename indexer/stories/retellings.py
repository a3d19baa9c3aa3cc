"""Whether a passage says what other pages of its story say, in other words or languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import sqlalchemy as sa

from indexer.database import tables
from indexer.database.chunks import chunks
from indexer.documents.queries import current_documents, iter_documents
from indexer.meaning.encoder import Encoder
from indexer.meaning.packing import Vector
from indexer.meaning.vectors import Rows, unit_rows
from indexer.records.errors import MeaningUnavailable
from indexer.text.passages import passage_texts

CUT = 0.5
"""The cosine from which two passages of one story say the same. Chosen on the open part of
`tests/quality/passages.yaml`, where all from 0.45 on are right: rather a passage too many is told
than one that is new is not.
"""


def says_the_same(passage: Vector, others: Rows) -> bool:
    """Whether one of the other passages (rows of length 1) says what this one says."""
    return bool(len(others)) and float((others @ unit_rows([passage])[0]).max()) >= CUT


MOST_ASKED = 1_000
"""Passages of which answers are kept: those of one page, which one watch after another asks of."""


class _Asked(NamedTuple):
    """A passage that was compared with documents."""

    vector: Vector
    answers: dict[str, bool]
    """Id of a document → whether it says this."""


class Retellings:
    """What pages say, as vectors of all their passages, which are made when they are asked for.

    Many watches match one page and tell its story: each of its passages is encoded, and compared
    with each other page, once for all of them.
    """

    def __init__(self, connection: sa.Connection, encoder: Encoder) -> None:
        self._connection = connection
        self._encoder = encoder
        self._known: dict[str, Rows] = {}
        """Id of a document → its passages."""
        self._asked: dict[str, _Asked] = {}
        """By their text."""

    def retells(self, text: str, documents: Iterable[str]) -> bool:
        """Whether one of the documents, as it is now, says what a passage says; no, where the
        encoder fails.
        """
        try:
            return self._retells(text, sorted(set(documents)))
        except MeaningUnavailable:
            return False

    def _retells(self, text: str, wanted: list[str]) -> bool:
        for identity, texts in self._texts_of([d for d in wanted if d not in self._known]):
            self._known[identity] = unit_rows(self._encoder.encode(texts))
        asked = self._asked_before(text)
        for identity in wanted:
            if identity in self._known and identity not in asked.answers:
                asked.answers[identity] = says_the_same(asked.vector, self._known[identity])
        return any(asked.answers.get(identity) for identity in wanted)

    def _asked_before(self, text: str) -> _Asked:
        if text not in self._asked:
            if len(self._asked) >= MOST_ASKED:
                self._asked.clear()
            (vector,) = self._encoder.encode([text])
            self._asked[text] = _Asked(vector, {})
        return self._asked[text]

    def _texts_of(self, documents: list[str]) -> Iterator[tuple[str, list[str]]]:
        for part in chunks(documents):
            query = current_documents().where(tables.document.c.id.in_(part))
            for document in iter_documents(self._connection, query):
                yield document.id, [text for *_, text in passage_texts(document.read_page())]
