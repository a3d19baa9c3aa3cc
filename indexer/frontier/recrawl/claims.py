"""What a site claims of a page: by lastmod of its entries, by validators of its responses. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from indexer.frontier.address import VALIDATORS, Address
from indexer.frontier.recrawl.signals import SignalClaim


def settles_at(lastmod: datetime) -> datetime:
    """The moment up to which a lastmod claims changes; a mere day claims them until its end."""
    is_day = (lastmod.hour, lastmod.minute, lastmod.second) == (0, 0, 0)
    return lastmod + timedelta(days=1) if is_day else lastmod


def says_changed(lastmod: datetime, fetched: datetime, before: datetime | None) -> bool:
    """Whether lastmod says that a page which was fetched at a moment has changed since; `before`:
    what it said then.

    What has moved since says so, too, where it lies before that moment: the site's clock may be
    behind ours.
    """
    return settles_at(lastmod) > fetched or (before is not None and lastmod > before)


def claim_by_lastmod(address: Address) -> SignalClaim | None:
    """What lastmod says of the page since it was last fetched.

    None: nothing is stated, or it is a day that was not over at the last fetch, which may mean
    either where nothing else was stated then.
    """
    if address.last_fetch is None or address.lastmod is None:
        return None
    before = address.lastmod_fetched
    if before is None and address.lastmod <= address.last_fetch:
        return None
    if before is None or address.lastmod > before:
        return "changed" if address.lastmod_changed else None
    return "unchanged" if settles_at(before) <= address.last_fetch else None


def claim_by_validators(address: Address, headers: Mapping[str, str]) -> SignalClaim | None:
    """What the validators of a whole answer claim, next to the previous ones; None: nothing."""
    for column, header in VALIDATORS.items():
        before, after = getattr(address, column), headers.get(header)
        if before and after:
            return "unchanged" if before == after else "changed"
    return None
