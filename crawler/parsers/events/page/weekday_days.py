"""Days of a week's calendar: a weekday and a number at the beginning of lines, without a month.

    Mon 17: Results of Vistula Zinc        Do 20. Stammtisch, Goslar

The month is the one whose day is that weekday, nearest to the day of the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from crawler.parsers.dates.reader import PartialDate

Weekday = Callable[[str], int | None]
"""The number of a weekday by its name in the language of the page (1 = Monday)."""

_OPENS = re.compile(
    r"^[ \t]*(?:[-–•*·][ \t]*)?(?P<weekday>[^\W\d]{2,10})\.?,?[ \t](?P<day>\d{1,2})"
    r"(?=\.?[:,|]|\.?[ \t][–—-]|\.[ \t]|[ \t]+[^\W\d])",
    re.MULTILINE,
)
_FEWEST = 2
"""Lines from which on they are a calendar."""
_NEAR = 45
"""Days around that of the page within which such a day is sought."""


def read_weekday_days(text: str, published: str | None, weekday: Weekday) -> list[PartialDate]:
    """The days of the calendars of a text, in order; none for a page without a day."""
    try:
        page = date.fromisoformat(published or "")
    except ValueError:
        return []
    days = list(_find_days(text, page, weekday))
    return days if len(days) >= _FEWEST else []


def _find_days(text: str, page: date, weekday: Weekday) -> Iterator[PartialDate]:
    for line in _OPENS.finditer(text):
        number = weekday(line["weekday"])
        day = _nearest(int(line["day"]), number, page) if number else None
        if day is not None:
            yield PartialDate(line.start("weekday"), line.end("day"), day.isoformat(), None, "date")


def _nearest(number: int, weekday: int, page: date) -> date | None:
    """The day of that number and weekday that is nearest to the page."""
    around = (page + timedelta(days=d) for d in range(-_NEAR, _NEAR + 1))
    days = [day for day in around if (day.day, day.isoweekday()) == (number, weekday)]
    return min(days, key=lambda day: abs(day - page), default=None)
