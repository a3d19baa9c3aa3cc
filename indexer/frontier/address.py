"""An address as the system of record knows it: owns the table `address`.

Here belong its records, its statements, and what follows from one address alone. The caller
commits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa

from indexer.database import tables
from indexer.database.due_times import DueTime
from indexer.database.records import columns_of, find_record
from indexer.frontier.port import Met
from indexer.records.instants import has_come

VALIDATORS = {"etag": "etag", "last_modified": "last-modified"}
"""Field → response header."""

MISSED = 2
"""Complete listings in a row that must leave a page out before it is requested because of that."""
WHOLE_AGAIN = timedelta(days=7)
"""After this time a complete listing is read whole again, where looking for news stops earlier; and
what was "not modified" ever since is requested unconditionally.
"""
LIST_DUE = DueTime(tables.address.c.whole_due, WHOLE_AGAIN, tables.address.c.last_fetch)


@dataclass(frozen=True, slots=True)
class AddressState:
    """The part of an address that decides how it is requested."""

    url: str
    kind: Literal["page", "discovery"]
    site: str
    etag: str | None
    last_modified: str | None
    last_fetch: datetime | None
    """None: never fetched."""
    lastmod: datetime | None
    """The newest that discovery stated."""
    unchanged: int
    """Visits in a row that found it as it was."""
    changes: int
    """Visits that found it changed."""
    misses: int
    """Readings in a row of its listing that did not hold it any more."""
    whole_due: datetime | None
    """Of a complete listing: when to read it to its end again."""
    document: str | None
    """What a page was read as; None: it never was."""

    @property
    def vanished(self) -> bool:
        """Whether complete listings have left it out often enough."""
        return self.misses >= MISSED

    def is_read_whole(self, now: datetime) -> bool:
        """Whether it is a list to be read to its end now, and not only for its news."""
        return (
            self.kind != "page"
            and self.whole_due is not None
            and has_come(self.whole_due, now, WHOLE_AGAIN, set_at=self.last_fetch)
        )

    def was_read_long_ago(self, now: datetime) -> bool:
        """Whether a feed, list or sitemap has been "not modified" for long: should its site answer
        so wrongly, its news would be lost for good.
        """
        return self.last_fetch is not None and now - self.last_fetch >= WHOLE_AGAIN


@dataclass(frozen=True, slots=True)
class Address(AddressState):
    """All that is known of an address."""

    source: str
    title: str | None
    published: str | None
    """Both as discovery stated them."""
    first_seen: datetime
    status: int | None
    failures: int
    """Requests in a row without a page."""
    next_due: datetime
    last_outcome: str | None
    """None: never requested."""
    dated: datetime | None
    """Publication as discovery or the page states it."""
    lastmod_fetched: datetime | None
    """`lastmod` at the last fetch."""
    lastmod_changed: bool
    """`lastmod` says that it has changed since the last fetch."""
    lastmod_unchanged: bool
    """It was extracted well, and `lastmod` says that it has not changed since."""
    listing: str | None
    """The complete listing that holds it."""
    gone_since: datetime | None
    body_hash: str | None
    """Of the last response that was extracted well."""
    guid: str | None
    """Of its item in a feed."""
    archive: bool
    """A backfill found it: it is no news."""
    met: Met | None
    """How it was met; None: a list named it that had been read before."""

    @property
    def left_out(self) -> bool:
        """Whether a sitemap has left it out, and not a list that drops old pages."""
        return self.vanished and self.listing is not None


ADDRESS_STATE = columns_of(AddressState, tables.address)
"""Columns of the record: to convert the others takes half of the time."""
ADDRESS = columns_of(Address, tables.address)

# Made once: to build and compare a statement takes longer than to execute it.
INSERT_ADDRESS = sa.insert(tables.address)
UPDATE_ADDRESS = sa.update(tables.address).where(tables.address.c.url == sa.bindparam("key"))
_FIND = sa.select(*ADDRESS).where(tables.address.c.url == sa.bindparam("key"))


def find_address(connection: sa.Connection, url: str) -> Address | None:
    """What is known of an address."""
    return find_record(connection, Address, _FIND, {"key": url})


def insert_address(connection: sa.Connection, values: Mapping[str, Any]) -> None:
    """Write a new address, by the fields of its record."""
    connection.execute(INSERT_ADDRESS, values)


def request_whole(connection: sa.Connection, url: str) -> None:
    """What we have of the page is lost: the next request is unconditional, its answer is read."""
    update_address(connection, url, {"etag": None, "last_modified": None, "body_hash": None})


def delete_address(connection: sa.Connection, url: str) -> None:
    """Nobody's any more: its document goes on at another address."""
    connection.execute(sa.delete(tables.address).where(tables.address.c.url == url))


def update_address(connection: sa.Connection, url: str, values: Mapping[str, Any]) -> None:
    """Write some fields of an address."""
    connection.execute(UPDATE_ADDRESS, {"key": url, **values})
