"""Fetched pages on their way to extraction: owns the table `fetch`. The caller commits."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from indexer.database import tables
from indexer.database.records import columns_of, iter_records
from indexer.frontier.port import ArchivePosition, Response
from indexer.frontier.recrawl.signals import SignalClaim
from indexer.records.errors import ArchiveError


@dataclass(frozen=True, slots=True)
class Fetch:
    """An archived response with a page."""

    id: int
    source: str
    url: str
    """The page address that was requested."""
    final_url: str
    """The address that answered, after redirects."""
    known: bool
    """Whether the page was known before."""
    status: int
    content_type: str | None
    fetched_at: datetime
    file: str
    offset: int
    length: int
    truncated: bool
    body_hash: str | None
    previous: datetime | None
    """The visit before."""
    lastmod_claim: SignalClaim | None
    validators_claim: SignalClaim | None
    given: Mapping[str, Any] | None
    """Of an imported page: what was handed in with it."""
    reason: str | None
    """Why it could not be read, or what became of its archived response."""

    @property
    def position(self) -> ArchivePosition:
        """Where the response lies in the archive."""
        return ArchivePosition(self.file, self.offset, self.length)


@dataclass(frozen=True, slots=True)
class ArchivedFetch:
    """The part of a fetch that decides whether its response is removed."""

    id: int
    source: str
    url: str
    final_url: str
    fetched_at: datetime
    offset: int
    state: str


@dataclass(frozen=True, slots=True)
class StoredResponse:
    """Where the response of a page lies in its archive file."""

    url: str
    final_url: str
    offset: int


_FETCH = tables.fetch.c
INSERT_FETCH = sa.insert(tables.fetch)
"""Made once: to build and compare a statement takes longer than to execute it."""
_SELECT = sa.select(*columns_of(Fetch, tables.fetch))
_STAND_IN = "stand-in "
_NEWEST = 1_000
"""Fetches among which the last one with a response is looked for: others have none any more."""


def response_columns(response: Response, position: ArchivePosition) -> dict[str, Any]:
    """The columns of a row to insert that say what was answered and where it lies; it waits to be
    extracted.
    """
    return {
        "url": response.url,
        "final_url": response.final_url,
        "status": response.status,
        "content_type": response.headers.get("content-type"),
        "fetched_at": response.fetched_at,
        "file": position.file,
        "offset": position.offset,
        "length": position.length,
        "truncated": response.truncated,
        "state": "pending",
    }


def pending_fetches(
    connection: sa.Connection, extractor: int, after: int, limit: int
) -> list[Fetch]:
    """Fetches to extract, in the order in which they were fetched.

    Those that were never extracted, and the last one of each address for which an older extractor
    failed. Of an address that is nobody's any more (`delete_address`), nothing is tried again, and
    no stand-in is: a newer extractor gives it another text, which no mark knows.
    """
    newer = tables.fetch.alias()
    last = ~sa.exists().where(newer.c.url == _FETCH.url, newer.c.id > _FETCH.id)
    owned = sa.exists().where(tables.address.c.url == _FETCH.url)
    stand_in = sa.func.coalesce(_FETCH.reason, "").startswith(_STAND_IN)
    failed = sa.and_(
        _FETCH.state.in_(("quarantined", "not-kept")),
        _FETCH.extractor < extractor,
        last,
        owned,
        ~stand_in,
    )
    query = (
        _SELECT.where(sa.or_(_FETCH.state == "pending", failed), _FETCH.id > after)
        .order_by(_FETCH.id)
        .limit(limit)
    )
    return list(iter_records(connection, Fetch, query))


def repeated_bodies(connection: sa.Connection) -> frozenset[tuple[str, str]]:
    """Source and hash of the answers to extract that several addresses gave byte for byte."""
    query = (
        sa.select(_FETCH.source, _FETCH.body_hash)
        .where(_FETCH.state == "pending", _FETCH.body_hash.is_not(None))
        .group_by(_FETCH.source, _FETCH.body_hash)
        .having(sa.func.count(_FETCH.url.distinct()) > 1)
    )
    return frozenset((source, body) for source, body in connection.execute(query))


def stand_in_marks(connection: sa.Connection) -> frozenset[tuple[str, str]]:
    """Source and reason of what was not kept as it stood in for pages
    (`indexer.revisions.stand_ins`).
    """
    query = (
        sa.select(_FETCH.source, _FETCH.reason)
        .where(_FETCH.state == "not-kept", _FETCH.reason.startswith(_STAND_IN))
        .distinct()
    )
    return frozenset((source, reason) for source, reason in connection.execute(query))


def stand_in_mark(words: str) -> str:
    """Reason of an answer that stands in for pages, by the hash of its text."""
    return f"{_STAND_IN}{words}"


def was_stand_in(connection: sa.Connection, fetch: Fetch) -> bool:
    """Whether the answer of the same address before this one stood in for its page."""
    before = sa.select(_FETCH.reason).where(_FETCH.url == fetch.url, _FETCH.id < fetch.id)
    reason = connection.execute(before.order_by(_FETCH.id.desc()).limit(1)).scalar()
    return (reason or "").startswith(_STAND_IN)


def load_fetches(connection: sa.Connection, ids: Collection[int]) -> dict[int, Fetch]:
    """The fetches with these ids, by id."""
    found = iter_records(connection, Fetch, _SELECT.where(_FETCH.id.in_(ids)))
    return {fetch.id: fetch for fetch in found}


def mark_extracted(
    connection: sa.Connection, fetch: Fetch, state: str, reason: str | None, extractor: int
) -> None:
    """The fetch was extracted by this version: `read`, `quarantined` or `not-kept`."""
    connection.execute(
        sa.update(tables.fetch)
        .where(_FETCH.id == fetch.id)
        .values(state=state, reason=reason, extractor=extractor)
    )


def adopt_pending_fetches(connection: sa.Connection, run: int) -> None:
    """What an interrupted run fetched, and did not extract, becomes part of this run."""
    connection.execute(sa.update(tables.fetch).where(_FETCH.state == "pending").values(run=run))


def iter_archived_fetches(connection: sa.Connection, file: str) -> Iterator[ArchivedFetch]:
    """The fetches of an archive file."""
    query = sa.select(*columns_of(ArchivedFetch, tables.fetch)).where(_FETCH.file == file)
    return iter_records(connection, ArchivedFetch, query)


def iter_stored_responses(connection: sa.Connection, file: str) -> Iterator[StoredResponse]:
    """The responses in an archive file, in its order, read lazily."""
    query = sa.select(*columns_of(StoredResponse, tables.fetch)).where(_FETCH.file == file)
    query = query.order_by(_FETCH.offset).execution_options(yield_per=1_000)
    return iter_records(connection, StoredResponse, query)


def last_archived_fetch(connection: sa.Connection) -> Fetch | None:
    """The last of the newest fetches whose response is in the archive."""
    newest = sa.select(_FETCH.id).order_by(_FETCH.id.desc()).limit(_NEWEST)
    query = _SELECT.where(_FETCH.id.in_(newest.scalar_subquery()), _FETCH.file != "")
    return next(iter_records(connection, Fetch, query.order_by(_FETCH.id.desc()).limit(1)), None)


def first_archived_fetch(connection: sa.Connection, file: str) -> Fetch | None:
    """The fetch whose response stands first in an archive file."""
    query = _SELECT.where(_FETCH.file == file).order_by(_FETCH.offset).limit(1)
    return next(iter_records(connection, Fetch, query), None)


def count_unread(connection: sa.Connection) -> int:
    """Pages that the archive did not give, and may give now (`retry_unread`)."""
    query = sa.select(sa.func.count()).select_from(tables.fetch).where(_unread())
    return int(connection.execute(query).scalar_one())


def move_fetch(connection: sa.Connection, number: int, file: str, offset: int) -> None:
    """The response lies elsewhere in the archive now."""
    connection.execute(
        sa.update(tables.fetch).where(_FETCH.id == number).values(file=file, offset=offset)
    )


def mark_lost(connection: sa.Connection, number: int, reason: str) -> None:
    """The archived response is damaged. The page stays as it was last read."""
    connection.execute(
        sa.update(tables.fetch).where(_FETCH.id == number).values(state="lost", reason=reason)
    )


def mark_removed_damage(connection: sa.Connection, number: int, reason: str) -> None:
    """The damaged response is no longer in the archive. The next extraction says so of a page that
    has never been read.
    """
    state = sa.case((_FETCH.state == "pending", "pending"), else_="lost")
    connection.execute(
        sa.update(tables.fetch)
        .where(_FETCH.id == number)
        .values(file="", offset=0, length=0, state=state, reason=reason)
    )


def retry_unread(connection: sa.Connection) -> None:
    """Read again what the archive did not give, where nothing newer is known of the page."""
    connection.execute(sa.update(tables.fetch).where(_unread()).values(state="pending"))


def _unread() -> sa.ColumnElement[bool]:
    newer = tables.fetch.alias()
    reasons = (ArchiveError.NOT_THERE, ArchiveError.DAMAGED)
    return sa.and_(
        _FETCH.state == "quarantined",
        sa.or_(*(_FETCH.reason.startswith(f"{reason}: ") for reason in reasons)),
        _FETCH.file != "",
        ~sa.exists().where(newer.c.url == _FETCH.url, newer.c.id > _FETCH.id),
    )


def mark_purged(connection: sa.Connection, number: int) -> None:
    """The response is no longer in the archive."""
    connection.execute(
        sa.update(tables.fetch)
        .where(_FETCH.id == number)
        .values(file="", offset=0, length=0, state="purged", given=None)
    )
