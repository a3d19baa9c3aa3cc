"""Which archived answers a site's profile is learnt from. Reads only."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from heapq import merge
from itertools import islice
from typing import Any

import sqlalchemy as sa

from indexer.database import tables
from indexer.database.chunks import chunks
from indexer.database.records import columns_of, iter_records
from indexer.frontier.fetches import Fetch
from indexer.frontier.port import Response
from indexer.frontier.traps.shapes import shapes
from indexer.profiles.profile_records import SiteKey
from indexer.records.site import site
from indexer.records.stated import NOTHING_STATED, Stated
from indexer.records.urls import is_home

NEWEST = 300
"""Answers of a site among which is chosen: enough to meet all its kinds of page."""
KIND = 3
"""Pages with addresses of one shape, from which they count as a kind of their own."""

_FETCH, _DOCUMENT, _REVISION = tables.fetch.c, tables.document.c, tables.revision.c


def waiting_pages(connection: sa.Connection) -> dict[SiteKey, list[Fetch]]:
    """Fetched pages that have not been extracted, by site, in the order of fetching."""
    query = (
        sa.select(*columns_of(Fetch, tables.fetch))
        .where(_FETCH.state == "pending", _FETCH.file != "")
        .order_by(_FETCH.id)
    )
    found: dict[SiteKey, list[Fetch]] = {}
    for fetch in iter_records(connection, Fetch, query):
        key = SiteKey.of(fetch.source, fetch.final_url)
        if key is not None:
            found.setdefault(key, []).append(fetch)
    return found


def outdated_sites(connection: sa.Connection, extractor: int) -> set[SiteKey]:
    """Sites with documents that are to be extracted again."""
    query = (
        sa.select(_DOCUMENT.source, _FETCH.final_url)
        .join(
            tables.revision,
            sa.and_(_REVISION.document == _DOCUMENT.id, _REVISION.number == _DOCUMENT.revision),
        )
        .join(tables.fetch, _FETCH.id == _DOCUMENT.fetch)
        .where(_REVISION.extractor < extractor)
    )
    keys = (SiteKey.of(row.source, row.final_url) for row in connection.execute(query))
    return {key for key in keys if key is not None}


def newest_answers(
    connection: sa.Connection, key: SiteKey, since: datetime | None, *, at_most: int = NEWEST
) -> list[Fetch]:
    """Archived answers of a site that its documents come from, or that wait to be extracted, each
    address and each body once, the newest first. `since`: none that was fetched before.
    """
    read = (
        sa.select(*columns_of(Fetch, tables.fetch))
        .join(tables.document, _DOCUMENT.fetch == _FETCH.id)
        .where(_DOCUMENT.source == key.source, _FETCH.file != "")
    )
    waiting = sa.select(*columns_of(Fetch, tables.fetch)).where(
        _FETCH.state == "pending", _FETCH.source == key.source, _FETCH.file != ""
    )
    if since is not None:
        read, waiting = (query.where(_FETCH.fetched_at >= since) for query in (read, waiting))
    several = [_newest_first(connection, query, at_most) for query in (read, waiting)]
    newest = merge(*several, key=lambda fetch: fetch.id, reverse=True)
    of_site = (fetch for fetch in newest if site(fetch.final_url) == key.site)
    return list(islice(_each_once(of_site), at_most))


def _newest_first(
    connection: sa.Connection, query: sa.Select[Any], stretch: int
) -> Iterator[Fetch]:
    """What a query finds, in stretches: of years of fetches the oldest are not read."""
    query = query.order_by(_FETCH.id.desc())
    before: sa.ColumnElement[bool] = sa.true()
    while True:
        found = list(iter_records(connection, Fetch, query.where(before).limit(stretch)))
        yield from found
        if len(found) < stretch:
            return
        before = _FETCH.id < found[-1].id
        stretch *= 2  # Of a source with many sites few are of this one: it takes few queries.


def _each_once(fetches: Iterable[Fetch]) -> Iterator[Fetch]:
    """Those whose address and body none before them has."""
    seen: set[str] = set()
    for fetch in fetches:
        marks = {fetch.final_url, fetch.body_hash or fetch.final_url}
        if not marks & seen:
            yield fetch
        seen |= marks


def spread(fetches: Sequence[Fetch], number: int) -> list[Fetch]:
    """So many of the answers, taken in turn from the kinds of address among them; which ones does
    not depend on the order in which they came.

    A kind is a shape of several addresses; all that are not of one count together as one more. Of
    each, those of the newest day are taken first, and of a day those with the lowest digests of
    their addresses.
    """
    by_shape: dict[str, list[Fetch]] = {}
    for fetch in fetches:
        by_shape.setdefault(next(iter(shapes(fetch.final_url)), ""), []).append(fetch)
    ordered = [by_shape[shape] for shape in sorted(by_shape)]
    kinds = [kind for kind in ordered if len(kind) >= KIND]
    rest = [fetch for kind in ordered if len(kind) < KIND for fetch in kind]
    chosen: set[int] = set()
    queues = [iter(sorted(kind, key=_by_day)) for kind in (*kinds, rest)]
    while queues and len(chosen) < number:
        for queue in list(queues):
            drawn = next(queue, None)
            if drawn is None:
                queues.remove(queue)
            elif len(chosen) < number:
                chosen.add(drawn.id)
    return [fetch for fetch in fetches if fetch.id in chosen]


def _by_day(fetch: Fetch) -> tuple[int, bytes]:
    address = fetch.final_url.encode("utf-8", "replace")
    digest = hashlib.blake2b(address, digest_size=8).digest()
    return -fetch.fetched_at.toordinal(), digest


def stated_by_discovery(connection: sa.Connection, urls: Iterable[str]) -> dict[str, Stated]:
    """What discovery states of the pages with these addresses; those of which it has found one."""
    address = tables.address.c
    found: dict[str, Stated] = {}
    for chunk in chunks(urls):
        columns = (address.url, address.published, address.title, address.first_seen)
        for row in connection.execute(sa.select(*columns).where(address.url.in_(chunk))):
            found[row.url] = Stated(row.published, row.title, seen=row.first_seen.date())
    return found


def stated_of(answer: Fetch | Response, find: Callable[[str], Stated | None]) -> Stated:
    """What discovery states of a page that was fetched, as of when its address was first seen.

    Where the request was led elsewhere, what is known of that address counts; a home page, to which
    removed pages lead, is not what was listed.
    """
    if is_home(answer.final_url):
        return NOTHING_STATED
    told = find(answer.final_url) or find(answer.url) or NOTHING_STATED
    return told.as_of(answer.fetched_at.date())
