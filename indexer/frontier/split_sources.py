"""Sources of which a part is a source of its own now.

Who splits a source leaves the old one with a part of its pages, and lists of the new one are known
under the old one's id. The pages that only the new one takes would be nobody's: the old one does
not request them any more, the new one does not know them, and `source:` finds them under the old
id. Of pages that both take each goes on with those that it has found first.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple

import sqlalchemy as sa

from indexer.database import tables
from indexer.database.chunks import chunks
from indexer.database.epochs import disown_earlier_indexes
from indexer.database.index_marks import WRITE_AGAIN
from indexer.database.rows import put_row
from indexer.frontier.renamed_sources import known_entries, to_be_forgotten

_PAGE = tables.address.c


class Split(NamedTuple):
    """A source that goes on with a part of another one."""

    old: str
    new: str
    documents: int


class Known(NamedTuple):
    """What the configuration says of a source."""

    entries: Collection[str]
    """Canonical addresses of its feeds, lists and the like, or of its home page."""
    takes: Callable[[str], bool]
    """Whether an address is that of a page which it requests: by its sites and patterns."""


def take_over_split(connection: sa.Connection, configured: Mapping[str, Known]) -> list[Split]:
    """Hand over to each configured source (by id) what is known of its pages under another one that
    takes them no more. The caller commits.
    """
    found = []
    for (old, new), entries in sorted(_given_away(connection, configured).items()):
        pages = _pages(connection, old, configured[old].takes, configured[new].takes)
        if pages and (documents := _hand_over(connection, old, new, pages)):
            found.append(Split(old, new, documents))
        for part in chunks(entries):
            _hand_over_lists(connection, old, new, part)
    return found


def _given_away(
    connection: sa.Connection, configured: Mapping[str, Known]
) -> Mapping[tuple[str, str], Collection[str]]:
    """Old id and new id → entries that the new one has now."""
    entries = {source: known.entries for source, known in configured.items()}
    owners = configured.keys() - to_be_forgotten(connection)
    found: dict[tuple[str, str], list[str]] = {}
    for url, owner, new in known_entries(connection, entries):
        if owner in owners and url not in entries[owner]:
            found.setdefault((owner, new), []).append(url)
    return found


def _pages(
    connection: sa.Connection,
    old: str,
    old_takes: Callable[[str], bool],
    new_takes: Callable[[str], bool],
) -> Sequence[str]:
    """Addresses of pages of the old source that only the new one takes now."""
    query = sa.select(_PAGE.url).where(_PAGE.source == old, _PAGE.kind == "page")
    urls = connection.execute(query).scalars()
    return [url for url in urls if new_takes(url) and not old_takes(url)]


def _hand_over(connection: sa.Connection, old: str, new: str, pages: Sequence[str]) -> int:
    """Hand over these pages; returns the number of documents."""
    document, number = tables.document.c, 0
    for part in chunks(pages):
        theirs = sa.select(_PAGE.document).where(_PAGE.url.in_(part), _PAGE.document.is_not(None))
        here = sa.update(tables.document).where(document.source == old, document.id.in_(theirs))
        # The search store finds them by their source.
        connection.execute(here.where(document.moved_to.is_(None)).values(indexed=WRITE_AGAIN))
        number += connection.execute(here.values(source=new)).rowcount
        for table in (tables.visit, tables.fetch, tables.address):
            given = sa.update(table).where(table.c.source == old, table.c.url.in_(part))
            connection.execute(given.values(source=new))
    # An index that is not in use would not be told.
    disown_earlier_indexes(connection)
    _go_on_looking(connection, old, new)
    return number


def _hand_over_lists(
    connection: sa.Connection, old: str, new: str, entries: Collection[str]
) -> None:
    """Hand over what is kept of these entries: how far backfills have come, what waits to be tried
    again. What the new one has of an entry by itself stays.
    """
    for table in (tables.address, tables.feed):
        lists = sa.update(table).where(table.c.source == old, table.c.url.in_(entries))
        connection.execute(lists.values(source=new))
    for table in (tables.backfill, tables.unread_page):
        own = table.alias()
        known = sa.select(own.c.start).where(own.c.source == new)
        lists = sa.update(table).where(table.c.source == old, table.c.start.in_(entries))
        connection.execute(lists.where(table.c.start.not_in(known)).values(source=new))


def _go_on_looking(connection: sa.Connection, old: str, new: str) -> None:
    """What the new one finds is news, as it was for the old one, and no first look."""
    source = tables.source.c
    first = dict(
        connection.execute(
            sa.select(source.id, source.first_crawled).where(source.id.in_([old, new]))
        ).all()
    )
    if first.get(old) is not None and first.get(new) is None:
        put_row(connection, tables.source, {"id": new}, {"first_crawled": first[old]})
