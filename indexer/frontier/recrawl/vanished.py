"""Pages that a complete listing holds no more: the first of two witnesses that they are gone.

A page left out by two complete readings of its listing in a row is requested once. 404 or 410 then
makes it `gone` at once, without the second 404 that is needed else, and so does a redirect to the
home page (other redirects are `moved`). If it is still there, it stays, and is not expected in that
listing any more. Some "complete" sitemaps hold the newest pages only: each site's are trusted as
far as what they left out was gone.

Complete are sitemaps that were read to their end, and lists (listing pages, JSON APIs) that were
turned to theirs; feeds never are. Looking for news stops earlier than at a list's end, so it is
read whole now and then.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa

from indexer.database import tables
from indexer.database.chunks import chunks
from indexer.frontier.address import MISSED, WHOLE_AGAIN
from indexer.frontier.recrawl.revisits import REVISIT
from indexer.frontier.recrawl.site_history import SiteHistories
from indexer.records.site import site

LARGEST_LOSS = 0.5
"""Part of a listing that may be missing at once; if it is more, the listing is broken."""
SAMPLE = 2
"""Pages that are requested nevertheless, of sites whose sitemaps are not credible."""
MOST_OF_A_LIST = 5
"""Pages to request after one reading of a list: some lists drop what is over, or move it
elsewhere.
"""


def record_listing(
    connection: sa.Connection,
    histories: SiteHistories,
    url: str,
    pages: Collection[str],
    now: datetime,
    *,
    rolling: bool = False,
) -> None:
    """Compare a complete listing with what it held, after its new pages are added.

    `rolling`: it may be one of the newest pages only. Of such a one, pages that are not known to be
    newer than the oldest that it holds may have fallen off its end: they are not missed. What comes
    of those that it leaves out does not count for or against the site's sitemaps. The caller
    commits.
    """
    address = tables.address.c
    held = sa.select(address.url, address.misses, address.dated).where(address.listing == url)
    held_before = {row.url: row for row in connection.execute(held)}
    gone = sorted(held_before.keys() - set(pages))
    dates = {page: held_before[page].dated for page in gone}
    missing = _inside(connection, dates, pages) if rolling else gone
    # What was missed for the first time is looked for again soon.
    broken = len(missing) > LARGEST_LOSS * len(held_before)
    soon = not broken and any(not held_before[page].misses for page in missing)
    again = now + (REVISIT if soon else WHOLE_AGAIN)
    connection.execute(sa.update(tables.address).where(address.url == url).values(whole_due=again))
    if broken:
        return
    _update(connection, sorted({*gone} - {*missing}), listing=None, misses=0)
    back = [page for page in pages if page not in held_before or held_before[page].misses]
    _update(connection, back, listing=url, misses=0)
    _update(connection, missing, misses=address.misses + 1)
    vanished = [page for page in missing if held_before[page].misses == MISSED - 1]
    to_check = vanished[:MOST_OF_A_LIST] if rolling else _worth_asking(histories, vanished)
    _update(connection, to_check, next_due=now, lastmod_unchanged=False, lastmod_changed=False)
    if rolling:
        _update(connection, vanished, listing=None)


def _inside(
    connection: sa.Connection, gone: Mapping[str, datetime | None], pages: Collection[str]
) -> list[str]:
    """Of what a listing holds no more, the pages that are newer than the oldest that it holds."""
    oldest: datetime | None = None
    for part in chunks(pages) if gone else ():
        dates = sa.select(sa.func.min(tables.address.c.dated)).where(tables.address.c.url.in_(part))
        found = connection.execute(dates).scalar()
        oldest = min(filter(None, (oldest, found)), default=None)
    return [page for page, dated in gone.items() if oldest and dated and dated > oldest]


def _worth_asking(histories: SiteHistories, vanished: Sequence[str]) -> list[str]:
    """Pages to request: all of sites whose listings were right so far, of others a sample."""
    trusted = {page for page in vanished if histories.of(site(page)).listings.claims_count}
    others = [page for page in vanished if page not in trusted]
    return [*sorted(trusted), *others[:SAMPLE]]


def _update(connection: sa.Connection, urls: Collection[str], **values: object) -> None:
    for part in chunks(urls):
        connection.execute(
            sa.update(tables.address)
            .where(tables.address.c.url.in_(part), tables.address.c.kind == "page")
            .values(**values)
        )
