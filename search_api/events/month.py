"""A month as a calendar: weeks of days with their events. Pure."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from indexer.events.listing import ListedEvent

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Years that can be shown."""
LONGEST = 31
"""Days of an event that is shown on each of them: what lasts longer, or whose month is not known,
stands under the calendar.
"""


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar."""

    day: date
    inside: bool
    """It belongs to the month."""
    events: tuple[ListedEvent, ...]
    begin: frozenset[str] = frozenset()
    """Ids of those that the day before does not show."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month with its events."""

    first: date
    weeks: tuple[tuple[Day, ...], ...]
    """From Monday; the first and the last week are filled with days of the months beside."""
    vague: tuple[ListedEvent, ...]
    """Events of the month without a day."""
    count: int
    """Events of the month, on its days and without a day."""

    @classmethod
    def of(cls, month: str, events: Iterable[ListedEvent]) -> Month:
        """The month `2015-06`, given the events of all its `shown_days`."""
        dates = _weeks(month)
        own = [day for week in dates for day in week if f"{day:%Y-%m}" == month]
        vague: list[ListedEvent] = []
        by_day: dict[int, list[ListedEvent]] = {}
        for event in events:
            first, last = event.days or (0, 0)
            if len(event.start or "") < len("2015-06-08") or last - first >= LONGEST:
                if first <= own[-1].toordinal() and own[0].toordinal() <= last:
                    vague.append(event)
                continue
            for ordinal in range(first, last + 1):
                by_day.setdefault(ordinal, []).append(event)
        weeks, before = [], frozenset[str]()
        for week in dates:
            days = []
            for day in week:
                here = tuple(by_day.get(day.toordinal(), ()))
                shown = frozenset(event.id for event in here)
                days.append(Day(day, day in own, here, shown - before))
                before = shown
            weeks.append(tuple(days))
        inside = {event.id for week in weeks for day in week if day.inside for event in day.events}
        return cls(own[0], tuple(weeks), tuple(vague), len(inside) + len(vague))

    @property
    def before(self) -> str | None:
        """The month before; None in the first one of the calendar."""
        return _name(self.first.year * 12 + self.first.month - 2)

    @property
    def after(self) -> str | None:
        """The month after; None in the last one."""
        return _name(self.first.year * 12 + self.first.month)


def shown_days(month: str) -> tuple[date, date]:
    """First and last day of the calendar of a month: those of whole weeks."""
    dates = _weeks(month)
    return dates[0][0], dates[-1][-1]


def _weeks(month: str) -> list[list[date]]:
    return calendar.Calendar().monthdatescalendar(int(month[:4]), int(month[5:]))


def _name(months: int) -> str | None:
    year, month = divmod(months, 12)
    return f"{year:04}-{month + 1:02}" if FIRST_YEAR <= year <= LAST_YEAR else None
