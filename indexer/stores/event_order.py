"""The orders `upcoming` and `past`, the same way in every store. Pure.

Both look from the day on which is asked. A document may have events that are over then, and others
that are not: `upcoming` orders by the next one, and where there is none by the last one that is
over; `past` the other way round. Documents of equal days stand as `latest_event` has them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from indexer.query.days import LAST_DAY, Days
from indexer.stores.base import SearchRequest, Sort, cursor_error
from indexer.stores.cursor import MOST_KEY, decode_cursor, encode_cursor

EVENT_ORDERS: Collection[Sort] = ("upcoming", "past")

NEVER = LAST_DAY + 1
"""The day of the next event where there is none."""

_DAY_BITS = 22
"""All days of the calendar fit into 2**22."""
_MOST_SPANS = 4_000
"""They are shorter than the longest term of an engine, which has 65,530 bytes."""

Rank: TypeAlias = tuple[int, int, int]
"""The lower, the earlier in an order."""


class EventPlace(NamedTuple):
    """Where a document stands among the days of events."""

    next: int
    """First day of the next event that is not over; NEVER where there is none."""
    last: int
    """First day of the last event that is over; 0 where there is none."""
    key: int
    """Its sort key `latest_event`."""

    @classmethod
    def of(cls, events: Collection[Days], today: int, key: int) -> EventPlace:
        """The place of a document with some events."""
        return cls(
            min((first for first, last in events if last >= today), default=NEVER),
            max((first for first, last in events if last < today), default=0),
            key,
        )

    def rank(self, sort: Sort) -> Rank:
        """Its rank in one of the orders."""
        days = (self.next, -self.last) if sort == "upcoming" else (-self.last, self.next)
        return (*days, -self.key)


def rank_stretches(
    sort: Sort, today: int, bounds: Sequence[int]
) -> Iterator[tuple[int, int, Rank]]:
    """Documents with events to come, by stretches of days that follow each other in an order:
    first and last day, and the rank that ends it. `bounds`: days from today. Who stands in a
    stretch has an event on one of its days.
    """
    if sort == "past":
        for near, far in pairwise(bounds):
            first = max(today - far, 1)
            yield first, today - near - 1, (-first, NEVER, 0)
    for near, far in pairwise(bounds):
        last = min(today + far - 1, LAST_DAY)
        yield today + near, last, (last, 0, 0) if sort == "upcoming" else (0, last, 0)


def spans_written(events: Iterable[Days]) -> str:
    """The days of a document's events as one text, for an engine that tells the value of a column
    sooner than what is in a record; of thousands the last ones.
    """
    return " ".join(f"{first:x}-{last:x}" for first, last in sorted({*events})[-_MOST_SPANS:])


def spans_read(written: str) -> list[Days]:
    """The inverse of `spans_written`."""
    pairs = (span.split("-") for span in written.split())
    return [(int(first, 16), int(last, 16)) for first, last in pairs]


def encode_place(request: SearchRequest, place: EventPlace) -> str:
    """The cursor that continues after a place. It holds the day from which the order looks: all
    pages of a result look from the day of the first.
    """
    days = (request.today.toordinal() << _DAY_BITS | place.next) << _DAY_BITS | place.last
    return encode_cursor(request, days * MOST_KEY + place.key)


def decode_place(request: SearchRequest) -> EventPlace | None:
    """The place after which to continue; None at the beginning; QueryError for a foreign cursor."""
    decoded = _decode(request)
    return decoded and decoded[1]


def with_cursor_checked(request: SearchRequest, below: int = MOST_KEY) -> SearchRequest:
    """The request, looking from the day of its first page; QueryError for a foreign cursor. Places
    of the other orders are lower than `below`.
    """
    if request.sort not in EVENT_ORDERS:
        decode_cursor(request, below)
        return request
    decoded = _decode(request)
    return replace(request, today=decoded[0]) if decoded else request


def _decode(request: SearchRequest) -> tuple[date, EventPlace] | None:
    number = decode_cursor(request, MOST_KEY << 3 * _DAY_BITS)
    if number is None:
        return None
    days, key = divmod(number, MOST_KEY)
    days, last = divmod(days, 1 << _DAY_BITS)
    today, following = divmod(days, 1 << _DAY_BITS)
    if not (last < today <= LAST_DAY and 0 < following <= NEVER):
        raise cursor_error()
    return date.fromordinal(today), EventPlace(following, last, key)
