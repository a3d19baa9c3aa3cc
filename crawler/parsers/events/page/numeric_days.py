"""Days of a calendar in digits alone: day and month at the beginning of lines, in no year.

    14–16.09, Osh. Summer school            21.09 Museum night            22./23.09. 12. Salztag

A number with a dot may be a time or a chapter, so no reader of dates takes it for a day in running
text. It is one where every line that begins so could be, and one of them can be nothing else.
"""

from __future__ import annotations

import re
from datetime import date

from crawler.parsers.dates.reader import PartialDate

_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0[1-9]|1[0-2])"
_SPAN = re.compile(
    rf"(?P<first>{_DAY})(?:\.(?P<first_month>{_MONTH}))?\.?\s?[-–—/]\s?"
    rf"(?P<last>{_DAY})\.(?P<month>{_MONTH})|(?P<day>{_DAY})\.(?P<of>{_MONTH})"
)
_OPENS = re.compile(
    r"^[ \t]*(?:[-–•*·][ \t]*)?(?=\d{1,2}[.–—-])(?!\d{1,2}\.[ \t])"
    r"(?!\d{1,2}\.\d{1,2}\.\d{2})",
    re.MULTILINE,
)
"""What may be a day without a year opens the line; a whole date, such as the page's, does not."""
_BEHIND = re.compile(r"\.?(?=[,:;)]|\s*[|–—-]\s|\s+(?:\d{1,3}\.\s)?[^\W\d]|\s*$)", re.MULTILINE)
"""What follows a day: a mark, or a word, with its number before it (21.09. 12. Salztag)."""
_UNIT = re.compile(r"\.?\s+([^\W\d]+)")
_MARK = re.compile(r"\.?[,:;)]|\.(?:\s|\Z)")
_LAST_HOUR = 23
_IN_BRACKETS = re.compile(r"\((?=\d{1,2}[.–—-])")
_FEWEST = 2
"""Lines from which on numbers are the days of a calendar."""
_HALF_YEAR = 183


def read_numeric_days(
    text: str, published: str | None, measures: re.Pattern[str]
) -> list[PartialDate]:
    """The days of the calendars of a text, those in brackets among them, in the year that is
    nearest to the page; none for a page without a day. `measures`: words behind other numbers.
    """
    page = _page_day(published)
    if page is None:
        return []
    starts = [m.end() for m in _OPENS.finditer(text)]
    if len(starts) < _FEWEST:
        return []
    opening = [_read_at(text, at, page) for at in starts]
    days = [d for d in opening if d and not _is_measured(text, d, measures)]
    if len(days) < len(opening) or not any(_is_surely_day(text, d) for d in days):
        return []
    inside = (_read_at(text, m.end(), page) for m in _IN_BRACKETS.finditer(text))
    return sorted((d for d in [*days, *inside] if d), key=lambda d: d.start)


def _read_at(text: str, at: int, page: date) -> PartialDate | None:
    """The day or span that stands at an offset, and is all that stands there."""
    span = _SPAN.match(text, at)
    if span is None or not _BEHIND.match(text, span.end()):
        return None
    if span["day"]:
        day, last = _near(int(span["of"]), int(span["day"]), page), None
    else:
        day = _near(int(span["first_month"] or span["month"]), int(span["first"]), page)
        last = day and _not_before(day, int(span["month"]), int(span["last"]))
    if day is None or (last is None and not span["day"]):
        return None
    end = last.isoformat() if last else None
    return PartialDate(at, span.end(), day.isoformat(), end, "range" if last else "date")


def _is_measured(text: str, day: PartialDate, measures: re.Pattern[str]) -> bool:
    """Whether a unit or currency follows, as behind a price (12.10 Euro)."""
    unit = _UNIT.match(text, day.end)
    return bool(unit and measures.match(unit.group(1)))


def _is_surely_day(text: str, day: PartialDate) -> bool:
    """Whether it can be no time of a programme (9.05 Welcome): a span, one with a zero or a mark
    that times have not, or a number above the hours.
    """
    return (
        day.kind == "range"
        or text[day.start] == "0"
        or int(text[day.start : day.end].partition(".")[0]) > _LAST_HOUR
        or bool(_MARK.match(text, day.end))
    )


def _near(month: int, day: int, page: date) -> date | None:
    """A day of the year that is nearest to the page."""
    days = (d for year in (-1, 0, 1) if (d := _day(page.year + year, month, day)))
    return next((d for d in days if abs((d - page).days) <= _HALF_YEAR), None)


def _not_before(first: date, month: int, day: int) -> date | None:
    last = _day(first.year, month, day)
    return last if last and last >= first else _day(first.year + 1, month, day)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _page_day(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published or "")
    except ValueError:
        return None
