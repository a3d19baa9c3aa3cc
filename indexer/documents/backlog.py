"""What the search store must still write or remove: the hand-over to the stage index.

The store is a view of the system of record. `document.indexed` is the revision that it holds
durably (`indexer.database.index_marks`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import sqlalchemy as sa

from indexer.database import tables
from indexer.database.chunks import chunks
from indexer.database.index_marks import IS_HELD, IS_SEARCHED
from indexer.documents.queries import stretches
from indexer.records.document import DocumentId, StoredDocument

_LACKING = (
    tables.document.c.indexed < tables.document.c.revision,
    tables.document.c.rejected.is_(None),
)
"""What the search store does not hold and does not refuse."""


def iter_backlog(connection: sa.Connection, size: int) -> Iterator[list[StoredDocument]]:
    """Current revisions that the search store does not hold yet, in ingest order, so many at a
    time: each once, also if it is still being written when the next ones are asked for.
    """
    for found in stretches(connection, size, *_LACKING):
        yield [document.to_store() for document in found]


def mark_indexed(connection: sa.Connection, documents: list[StoredDocument]) -> None:
    """Mark these revisions as written: the search store holds them durably."""
    for document in documents:
        connection.execute(
            sa.update(tables.document)
            .where(
                tables.document.c.id == document.id, tables.document.c.indexed < document.revision
            )
            .values(indexed=document.revision)
        )


def moved_documents(connection: sa.Connection, limit: int) -> list[DocumentId]:
    """Documents that have moved and are still in the search store."""
    query = (
        sa.select(tables.document.c.id)
        # Not `IS NOT NULL`, nor in an order: SQLite would look at all documents for it.
        .where(tables.document.c.moved_to > "", IS_HELD)
        .limit(limit)
    )
    return [DocumentId(name) for name in connection.execute(query).scalars()]


def has_backlog(connection: sa.Connection) -> bool:
    """Whether there is something to write or to remove."""
    document = tables.document.c
    lacking = sa.select(document.id).where(*_LACKING, document.moved_to.is_(None)).limit(1)
    return connection.execute(lacking).first() is not None or bool(moved_documents(connection, 1))


def count_indexed(connection: sa.Connection) -> int:
    """Documents that the search store holds, save those that have moved and are to be removed."""
    query = sa.select(sa.func.count()).where(IS_SEARCHED)
    return int(connection.execute(query).scalar_one())


def mark_removed(connection: sa.Connection, documents: list[DocumentId]) -> None:
    """Mark these documents as removed: the search store has removed them durably."""
    connection.execute(
        sa.update(tables.document).where(tables.document.c.id.in_(documents)).values(indexed=0)
    )


def mark_rejected(connection: sa.Connection, document: DocumentId, reason: str) -> None:
    """Mark a revision as rejected: it is left out until the document changes."""
    connection.execute(
        sa.update(tables.document).where(tables.document.c.id == document).values(rejected=reason)
    )


def send_rejected_again(connection: sa.Connection) -> None:
    """Put rejected documents back into the backlog."""
    connection.execute(
        sa.update(tables.document)
        .where(tables.document.c.rejected.is_not(None))
        .values(rejected=None)
    )


def rejected_documents(connection: sa.Connection, limit: int) -> list[tuple[str, str]]:
    """(url, reason) of documents that the search store rejects."""
    query = (
        sa.select(tables.document.c.url, tables.document.c.rejected)
        .where(tables.document.c.rejected.is_not(None))
        .order_by(tables.document.c.url)
        .limit(limit)
    )
    return [(row.url, row.rejected) for row in connection.execute(query)]


def marked_again(connection: sa.Connection) -> frozenset[DocumentId]:
    """Documents that are to be written again as they are. To be asked for before an index is
    filled: it takes them as they are then.
    """
    query = sa.select(tables.document.c.id).where(tables.document.c.indexed < 0)
    return frozenset(map(DocumentId, connection.execute(query).scalars()))


def mark_rebuilt(
    connection: sa.Connection,
    until: int,
    reasons: Mapping[str, str],
    again: Collection[DocumentId],
) -> None:
    """A new index has every current revision up to this ingest sequence number, save the refused
    ones. What was marked to be written again while it was filled, and not `again` before, it may
    have as it was before that.
    """
    table = tables.document.c
    filled = sa.select(tables.revision.c.document).where(
        tables.revision.c.number == table.revision, tables.revision.c.seq <= until
    )
    update = sa.update(tables.document).where(
        table.id.in_(filled.correlate(tables.document)), table.moved_to.is_(None)
    )
    for chunk in chunks(again):
        connection.execute(update.where(table.id.in_(chunk)).values(indexed=table.revision))
    held = sa.case((table.indexed < 0, -table.revision), else_=table.revision)
    connection.execute(update.values(indexed=held, rejected=None))
    for document, reason in reasons.items():
        # A run may have written a newer revision to the new index meanwhile, which was taken.
        connection.execute(update.where(table.id == document).values(indexed=0, rejected=reason))


def align_with(connection: sa.Connection, held: Mapping[DocumentId, int]) -> list[DocumentId]:
    """Take over which revisions the search store really holds: id → revision.

    What it lacks, or holds in an older revision, is backlog again; what is to be written again
    stays so. Returns what it holds that the database does not know: documents, or revisions.
    """
    table = tables.document.c
    strange = set(held)
    for row in connection.execute(sa.select(table.id, table.revision, table.indexed)).all():
        there = held.get(row.id, 0)
        if there <= row.revision:
            strange.discard(row.id)
        mark = -there if row.indexed < 0 else there
        if mark != row.indexed:
            connection.execute(
                sa.update(tables.document).where(table.id == row.id).values(indexed=mark)
            )
    return sorted(strange)
