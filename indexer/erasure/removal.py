"""Removes documents: deletes their rows from every table, whoever owns it.

Tables are found by their columns (foreign keys to documents, fetches and matches; addresses;
sources), so that a table that is added later is not missed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from indexer.database import tables
from indexer.database.chunks import among, chunks
from indexer.erasure.references import (
    events_reported_by,
    language_group,
    remove_from_messages,
    remove_lone_versions,
    reset_events,
    revert_moves,
)
from indexer.persons.registry import forget_names_beside
from indexer.profiles.profile_records import empty_profiles

_HOLDING_ADDRESSES = frozenset({"url", "start", "next"})
"""Names of columns with addresses that a row is about, or leads to."""


@dataclass(frozen=True, slots=True)
class Targets:
    """What to remove, with everything that depends on it."""

    documents: frozenset[str]
    addresses: frozenset[str]
    """Of pages, and (of a whole source) of its discovery documents."""
    fetches: frozenset[int]
    source: str | None = None
    """Set where a whole source is removed, with its states."""


def targets_of_page(connection: sa.Connection, addresses: Collection[str]) -> Targets:
    """The page with one of these addresses: all that led to it, all that it was before."""
    known = frozenset(addresses)
    documents: frozenset[str] = frozenset()
    fetches: frozenset[int] = frozenset()
    while True:
        before = (documents, known, fetches)
        documents |= _documents(connection, known, fetches)
        documents |= _moved(connection, documents)
        known |= _addresses(connection, documents)
        fetches |= _fetches(connection, known, documents)
        if before == (documents, known, fetches):
            return Targets(documents, known, fetches)


def targets_of_source(connection: sa.Connection, source: str) -> Targets:
    """Everything of a source; a fetch behind a document of another source stays."""
    documents = _column(connection, tables.document.c.id, tables.document.c.source == source)
    addresses = _column(connection, tables.address.c.url, tables.address.c.source == source)
    addresses |= _column(connection, tables.document.c.url, tables.document.c.source == source)
    versions = language_group(connection, addresses)
    addresses |= versions - _of_others(connection, source, versions)
    fetches = _column(connection, tables.fetch.c.id, tables.fetch.c.source == source)
    fetches |= _read_from(connection, documents)
    others = _column(connection, tables.document.c.id, tables.document.c.source != source)
    return Targets(documents, addresses, fetches - _read_from(connection, others), source)


def _of_others(
    connection: sa.Connection, source: str, addresses: Collection[str]
) -> frozenset[str]:
    """Those that another source has: two may share a site, one for each of its languages."""
    found: set[str] = set()
    for table in (tables.address, tables.document):
        for chunk in chunks(addresses):
            theirs = sa.select(table.c.url).where(table.c.url.in_(chunk), table.c.source != source)
            found.update(connection.execute(theirs).scalars())
    return frozenset(found)


def remove(connection: sa.Connection, targets: Targets) -> dict[str, int]:
    """Delete the rows; the caller commits. Returns the number of rows by table."""
    matches = among(connection, tables.match.c.id, tables.match.c.document, targets.documents)
    events = events_reported_by(connection, targets.documents)
    remove_from_messages(connection, matches)
    moved = among(connection, tables.document.c.id, tables.document.c.moved_to, targets.documents)
    forget_names_beside(connection, targets.documents | moved)
    counts: dict[str, int] = {}
    for table in reversed(tables.metadata.sorted_tables):
        deleted = 0
        for column, values in _conditions(table, targets, matches):
            for chunk in chunks(values):
                gone = connection.execute(sa.delete(table).where(column.in_(chunk)))
                deleted += gone.rowcount
        if deleted:
            counts[table.name] = deleted
    if targets.source is None:
        empty_profiles(connection, targets.addresses)
    revert_moves(connection, targets.documents)
    remove_lone_versions(connection)
    reset_events(connection, events)
    return counts


def _conditions(
    table: sa.Table, targets: Targets, matches: frozenset[int]
) -> Iterator[tuple[sa.Column[Any], Collection[Any]]]:
    """Columns of a table that may refer to the targets, with the values that do."""
    by_key: dict[sa.Column[Any], Collection[Any]] = {
        tables.document.c.id: targets.documents,
        tables.fetch.c.id: targets.fetches,
        tables.match.c.id: matches,
    }
    for column in table.columns:
        if column in by_key:
            yield column, by_key[column]
        for key in column.foreign_keys:
            # A document is deleted by its own id, before the fetch that it was last extracted from.
            if key.column in by_key and table is not tables.document:
                yield column, by_key[key.column]
        if column.name == "document" and not column.foreign_keys:
            yield column, targets.documents
        if (
            column.name in _HOLDING_ADDRESSES
            and table is not tables.document
            and table is not tables.fetch
        ):
            yield column, targets.addresses
        if column.name == "source" and targets.source is not None and table is not tables.fetch:
            yield column, [targets.source]
    if table is tables.source and targets.source is not None:
        yield tables.source.c.id, [targets.source]


def _documents(
    connection: sa.Connection, addresses: Collection[str], fetches: Collection[int]
) -> frozenset[str]:
    found = among(connection, tables.document.c.id, tables.document.c.url, addresses)
    found |= among(connection, tables.address.c.document, tables.address.c.url, addresses)
    found |= among(connection, tables.document.c.id, tables.document.c.fetch, fetches)
    found |= among(connection, tables.revision.c.document, tables.revision.c.fetch, fetches)
    return found - {None}


def _moved(connection: sa.Connection, documents: Collection[str]) -> frozenset[str]:
    """Documents that have moved to one of these, and those that these have moved to."""
    moved_to = tables.document.c.moved_to
    led = among(connection, moved_to, tables.document.c.id, documents)
    return (led | among(connection, tables.document.c.id, moved_to, documents)) - {None}


def _addresses(connection: sa.Connection, documents: Collection[str]) -> frozenset[str]:
    led = among(connection, tables.address.c.url, tables.address.c.document, documents)
    return led | among(connection, tables.document.c.url, tables.document.c.id, documents)


def _fetches(
    connection: sa.Connection, addresses: Collection[str], documents: Collection[str]
) -> frozenset[int]:
    found = among(connection, tables.fetch.c.id, tables.fetch.c.url, addresses)
    found |= among(connection, tables.fetch.c.id, tables.fetch.c.final_url, addresses)
    return found | _read_from(connection, documents)


def _read_from(connection: sa.Connection, documents: Collection[str]) -> frozenset[int]:
    """Fetches that documents and their revisions were extracted from."""
    found = among(connection, tables.revision.c.fetch, tables.revision.c.document, documents)
    return found | among(connection, tables.document.c.fetch, tables.document.c.id, documents)


def _column(
    connection: sa.Connection, column: sa.Column[Any], where: sa.ColumnElement[bool]
) -> frozenset[Any]:
    return frozenset(connection.execute(sa.select(column).where(where)).scalars())
