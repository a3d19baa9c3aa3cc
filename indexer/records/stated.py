"""What the feeds, listings and sitemaps of a site say of one of its pages."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple, Self

_DAY = len("2015-06-09")


class Stated(NamedTuple):
    """Title and day of a page, as what led to it has them."""

    published: str | None = None
    """When it was published: an ISO day or instant."""
    title: str | None = None
    ahead: str | None = None
    """A day that was still to come when the page was fetched, that of an event."""

    def as_of(self, fetched: date) -> Self:
        """With the day for what it was when the page was fetched: lists print days of events, too.

        The zone of a site may be a day ahead.
        """
        try:
            day = date.fromisoformat((self.published or "")[:_DAY])
        except ValueError:
            return self._replace(published=None)
        said = day.isoformat()
        if day > fetched + timedelta(days=1):
            return self._replace(published=None, ahead=said)
        return self._replace(published=said)


NOTHING_STATED = Stated()
