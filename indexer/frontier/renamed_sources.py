"""Sources that the configuration calls by another id than before.

All that is known of a source stands under its id. Under a new one its pages would be nobody's: not
requested again, found by no `source:`, and what was found and not requested yet would be lost. A
source is the old one if a feed, list or home page of it is known under an id that the configuration
no longer has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

import sqlalchemy as sa

from indexer.database import tables
from indexer.database.chunks import chunks
from indexer.database.epochs import disown_earlier_indexes
from indexer.database.index_marks import WRITE_AGAIN

OWNED = (tables.address, tables.feed, tables.visit, tables.fetch, tables.document)
"""Each row has one owner."""
KEPT_BY_SOURCE = (
    tables.source_run,
    tables.address_shape,
    tables.site_profile,
    tables.backfill,
    tables.unread_page,
)
"""Rows that each source has for itself: those of a source that has some already stay."""
IMPORTED = "import"
"""Source of imported pages that are nobody's."""


class Renamed(NamedTuple):
    """A source that goes on under another id."""

    old: str
    new: str
    documents: int


def take_over_renamed(
    connection: sa.Connection, configured: Mapping[str, Collection[str]]
) -> list[Renamed]:
    """Hand over to each configured source what is known of it under its old id.

    `configured`: id → canonical addresses of its feeds, lists and the like, or of its home page.
    The caller commits.
    """
    found: list[Renamed] = []
    for old, new in sorted(_renamed(connection, configured).items()):
        for table in KEPT_BY_SOURCE:
            if not _has_rows(connection, table, new):
                _hand_over(connection, table, old, new)
        # The search store finds them by their source.
        document = tables.document.c
        connection.execute(
            sa.update(tables.document)
            .where(document.source == old, document.moved_to.is_(None))
            .values(indexed=WRITE_AGAIN)
        )
        # An index that is not in use (of a store that was configured before) would not be told.
        disown_earlier_indexes(connection)
        handed = {table.name: _hand_over(connection, table, old, new) for table in OWNED}
        _hand_over_state(connection, old, new)
        found.append(Renamed(old, new, handed[tables.document.name]))
    return found


def _renamed(
    connection: sa.Connection, configured: Mapping[str, Collection[str]]
) -> dict[str, str]:
    """Old id → new id; of several, the one with most of the old entries."""
    shared = Counter((owner, new) for _, owner, new in known_entries(connection, configured))
    known = {*configured, IMPORTED, *to_be_forgotten(connection)}
    pairs = [pair for pair, _ in shared.most_common() if pair[0] not in known]
    return dict(reversed(pairs))


def known_entries(
    connection: sa.Connection, configured: Mapping[str, Collection[str]]
) -> Iterator[tuple[str, str, str]]:
    """Of each configured entry that is known: its address, whose it is in the database, and whose
    in the configuration.
    """
    asked = {url: source for source, entries in configured.items() for url in entries}
    address = tables.address.c
    for part in chunks(asked):
        query = sa.select(address.url, address.source).where(
            address.url.in_(part), address.kind == "discovery"
        )
        for url, owner in connection.execute(query):
            yield url, owner, asked[url]


def to_be_forgotten(connection: sa.Connection) -> frozenset[str]:
    """Sources that are ordered to be forgotten, and were not yet to the end: nobody goes on with
    what is known of them.
    """
    erasure = tables.erasure.c
    ordered = sa.select(erasure.what).where(erasure.kind == "source", erasure.finished.is_(None))
    return frozenset(connection.execute(ordered).scalars())


def _has_rows(connection: sa.Connection, table: sa.Table, source: str) -> bool:
    query = sa.select(sa.literal(1)).select_from(table).where(table.c.source == source).limit(1)
    return connection.execute(query).first() is not None


def _hand_over(connection: sa.Connection, table: sa.Table, old: str, new: str) -> int:
    given = sa.update(table).where(table.c.source == old).values(source=new)
    return connection.execute(given).rowcount


def _hand_over_state(connection: sa.Connection, old: str, new: str) -> None:
    """First look, health and back-off, unless the new one has been crawled by itself."""
    source = tables.source
    crawled = sa.select(source.c.id).where(source.c.id == new, source.c.first_crawled.is_not(None))
    if connection.execute(crawled).first() is None:
        connection.execute(sa.delete(source).where(source.c.id == new))
        connection.execute(sa.update(source).where(source.c.id == old).values(id=new))
    else:
        connection.execute(sa.delete(source).where(source.c.id == old))
