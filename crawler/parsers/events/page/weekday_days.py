"""Days of a week's calendar: a weekday and a number at the beginning of lines, without a month.

    Mon 17: Results of Vistula Zinc        Do 20. Stammtisch, Goslar

The month is the one whose day is that weekday: for the first line the one nearest to the day of the
page, for each further one the one nearest to the line before.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date

from crawler.parsers.dates.reader import PartialDate
from crawler.parsers.events.grammar.function_words import HOURS, SMALL

Weekday = Callable[[str], int | None]
"""The number of a weekday by its name in the language of the page (1 = Monday)."""

_CLOCK = rf"(?i:{HOURS})\b|[{SMALL}]{{1,3}}[ \t]\d"
"""Behind an hour (Mo 10 Uhr, Mo 10 bis 12 Uhr)."""
_OPENS = re.compile(
    r"^[ \t]*(?:[-–•*·][ \t]*)?(?P<weekday>[^\W\d]{2,10})\.?,?[ \t](?P<day>\d{1,2})"
    rf"(?=\.?[:,|](?!\d)|\.?[ \t][–—-](?![ \t]*\d)|\.[ \t]|[ \t]+(?!{_CLOCK})[^\W\d])",
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
    around = _days_around(page)
    near = page
    for line in _OPENS.finditer(text):
        number = weekday(line["weekday"])
        days = around.get((int(line["day"]), number)) if number else None
        if days:
            near = min(days, key=lambda day: (abs(day - near), near - day))
            yield PartialDate(
                line.start("weekday"), line.end("day"), near.isoformat(), None, "date"
            )


def _days_around(page: date) -> dict[tuple[int, int], list[date]]:
    """The days near to that of the page, by their number and their weekday."""
    days: dict[tuple[int, int], list[date]] = defaultdict(list)
    first, last = date.min.toordinal(), date.max.toordinal()
    here = page.toordinal()
    for number in range(max(first, here - _NEAR), min(last, here + _NEAR) + 1):
        day = date.fromordinal(number)
        days[day.day, day.isoweekday()].append(day)
    return days
