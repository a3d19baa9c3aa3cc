"""What the feeds, listings and sitemaps of a site say of one of its pages."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple, Self

from indexer.records.publication_days import is_believed, is_to_come

_DAY = len("2015-06-09")
LISTED_AT = "listing.published"
"""Where in a page's part `markup` the day stands that only what led to it states."""


COUNTED_AT = "page.ago"
"""Likewise, what the page itself counts from the day of its request (`3 days ago`)."""


class Stated(NamedTuple):
    """Title and day of a page, as what led to it has them."""

    published: str | None = None
    """When it was published: an ISO day or instant."""
    title: str | None = None
    ahead: str | None = None
    """A day that was still to come when the page was first known, that of an event."""
    seen: date | None = None
    """The day since which its address is known."""
    counted: str | None = None
    """The day or month that it counted from that of its request when it was read before: each night
    it counts anew.
    """

    @property
    def day(self) -> str | None:
        """The day when it was published; None where what is stated is none."""
        day = (self.published or "")[:_DAY]
        try:
            return date.fromisoformat(day).isoformat()
        except ValueError:
            return None

    def as_of(self, fetched: date) -> Self:
        """With the day for what it was when the page was first known: lists print days of events,
        too, which are past when it is fetched again. A day that cannot be one is left out.
        """
        said = self.day
        if said is None or not is_believed((day := date.fromisoformat(said)).year):
            return self._replace(published=None, seen=None)
        if is_to_come(day, min(fetched, self.seen or fetched)):
            return self._replace(published=None, ahead=said, seen=None)
        return self._replace(published=said, seen=None)


NOTHING_STATED = Stated()
