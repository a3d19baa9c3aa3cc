"""Queries for documents and their revisions, for the later stages.

A revision has an ingest sequence number; watches use it, never the publication time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa

from indexer.database import tables
from indexer.database.records import columns_of, find_record, iter_records
from indexer.meaning.packing import ENCODER_VERSION, unpack
from indexer.records.document import DocumentId, Page, Passage, PassageVector, StoredDocument
from indexer.records.stated import COUNTED_AT
from indexer.text.passages import passages


@dataclass(frozen=True, slots=True)
class Revision:
    """A document as of one ingest sequence number."""

    seq: int
    run: int
    created: datetime
    document: StoredDocument
    added: frozenset[str] | None
    """Fingerprints of the passages that are new in it; None: all of them."""
    first_look: bool
    """Whether its source was being crawled for the first time."""

    @property
    def change(self) -> Literal["new-document", "added-passage"]:
        """What is new: the document, or passages of it."""
        return "new-document" if self.added is None else "added-passage"

    @property
    def news(self) -> list[Passage] | None:
        """The added passages; None: the whole document is new."""
        if self.added is None:
            return None
        return [p for p in passages(self.document.page) if p.fingerprint in self.added]


@dataclass(frozen=True, slots=True)
class CurrentDocument:
    """A document with its current revision."""

    id: DocumentId
    url: str
    source: str
    first_seen: datetime
    last_seen: datetime
    last_outcome: str
    revision: int
    moved_to: str | None
    """Document that continues it."""
    fetch: int
    """Of the response that it was last extracted from."""
    seq: int
    """Ingest sequence number of the revision."""
    extractor: int
    created: datetime
    page: Mapping[str, Any]
    """In its JSON form."""
    added: Sequence[str] | None
    """Fingerprints of the passages that the revision added; None: all of them."""
    fingerprints: Sequence[str] | None
    """The text was removed: fingerprints of the passages that it had."""
    story: str | None
    """Name of the story that it tells; None: not looked at yet, as the next two."""
    encoder: int | None
    vectors: bytes | None
    full_names: Mapping[str, str] | None
    """Of persons whom it names by an initial; None: not looked at yet."""

    @property
    def text_removed(self) -> bool:
        """Whether its text has been removed."""
        return self.fingerprints is not None

    def read_page(self) -> Page:
        """The page of the current revision."""
        return Page.from_json(self.page)

    def read_vectors(self) -> tuple[PassageVector, ...]:
        """The meaning of its passages, its beginning first; empty if this encoder made none."""
        return unpack(self.vectors) if self.vectors and self.encoder == ENCODER_VERSION else ()

    def to_store(self) -> StoredDocument:
        """The document as the search store takes it."""
        return StoredDocument(
            self.id,
            self.url,
            self.source,
            self.revision,
            self.first_seen,
            self.read_page(),
            self.story,
            self.read_vectors(),
            self.full_names or {},
        )


_COUNTED = f'"markup": "{COUNTED_AT}: '
"""In the JSON form of a page that counts its day."""
CURRENT_REVISION = sa.and_(
    tables.revision.c.document == tables.document.c.id,
    tables.revision.c.number == tables.document.c.revision,
)
"""Joins a document and its current revision."""
_PERSONS = tables.document_persons.c.document == tables.document.c.id
_CURRENT = (
    sa.select(
        *columns_of(
            CurrentDocument,
            tables.document,
            tables.revision,
            tables.document_story,
            tables.document_persons,
        )
    )
    .join(tables.revision, CURRENT_REVISION)
    .outerjoin(tables.document_story, tables.document_story.c.document == tables.document.c.id)
    .outerjoin(tables.document_persons, _PERSONS)
)


def current_documents() -> sa.Select[Any]:
    """A query for all documents with their current revisions, to which conditions are added."""
    return _CURRENT


def iter_documents(connection: sa.Connection, query: sa.Select[Any]) -> Iterator[CurrentDocument]:
    """The documents of a query based on `current_documents`, loaded lazily."""
    return iter_records(connection, CurrentDocument, query)


def find_document(
    connection: sa.Connection, where: sa.ColumnElement[bool]
) -> CurrentDocument | None:
    """The one document that meets the condition; None if there is none."""
    return find_record(connection, CurrentDocument, _CURRENT.where(where))


def counted_day(connection: sa.Connection, url: str, known: DocumentId | None = None) -> str | None:
    """The day that a document counted from that of its request when it was read last: of the
    `known` one, else of the one to which an address leads.
    """
    led_to = sa.select(tables.address.c.document).where(tables.address.c.url == url)
    query = (
        sa.select(tables.document.c.published)
        .join(tables.revision, CURRENT_REVISION)
        .where(
            tables.document.c.id == (known or led_to.scalar_subquery()),
            sa.cast(tables.revision.c.page, sa.Text).contains(_COUNTED),
        )
    )
    return connection.execute(query).scalar()


_NOT_MOVED = sa.func.coalesce(tables.document.c.moved_to, "") == ""
"""As no index has it: SQLite would else go through all documents by that of `moved_to`, and sort
them, for each stretch."""


def documents_after(
    connection: sa.Connection, seq: int, limit: int, *which: sa.ColumnElement[bool]
) -> list[CurrentDocument]:
    """Documents that have not moved and whose current revision has a higher ingest sequence number,
    in order. It reads along the numbers; what it leaves out (`which`) costs time too.
    """
    query = (
        current_documents()
        .where(tables.revision.c.seq > seq, _NOT_MOVED, *which)
        .order_by(tables.revision.c.seq)
        .limit(limit)
    )
    return list(iter_documents(connection, query))


def stretches(
    connection: sa.Connection, size: int, *which: sa.ColumnElement[bool]
) -> Iterator[list[CurrentDocument]]:
    """Documents that have not moved and meet the conditions, in ingest order, so many at a time;
    each stretch is looked up when it is asked for.
    """
    first = current_documents().with_only_columns(
        sa.func.min(tables.revision.c.seq), maintain_column_froms=True
    )
    begins = connection.execute(first.where(tables.document.c.moved_to.is_(None), *which)).scalar()
    after = begins - 1 if begins is not None else None
    while after is not None and (found := documents_after(connection, after, size, *which)):
        yield found
        after = found[-1].seq


def outdated_documents(
    connection: sa.Connection, extractor: int, after: str, limit: int
) -> list[CurrentDocument]:
    """Documents whose current revision comes from an older extractor, by id."""
    query = (
        current_documents()
        .where(tables.revision.c.extractor < extractor, tables.document.c.id > after)
        .order_by(tables.document.c.id)
        .limit(limit)
    )
    return list(iter_documents(connection, query))


def extract_all_again(connection: sa.Connection) -> int:
    """Have all documents extracted again, as after a new version of the extractor; their number."""
    document, revision = tables.document.c, tables.revision.c
    current = sa.exists().where(
        document.id == revision.document, document.revision == revision.number
    )
    return connection.execute(
        sa.update(tables.revision).where(current).values(extractor=0)
    ).rowcount


def revisions_after(
    connection: sa.Connection,
    seq: int,
    *,
    until: int | None = None,
    since: datetime | None = None,
    document: str | None = None,
) -> Iterator[Revision]:
    """Revisions in ingest order that can start a match: no re-readings, no pure removals.

    `until`: the last sequence number; `since`: made at this moment or later; `document`: only its.
    """
    conditions = []
    if until is not None:
        conditions.append(tables.revision.c.seq <= until)
    if since is not None:
        conditions.append(tables.revision.c.created >= since)
    if document is not None:
        conditions.append(tables.revision.c.document == document)
    after, size = seq, 200
    while True:
        query = (
            sa.select(
                tables.revision,
                tables.document.c.id,
                tables.document.c.url,
                tables.document.c.source,
                tables.document.c.first_seen,
                tables.document_story.c.story,
                tables.document_persons.c.full_names,
            )
            .join(tables.document, tables.document.c.id == tables.revision.c.document)
            .outerjoin(
                tables.document_story, tables.document_story.c.document == tables.document.c.id
            )
            .outerjoin(tables.document_persons, _PERSONS)
            .where(tables.revision.c.seq > after, *conditions)
            .order_by(tables.revision.c.seq)
            .limit(size)
        )
        rows = connection.execute(query).all()
        for row in rows:
            if row.added != []:
                stored = StoredDocument(
                    DocumentId(row.id),
                    row.url,
                    row.source,
                    row.number,
                    row.first_seen,
                    Page.from_json(row.page),
                    row.story,
                    full_names=row.full_names or {},
                )
                added = None if row.added is None else frozenset(row.added)
                yield Revision(row.seq, row.run, row.created, stored, added, row.first_look)
        if len(rows) < size:
            return
        after = rows[-1].seq


def newest_sequence(connection: sa.Connection) -> int:
    """The highest ingest sequence number; 0 if there is none."""
    return int(connection.execute(sa.select(sa.func.max(tables.revision.c.seq))).scalar() or 0)


def next_sequence(connection: sa.Connection) -> int:
    """The ingest sequence number of the next revision.

    It is above all that watches have seen, also what was erased since: below it, they would take
    the revision for seen.
    """
    seen = connection.execute(sa.select(sa.func.max(tables.watch.c.cursor))).scalar()
    return max(newest_sequence(connection), int(seen or 0)) + 1


def sequence_before(connection: sa.Connection, moment: datetime) -> int:
    """The highest ingest sequence number of what was made before a moment; 0 if nothing was."""
    query = sa.select(sa.func.max(tables.revision.c.seq)).where(tables.revision.c.created < moment)
    return int(connection.execute(query).scalar() or 0)
