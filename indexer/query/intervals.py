"""Dates, moments and ranges of a query as intervals of days, or of seconds."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from indexer.query.compiled import Interval
from indexer.query.days import FIRST_DAY, LAST_DAY, days_of, written_day
from indexer.query.fields import Field, find_field
from indexer.query.moments import FIRST_SECOND, LAST_SECOND, seconds_of
from indexer.query.syntax import Range, Term
from indexer.records.errors import QueryError


def date_interval(field: Field, term: Term) -> Interval:
    """What a date or moment covers (published:2015-06); QueryError `bad-date` where it is none."""
    found = _parse_bound(field, term.text, term.value_position, (0, 0))
    return Interval(_date_field(field), *found, term.written)


def range_interval(node: Range) -> Interval:
    """The days of a range; QueryError `range-not-allowed`, `bad-date` or `bad-range`."""
    field = find_field(node.field, node.position)
    if not (field.days or field.moments):
        raise QueryError(
            f"{field.name}: is not a date field; ranges work with published, event_date and new",
            position=node.position,
            reason="range-not-allowed",
        )
    lowest, highest = (FIRST_SECOND, LAST_SECOND) if field.moments else (FIRST_DAY, LAST_DAY)
    low = _parse_bound(field, node.low, node.value_position, (lowest, lowest))[0]
    high = _parse_bound(field, node.high, node.value_position, (highest, highest))[1]
    if low > high:
        raise QueryError(
            "this range ends before it begins", position=node.value_position, reason="bad-range"
        )
    term = f"{field.name}:[{node.low or '*'} TO {node.high or '*'}]"
    return Interval(_date_field(field), low, high, term)


def published_between(low: str | None, high: str | None) -> Interval:
    """The restriction of a search to publication dates, partial ones included."""
    field = find_field("published", 0)
    return Interval(
        "published",
        _parse_bound(field, low, 0, (FIRST_DAY, FIRST_DAY))[0],
        _parse_bound(field, high, 0, (LAST_DAY, LAST_DAY))[1],
        "published",
    )


def seen_since(moment: datetime) -> Interval:
    """The restriction of a search to pages first seen then or later."""
    return Interval("new", int(moment.timestamp()), LAST_SECOND, "new")


def _date_field(field: Field) -> Literal["published", "event_date", "new"]:
    for name in ("published", "event_date", "new"):
        if field.name == name:
            return name
    raise ValueError(f"no field of dates: {field.name}")


def _parse_bound(
    field: Field, text: str | None, position: int, default: tuple[int, int]
) -> tuple[int, int]:
    """First and last day, or second, of a bound."""
    if text is None:
        return default
    found = seconds_of(text) if field.moments else days_of(text)
    if found is None:
        also = ", 2015-06-08T07:30Z" if field.moments else ""
        raise QueryError(
            f"{text!r} is not a date",
            position=position,
            reason="bad-date",
            hint=f"2015-06-08{also}, 2015-06, 2015-autumn or 2015",
            meant=(text, written) if (written := written_day(text)) else None,
        )
    return found
