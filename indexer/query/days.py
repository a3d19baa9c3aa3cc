"""Partial dates as intervals of days, counted as `date.toordinal` counts them."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import TypeAlias

Days: TypeAlias = tuple[int, int]
"""First and last day, both inclusive."""

FIRST_DAY = 0
"""Before every date: the value of an open lower bound."""
LAST_DAY = date.max.toordinal()

_PARTIAL = re.compile(r"(\d{4})(?:-(?:(\d{2})(?:-(\d{2}))?|(spring|summer|autumn|winter)))?")
_WRITTEN = re.compile(r"(\d{1,2})([./])(\d{1,2})\2(\d{4})", re.ASCII)
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}


def days_of(partial: str | None) -> Days | None:
    """The days of `2015-06-08`, `2015-06`, `2015-autumn`, `2015`; None for everything else.

    Seasons are the meteorological ones; winter begins in December of its year.
    """
    match = _PARTIAL.fullmatch(partial or "")
    if not match:
        return None
    year, month, day, season = match.groups()
    try:
        if season:
            return _season(int(year), _SEASONS[season])
        first = date(int(year), int(month or 1), int(day or 1))
        if day:
            return first.toordinal(), first.toordinal()
        last_month = int(month) if month else 12
        last = date(first.year, last_month, monthrange(first.year, last_month)[1])
        return first.toordinal(), last.toordinal()
    except ValueError:
        return None


def written_day(text: str) -> str | None:
    """A day as people write it (`8.6.2015`, `08/06/2015`, `2015-06-08`) as queries have it; None
    for everything else.
    """
    match = _WRITTEN.fullmatch(text)
    partial = f"{match[4]}-{match[3]:0>2}-{match[1]:0>2}" if match else text
    return partial if len(partial) == len("2015-06-08") and days_of(partial) else None


def event_days(start: str | None, end: str | None) -> Days | None:
    """The days of an event from its partial start and end; None if no year is known."""
    first = days_of(start)
    last = days_of(end)
    if first is None or last is None:
        return first or last
    return first[0], max(first[1], last[1])


def _season(year: int, first_month: int) -> Days:
    first = date(year, first_month, 1)
    if first_month < 12:
        last = date(year, first_month + 2, monthrange(year, first_month + 2)[1])
    elif year < date.max.year:
        last = date(year + 1, 2, monthrange(year + 1, 2)[1])
    else:
        last = date.max
    return first.toordinal(), last.toordinal()
