"""Dates and ranges of a query as intervals of days."""

from __future__ import annotations

from typing import Literal

from indexer.query.compiled import Interval
from indexer.query.days import FIRST_DAY, LAST_DAY, days_of
from indexer.query.fields import Field, find_field
from indexer.query.syntax import Range, Term
from indexer.records.errors import QueryError


def day_interval(field: Field, term: Term) -> Interval:
    """The days of one date (published:2015-06); QueryError `bad-date` where it is none."""
    days = days_of(term.text)
    if days is None:
        raise _bad_date_error(term.text, term.position)
    return Interval(_date_field(field), *days, term.written)


def range_interval(node: Range) -> Interval:
    """The days of a range; QueryError `range-not-allowed`, `bad-date` or `bad-range`."""
    field = find_field(node.field, node.position)
    if not field.days:
        raise QueryError(
            f"{field.name}: is not a date field; ranges work with published and event_date",
            position=node.position,
            reason="range-not-allowed",
        )
    low = _parse_bound(node.low, node.position, (FIRST_DAY, FIRST_DAY))[0]
    high = _parse_bound(node.high, node.position, (LAST_DAY, LAST_DAY))[1]
    if low > high:
        raise QueryError(
            "this range ends before it begins", position=node.position, reason="bad-range"
        )
    term = f"{field.name}:[{node.low or '*'} TO {node.high or '*'}]"
    return Interval(_date_field(field), low, high, term)


def published_between(low: str | None, high: str | None) -> Interval:
    """The restriction of a search to publication dates, partial ones included."""
    return Interval(
        "published",
        _parse_bound(low, 0, (FIRST_DAY, FIRST_DAY))[0],
        _parse_bound(high, 0, (LAST_DAY, LAST_DAY))[1],
        "published",
    )


def _date_field(field: Field) -> Literal["published", "event_date"]:
    return "published" if field.name == "published" else "event_date"


def _parse_bound(partial: str | None, position: int, default: tuple[int, int]) -> tuple[int, int]:
    if partial is None:
        return default
    days = days_of(partial)
    if days is None:
        raise _bad_date_error(partial, position)
    return days


def _bad_date_error(text: str, position: int) -> QueryError:
    return QueryError(
        f"{text!r} is not a date",
        position=position,
        reason="bad-date",
        hint="2015-06-08, 2015-06, 2015-autumn or 2015",
    )
