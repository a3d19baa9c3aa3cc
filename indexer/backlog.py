"""What the search store lacks, and what it holds too much: the hand-over to the stage index.

The store is a view of the system of record. `document.indexed` is the revision that it has for good.
"""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from indexer import database as db
from indexer.document import DocumentId, StoredDocument
from indexer.documents import current_documents, stored_document


def backlog(connection: sa.Connection, limit: int, skip: int = 0) -> list[StoredDocument]:
    """Current revisions that the search store does not have yet, in ingest order.

    `skip`: how many of the first ones are left out because they are on their way.
    """
    query = (
        current_documents()
        .where(
            db.document.c.indexed < db.document.c.revision,
            db.document.c.rejected.is_(None),
            db.document.c.moved_to.is_(None),
        )
        .order_by(db.revision.c.seq)
        .limit(limit)
        .offset(skip)
    )
    return [stored_document(row) for row in connection.execute(query)]


def mark_indexed(connection: sa.Connection, documents: list[StoredDocument]) -> None:
    """The search store has these revisions (they are durable there)."""
    for document in documents:
        connection.execute(
            sa.update(db.document)
            .where(db.document.c.id == document.id, db.document.c.indexed < document.revision)
            .values(indexed=document.revision)
        )


def departed(connection: sa.Connection, limit: int) -> list[DocumentId]:
    """Documents that have moved and are in the search store still."""
    query = (
        sa.select(db.document.c.id)
        .where(db.document.c.moved_to.is_not(None), db.document.c.indexed > 0)
        .order_by(db.document.c.id)
        .limit(limit)
    )
    return [DocumentId(name) for name in connection.execute(query).scalars()]


def mark_departed(connection: sa.Connection, documents: list[DocumentId]) -> None:
    """The search store has these documents no more (for good)."""
    connection.execute(
        sa.update(db.document).where(db.document.c.id.in_(documents)).values(indexed=0)
    )


def mark_rejected(connection: sa.Connection, document: DocumentId, reason: str) -> None:
    """The search store refuses this revision; it is left out until the document changes."""
    connection.execute(
        sa.update(db.document).where(db.document.c.id == document).values(rejected=reason)
    )


def send_rejected_again(connection: sa.Connection) -> None:
    """What the search store refused is backlog again."""
    connection.execute(
        sa.update(db.document).where(db.document.c.rejected.is_not(None)).values(rejected=None)
    )


def rejected_documents(connection: sa.Connection, limit: int) -> list[tuple[str, str]]:
    """(url, reason) of documents that the search store refuses."""
    query = (
        sa.select(db.document.c.url, db.document.c.rejected)
        .where(db.document.c.rejected.is_not(None))
        .order_by(db.document.c.url)
        .limit(limit)
    )
    return [(row.url, row.rejected) for row in connection.execute(query)]


def mark_rebuilt(connection: sa.Connection, until: int, reasons: Mapping[str, str]) -> None:
    """A new index has every current revision up to this ingest sequence number, save the refused ones."""
    filled = sa.select(db.revision.c.document).where(
        db.revision.c.number == db.document.c.revision, db.revision.c.seq <= until
    )
    connection.execute(
        sa.update(db.document)
        .where(
            db.document.c.id.in_(filled.correlate(db.document)), db.document.c.moved_to.is_(None)
        )
        .values(indexed=db.document.c.revision, rejected=None)
    )
    for document, reason in reasons.items():
        connection.execute(
            sa.update(db.document)
            .where(db.document.c.id == document)
            .values(indexed=0, rejected=reason)
        )


def forget_index(connection: sa.Connection) -> None:
    """The search store is empty: everything is backlog again."""
    connection.execute(sa.update(db.document).values(indexed=0, rejected=None))


def documents_after(
    connection: sa.Connection, seq: int, limit: int
) -> list[tuple[int, StoredDocument]]:
    """Current revisions with a higher ingest sequence number, in its order, each with its number."""
    query = (
        current_documents()
        .add_columns(db.revision.c.seq)
        .where(db.revision.c.seq > seq, db.document.c.moved_to.is_(None))
        .order_by(db.revision.c.seq)
        .limit(limit)
    )
    return [(row.seq, stored_document(row)) for row in connection.execute(query)]
