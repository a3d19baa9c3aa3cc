"""The parameters of a list of events, the same for the API, the page and the calendar."""

from __future__ import annotations

import base64
import binascii
import json
from datetime import date
from typing import Literal

from pydantic import Field

from indexer.events.listing import EventFilter, EventPlace
from indexer.query.days import days_of
from indexer.stores.base import cursor_error
from search_api.parameters import PartialDate, PeriodParameters

When = Literal["upcoming", "past"]
Order = Literal["soonest", "latest"]


class EventParameters(PeriodParameters):
    """Which events, in what order, and which stretch of them."""

    q: str = Field(
        "",
        description="Query in the query language: events of which a page that it finds tells.",
    )
    place: str | None = Field(None, description="Words of the town, in any language, or venue.")
    country: str | None = Field(None, description="ISO 3166-1 alpha-2 code, or a name.")
    series: str | None = Field(None, description="Words of the series or of the event's name.")
    organiser: str | None = Field(None, description="Words of an organiser's name, or its id.")
    from_: PartialDate | None = Field(
        None, alias="from", description="Ends on or after: 2015, 2015-06 or 2015-06-08."
    )
    to: PartialDate | None = Field(
        None, description="Begins on or before, whole month or year included."
    )
    when: When | None = Field(
        None, description="upcoming: ends today or later; past: has ended. Both have a date."
    )
    sort: Order | None = Field(
        None, description="By the first day; soonest if not given, of past events latest."
    )
    limit: int = Field(20, ge=1, le=100, description="Events in one answer.")
    cursor: str | None = Field(None, description="`next` of the answer before.")

    @property
    def latest_first(self) -> bool:
        """Whether the latest event comes first."""
        return (self.sort or ("latest" if self.when == "past" else "soonest")) == "latest"

    def event_filter(self, today: date) -> EventFilter:
        """The filter, without the query."""
        first, last = days_of(self.from_), days_of(self.to)
        begin = first[0] if first else None
        if self.when == "upcoming":
            begin = max(begin or 0, today.toordinal())
        return EventFilter(
            first=begin,
            last=last[1] if last else None,
            before=today.toordinal() if self.when == "past" else None,
            country=self.country,
            place=self.place,
            series=self.series,
            organiser=self.organiser,
        )

    def after(self) -> EventPlace | None:
        """The place after which to continue; QueryError for a foreign cursor."""
        if self.cursor is None:
            return None
        try:
            padded = self.cursor + "=" * (-len(self.cursor) % 4)
            day, identity = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        except (binascii.Error, ValueError, TypeError, RecursionError) as error:
            raise cursor_error() from error
        if not isinstance(day, int) or not isinstance(identity, str):
            raise cursor_error()
        return EventPlace(day, identity)


def cursor_after(place: EventPlace) -> str:
    """The cursor that continues after a place."""
    plain = json.dumps([place.day, place.id])
    return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")
