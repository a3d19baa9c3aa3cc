"""Taking documents out of the record altogether: rows of every table that tell of them.

Tables are found by their columns (foreign keys to documents, answers and matches; addresses;
sources), so that one that is added later is not missed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from indexer import database as db

_CHUNK = 500
"""Values in one statement: databases take only so many parameters."""


@dataclass(frozen=True, slots=True)
class Targets:
    """What is to be removed, and all that hangs on it."""

    documents: frozenset[str]
    addresses: frozenset[str]
    """Of pages, and (of a whole source) of its discovery documents."""
    fetches: frozenset[int]
    source: str | None = None
    """Set where all of a source goes, its states too."""


def targets_of_page(connection: sa.Connection, addresses: Collection[str]) -> Targets:
    """The page with one of these addresses: all addresses that led to it, all that it was before."""
    known = frozenset(addresses)
    documents: frozenset[str] = frozenset()
    fetches: frozenset[int] = frozenset()
    while True:
        before = (documents, known, fetches)
        documents |= _documents(connection, known, fetches)
        known |= _addresses(connection, documents)
        fetches |= _fetches(connection, known, documents)
        if before == (documents, known, fetches):
            return Targets(documents, known, fetches)


def targets_of_source(connection: sa.Connection, source: str) -> Targets:
    """Everything of a source; an answer that a document of another source was read from stays."""
    documents = _column(connection, db.document.c.id, db.document.c.source == source)
    addresses = _column(connection, db.address.c.url, db.address.c.source == source)
    addresses |= _column(connection, db.document.c.url, db.document.c.source == source)
    fetches = _column(connection, db.fetch.c.id, db.fetch.c.source == source)
    fetches |= _read_from(connection, documents)
    others = _column(connection, db.document.c.id, db.document.c.source != source)
    return Targets(documents, addresses, fetches - _read_from(connection, others), source)


def remove(connection: sa.Connection, targets: Targets) -> dict[str, int]:
    """Delete the rows; the caller commits. Returns the number of rows by table."""
    matches = _among(connection, db.match.c.id, db.match.c.document, targets.documents)
    _leave_out_of_messages(connection, matches)
    counts: dict[str, int] = {}
    for table in reversed(db.metadata.sorted_tables):
        deleted = 0
        for column, values in _conditions(table, targets, matches):
            for chunk in _chunks(values):
                gone = connection.execute(sa.delete(table).where(column.in_(chunk)))
                deleted += gone.rowcount
        if deleted:
            counts[table.name] = deleted
    return counts


def leave_out_of_reasons(connection: sa.Connection, words: str) -> None:
    """Reasons that hold these words (an address) are forgotten, the outcomes stay."""
    for table in db.metadata.tables.values():
        if "reason" in table.c:
            connection.execute(
                sa.update(table)
                .where(table.c.reason.contains(words, autoescape=True))
                .values(reason=None)
            )


def _conditions(
    table: sa.Table, targets: Targets, matches: frozenset[int]
) -> Iterator[tuple[sa.Column[Any], Collection[Any]]]:
    """Columns of a table that may tell of the targets, with the values that do."""
    by_key: dict[sa.Column[Any], Collection[Any]] = {
        db.document.c.id: targets.documents,
        db.fetch.c.id: targets.fetches,
        db.match.c.id: matches,
    }
    for column in table.columns:
        if column in by_key:
            yield column, by_key[column]
        for key in column.foreign_keys:
            # A document goes by its own id: the answer it was last read from goes after it.
            if key.column in by_key and table is not db.document:
                yield column, by_key[key.column]
        if column.name == "document" and not column.foreign_keys:
            yield column, targets.documents
        if column.name == "url" and table is not db.document and table is not db.fetch:
            yield column, targets.addresses
        if column.name == "source" and targets.source is not None and table is not db.fetch:
            yield column, [targets.source]
    if table is db.source and targets.source is not None:
        yield db.source.c.id, [targets.source]


def _leave_out_of_messages(connection: sa.Connection, matches: frozenset[int]) -> None:
    """Messages tell of what is left; one that has nothing left to tell is not sent."""
    for row in connection.execute(sa.select(db.outbox)).all():
        left = [match for match in row.matches if match not in matches]
        if len(left) == len(row.matches):
            continue
        state = "dropped" if not left and row.state == "pending" else row.state
        connection.execute(
            sa.update(db.outbox).where(db.outbox.c.key == row.key).values(matches=left, state=state)
        )


def _documents(
    connection: sa.Connection, addresses: Collection[str], fetches: Collection[int]
) -> frozenset[str]:
    found = _among(connection, db.document.c.id, db.document.c.url, addresses)
    found |= _among(connection, db.address.c.document, db.address.c.url, addresses)
    found |= _among(connection, db.document.c.id, db.document.c.fetch, fetches)
    found |= _among(connection, db.revision.c.document, db.revision.c.fetch, fetches)
    return found - {None}


def _addresses(connection: sa.Connection, documents: Collection[str]) -> frozenset[str]:
    led = _among(connection, db.address.c.url, db.address.c.document, documents)
    return led | _among(connection, db.document.c.url, db.document.c.id, documents)


def _fetches(
    connection: sa.Connection, addresses: Collection[str], documents: Collection[str]
) -> frozenset[int]:
    found = _among(connection, db.fetch.c.id, db.fetch.c.url, addresses)
    found |= _among(connection, db.fetch.c.id, db.fetch.c.final_url, addresses)
    return found | _read_from(connection, documents)


def _read_from(connection: sa.Connection, documents: Collection[str]) -> frozenset[int]:
    """Answers that documents and their revisions were read from."""
    found = _among(connection, db.revision.c.fetch, db.revision.c.document, documents)
    return found | _among(connection, db.document.c.fetch, db.document.c.id, documents)


def _column(
    connection: sa.Connection, column: sa.Column[Any], where: sa.ColumnElement[bool]
) -> frozenset[Any]:
    return frozenset(connection.execute(sa.select(column).where(where)).scalars())


def _among(
    connection: sa.Connection,
    column: sa.Column[Any],
    by: sa.Column[Any],
    values: Collection[Any],
) -> frozenset[Any]:
    found: set[Any] = set()
    for chunk in _chunks(values):
        found.update(connection.execute(sa.select(column).where(by.in_(chunk))).scalars())
    return frozenset(found)


def _chunks(values: Iterable[Any]) -> Iterator[Sequence[Any]]:
    listed = list(values)
    for start in range(0, len(listed), _CHUNK):
        yield listed[start : start + _CHUNK]
