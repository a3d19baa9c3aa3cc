"""What a further link to a known address changes of it. Pure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from indexer.frontier.address import Address
from indexer.frontier.port import SURELY_NEWS, Link
from indexer.frontier.recrawl.claims import says_changed
from indexer.frontier.recrawl.failures import ends_rest
from indexer.frontier.recrawl.visits import READ_WELL
from indexer.records.instants import parse_instant

_DAY = timedelta(days=1)


def values_of_link(address: Address, link: Link) -> dict[str, Any]:
    """Title, dates and how it was met. What is known of it stays where the link is silent."""
    told: dict[str, Any] = {}
    is_untitled = address.title is None and link.title is not None
    if is_untitled:
        # Its answer was entered again from the archive, or an image led to it.
        told = {"title": link.title, "guid": link.guid or address.guid}
    if link.published is not None and (is_untitled or address.published is None):
        # The home page led to it, and a list says when it was published.
        told |= {"published": link.published, "dated": parse_instant(link.published)}
        if address.last_fetch is None:
            told["archive"] = address.archive and link.archive
    if address.last_fetch is None and SURELY_NEWS.index(link.met) < SURELY_NEWS.index(address.met):
        told["met"] = link.met
    return told


def values_of_lastmod(
    address: Address, lastmod: datetime, now: datetime, claims_count: Callable[[], bool]
) -> dict[str, Any]:
    """An entry states when the page changed last. `claims_count`: whether it counts what the site
    states so.
    """
    known = come(address.lastmod, now)
    newer = known is None or lastmod > known
    values: dict[str, Any] = {"lastmod": lastmod} if newer else {}
    # Of a page that is asked for whatever lastmod says, this says nothing until it was visited.
    is_heard = newer or address.lastmod_changed or address.lastmod_unchanged
    if address.last_fetch is not None and address.last_outcome in READ_WELL and is_heard:
        newest = max(lastmod, known or lastmod)
        before = come(address.lastmod_fetched, now)
        changed = says_changed(newest, address.last_fetch, before)
        if changed != address.lastmod_changed or changed == address.lastmod_unchanged:
            values |= {"lastmod_changed": changed, "lastmod_unchanged": not changed}
    elif newer and ends_rest(address) and claims_count():
        values["next_due"] = now
    return values


def come(lastmod: datetime | None, now: datetime) -> datetime | None:
    """A lastmod, if that day has come somewhere on earth: else its page would count as changed each
    night until then.
    """
    return lastmod if lastmod is not None and lastmod <= now + _DAY else None
