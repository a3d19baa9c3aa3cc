"""Days of a calendar: numbers at the beginning of lines below the name of a month.

    May                        May 2031
    7. Seminar on deposits     12–14 Mining fair, Leipzig

No reader of dates sees a day there, and the number passes for the edition of what follows. The day
is what the reader makes of number and month together, and stands where the number does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from crawler.parsers.dates.reader import PartialDate
from crawler.parsers.events.grammar.sentences import CELL_MARK
from crawler.parsers.events.page.first_days import first_day
from crawler.parsers.scripts import LATIN_SMALL, RUSSIAN_SMALL

ReadDates = Callable[[str], Sequence[PartialDate]]
"""The dates of a text in the language of the page, counted from its day."""

_LINE = re.compile(r"[^\n]+")
_DAYS = re.compile(
    r"\s*(?:[-–•*·]\s*)?(?:[^\W\d]{1,12}\.?,?\s+)?"  # a bullet, a weekday
    r"(?P<days>(?P<first>\d{1,2})\.?"
    r"(?:\s?(?:[-–—]|[^\W\d]{1,3}(?=\s))\s?(?:[^\W\d]{1,12}\.?,?\s+)?\d{1,2}\.?)?)"
    # what is counted is written small
    rf"(?=\s*(?:[:|]|[–—-](?!\s?\d))|,?\s+[^\s\d{LATIN_SMALL}{RUSSIAN_SMALL}])"
)
_YEAR = re.compile(r"\d{4}")
_NO_HEADING = re.compile(rf"[\d,]|{re.escape(CELL_MARK)}")
"""What is in entries and their houses, and in no line that heads a calendar."""
_HALF_YEAR = 183
_LONGEST_HEADING = 30
_FEWEST = 2
"""Days from which on numbers below months are those of a calendar."""


def read_calendar_days(text: str, read: ReadDates) -> list[PartialDate]:
    """The days of the calendars of a text, in order; none where there is but one, or where they
    count the lines (1., 2., 3.).
    """
    days = list(_find_days(text, read))
    numbers = [text[d.start : d.end].strip(".") for d in days]
    counted = numbers == [str(n) for n in range(1, len(days) + 1)]
    return days if len(days) >= _FEWEST and not counted else []


def _find_days(text: str, read: ReadDates) -> Iterator[PartialDate]:
    month, latest = "", 0
    before: str | None = None
    heads = False
    """Whether the last line may head another calendar (Past events)."""
    below = most = 0
    """Lines since the last entry, and the most between two (their houses); months don't count."""
    for line in _LINE.finditer(text):
        found = _DAYS.match(line.group())
        if month and found and int(found["first"]) >= latest:
            dated = _only_date(f"{found['days']} {month}", read)
            if dated:
                latest, heads = int(found["first"]), False
                most, below = max(most, below) if before else 0, 0
                start, end = (line.start() + at for at in found.span("days"))
                first, last = dated.iso, dated.iso_end
                if first and before and not _YEAR.search(month) and _is_year_behind(first, before):
                    first, last = _next_year(first), last and _next_year(last)
                before = first
                yield PartialDate(start, end, first, last, dated.kind)
                continue
        heading = line.group().strip(" :#*|")
        if _is_month(heading, read):
            month, latest, before = heading, 0, None if heads else before
            heads = False
            continue
        if not found and len(heading) > 3 * _LONGEST_HEADING and CELL_MARK not in heading:
            month, before = "", None  # running text ends a calendar
        below += 1
        heads = below > most and _NO_HEADING.search(line.group()) is None


def _is_year_behind(day: str, before: str) -> bool:
    """Whether a day is so long before the one above it that the next year is meant: months of a
    calendar follow one another (in December: 5 May, 16 June).
    """
    first, above = first_day(day), first_day(before)
    return bool(first and above and (above - first).days > _HALF_YEAR)


def _next_year(day: str) -> str:
    """The same day a year later; itself where that year has none."""
    later = f"{int(day[:4]) + 1}{day[4:]}"
    return later if first_day(later) else day


def _is_month(heading: str, read: ReadDates) -> bool:
    """Whether a line is the name of a month, with or without its year."""
    if len(heading) > _LONGEST_HEADING or not heading[:1].isalpha() or heading.count(" ") > 1:
        return False
    return _only_date(f"15. {heading}", read) is not None


def _only_date(text: str, read: ReadDates) -> PartialDate | None:
    """The day that is all of a text."""
    dates = read(text)
    if len(dates) != 1 or (dates[0].start, dates[0].end) != (0, len(text)):
        return None
    iso = dates[0].iso
    return dates[0] if iso and len(iso) == len("2031-05-12") else None
