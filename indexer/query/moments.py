"""Moments and days as intervals of seconds since 1970 (UTC)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TypeAlias

from indexer.query.days import days_of

Seconds: TypeAlias = tuple[int, int]
"""First and last second, both inclusive."""

FIRST_SECOND = 0
"""Before every page: the value of an open lower bound."""
_EARLIEST = int(datetime(1, 1, 1, tzinfo=UTC).timestamp())
LAST_SECOND = int(datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC).timestamp())

_MOMENT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d)(:\d\d)?(Z|[+-]\d\d:?\d\d)?", re.ASCII)


def seconds_of(text: str) -> Seconds | None:
    """The seconds of a moment (`2026-03-02T03:15Z`, with seconds or without, UTC where it names no
    zone) or of a partial date; None for everything else.
    """
    days = days_of(text)
    if days is not None:
        return _of_day(days[0]), _of_day(days[1]) + 24 * 60 * 60 - 1
    match = _MOMENT.fullmatch(text)
    if match is None:
        return None
    minute, seconds, zone = match.groups()
    try:
        first = datetime.fromisoformat(f"{minute}{seconds or ':00'}{zone or 'Z'}").timestamp()
    except (ValueError, OverflowError):
        return None
    last = int(first) + (0 if seconds else 59)
    return (int(first), last) if first >= _EARLIEST and last <= LAST_SECOND else None


def moment_of(seconds: int) -> datetime:
    """A second as a moment, in UTC."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)


def _of_day(ordinal: int) -> int:
    return (ordinal - date(1970, 1, 1).toordinal()) * 24 * 60 * 60
