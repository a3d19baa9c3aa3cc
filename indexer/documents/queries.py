"""Documents and their revisions as they stand: what the stages after reading ask for.

A revision has an ingest sequence number; watches go by it and never by publication time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from indexer.database import tables
from indexer.records.document import DocumentId, Page, Passage, StoredDocument
from indexer.text.passages import passages

NEVER_MATCHED = frozenset({"listing", "not-an-article"})
"""Kinds of page that are indexed, but say nothing new to a watch."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A document as of one ingest sequence number."""

    seq: int
    document: StoredDocument
    added: frozenset[str] | None
    """Fingerprints of the passages that are new in it; None: all of them."""
    first_look: bool
    """Whether its source was being crawled for the first time."""

    @property
    def news(self) -> list[Passage] | None:
        """The added passages; None: the whole document is new."""
        if self.added is None:
            return None
        return [p for p in passages(self.document.page) if p.fingerprint in self.added]


def current_documents() -> sa.Select[Any]:
    """Documents with the page of their current revision."""
    revision = tables.revision.c
    return sa.select(
        tables.document, revision.page, revision.said, revision.extractor, revision.created
    ).join(
        tables.revision,
        sa.and_(
            tables.revision.c.document == tables.document.c.id,
            tables.revision.c.number == tables.document.c.revision,
        ),
    )


def stored_document(row: sa.Row[Any]) -> StoredDocument:
    """A row of `current_documents` as the search store takes it."""
    return StoredDocument(
        DocumentId(row.id),
        row.url,
        row.source,
        row.revision,
        row.first_seen,
        Page.from_json(row.page),
    )


def pending_fetches(
    connection: sa.Connection, extractor: int, after: int, limit: int
) -> list[sa.Row[Any]]:
    """Archived answers to read, in the order in which they were fetched.

    Those that were never read, and the last one of each address that an older extractor could make
    nothing of.
    """
    newer = tables.fetch.alias()
    last = ~sa.exists().where(newer.c.url == tables.fetch.c.url, newer.c.id > tables.fetch.c.id)
    failed = sa.and_(
        tables.fetch.c.state.in_(("quarantined", "not-kept")),
        tables.fetch.c.extractor < extractor,
        last,
    )
    query = (
        sa.select(tables.fetch)
        .where(sa.or_(tables.fetch.c.state == "pending", failed), tables.fetch.c.id > after)
        .order_by(tables.fetch.c.id)
        .limit(limit)
    )
    return list(connection.execute(query))


def outdated_documents(
    connection: sa.Connection, extractor: int, after: str, limit: int
) -> list[sa.Row[Any]]:
    """Documents whose current revision an older extractor has read, by id."""
    query = (
        current_documents()
        .where(tables.revision.c.extractor < extractor, tables.document.c.id > after)
        .order_by(tables.document.c.id)
        .limit(limit)
    )
    return list(connection.execute(query))


def revisions_after(
    connection: sa.Connection, seq: int, *, until: int | None = None
) -> Iterator[Revision]:
    """Revisions in ingest order that can start a match: re-readings and pure removals are left out."""
    after, size = seq, 200
    while True:
        query = (
            sa.select(
                tables.revision,
                tables.document.c.id,
                tables.document.c.url,
                tables.document.c.source,
                tables.document.c.first_seen,
            )
            .join(tables.document, tables.document.c.id == tables.revision.c.document)
            .where(tables.revision.c.seq > after)
            .order_by(tables.revision.c.seq)
            .limit(size)
        )
        if until is not None:
            query = query.where(tables.revision.c.seq <= until)
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
                )
                added = None if row.added is None else frozenset(row.added)
                yield Revision(row.seq, stored, added, row.first_look)
        if len(rows) < size:
            return
        after = rows[-1].seq


def newest_sequence(connection: sa.Connection) -> int:
    """The highest ingest sequence number; 0 while there is none."""
    return int(connection.execute(sa.select(sa.func.max(tables.revision.c.seq))).scalar() or 0)
