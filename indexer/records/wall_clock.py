"""Times of day and days of the week, as the clocks of a time zone show them. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""Names of days of the week, as settings have them."""
_DAY = timedelta(days=1)


def last_time(clock: str, now: datetime, zone: ZoneInfo, *, weekday: int | None = None) -> datetime:
    """The latest moment, not after `now`, at which the clocks of the zone showed this time of day
    (`02:30`), on a day of the week (0: Monday) if one is given.

    Reckoned in UTC, and from the first of two such moments in the night in which an hour comes
    twice; in the one that lacks it, the moment counts as the same time after the evening before.
    """
    return _nearest(clock, now, zone, weekday, later=False)


def next_time(clock: str, now: datetime, zone: ZoneInfo, *, weekday: int | None = None) -> datetime:
    """The first such moment after `now`."""
    return _nearest(clock, now, zone, weekday, later=True)


def _nearest(
    clock: str, now: datetime, zone: ZoneInfo, weekday: int | None, *, later: bool
) -> datetime:
    shown = time.fromisoformat(clock)
    day = now.astimezone(zone).date()
    # Where a time falls into the hour that is left out, the moment of the day may lie on the other
    # side of `now`: then it is one further.
    while True:
        if weekday is None or day.weekday() == weekday:
            moment = datetime.combine(day, shown, zone).astimezone(UTC)
            if moment > now if later else moment <= now:
                return moment
        day += _DAY if later else -_DAY
