"""A time zone as calendar programs take it (VTIMEZONE of RFC 5545), from the system's tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from itertools import pairwise

FIRST_YEAR, LAST_YEAR = 2000, 2040
"""Years whose changes of the clock are listed."""


@lru_cache(maxsize=4)
def zone_lines(zone: tzinfo) -> tuple[str, ...]:
    """The lines of the component, without line ends."""
    return ("BEGIN:VTIMEZONE", f"TZID:{zone}", *_observances(zone), "END:VTIMEZONE")


def _observances(zone: tzinfo) -> Iterator[str]:
    begin = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC).astimezone(zone)
    yield from _observance(_offset(begin), begin, [begin])
    kinds: dict[tuple[timedelta, timedelta, str | None], list[datetime]] = defaultdict(list)
    for moment in _changes(zone):
        before = _offset((moment - timedelta(minutes=1)).astimezone(zone))
        after = moment.astimezone(zone)
        kinds[before, _offset(after), after.tzname()].append(moment)
    for (before, _, _), moments in kinds.items():
        # A change is given in the local time from which the clock is changed.
        onsets = [moment + before for moment in moments]
        yield from _observance(before, moments[0].astimezone(zone), onsets)


def _observance(before: timedelta, after: datetime, onsets: list[datetime]) -> Iterator[str]:
    """One kind of change, and when it takes place."""
    kind = "DAYLIGHT" if after.dst() else "STANDARD"
    yield f"BEGIN:{kind}"
    yield f"DTSTART:{_local(onsets[0])}"
    yield f"TZOFFSETFROM:{_sign(before)}"
    yield f"TZOFFSETTO:{_sign(_offset(after))}"
    yield f"TZNAME:{after.tzname()}"
    yield from (f"RDATE:{_local(onset)}" for onset in onsets[1:])
    yield f"END:{kind}"


def _changes(zone: tzinfo) -> Iterator[datetime]:
    """The first minute (UTC) after each change of the clock."""
    first = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC)
    days = (datetime(LAST_YEAR, 12, 31, tzinfo=UTC) - first).days
    for start, end in pairwise(first + timedelta(days=day) for day in range(days)):
        old = _offset(start.astimezone(zone))
        if old == _offset(end.astimezone(zone)):
            continue
        minutes = (start + timedelta(minutes=minute) for minute in range(1, 24 * 60 + 1))
        yield next(m for m in minutes if _offset(m.astimezone(zone)) != old)


def _offset(moment: datetime) -> timedelta:
    return moment.utcoffset() or timedelta()


def _local(moment: datetime) -> str:
    return moment.strftime("%Y%m%dT%H%M%S")


def _sign(offset: timedelta) -> str:
    minutes = round(offset / timedelta(minutes=1))
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"
