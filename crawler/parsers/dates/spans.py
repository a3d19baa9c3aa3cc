"""Calendar intervals whose year may still be open, and how it is resolved.

Arithmetic only: no words, no text. Weeks are ISO weeks, seasons are meteorological.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Grain = Literal["day", "month", "season", "year"]
MonthDay = tuple[int, int]
"""Month and day; day 0 is the last day of the month."""

SEASONS = {1: "spring", 2: "summer", 3: "autumn", 4: "winter"}
_NEXT_YEARS = (-1, 0, 1)
_LEAP_YEARS = range(-8, 9)  # the 29th of February may be missing four to seven years

_LEAP_YEAR = 2000  # has every day that any year has


@dataclass(frozen=True, slots=True)
class DateSpan:
    """From `first` to `last`, both inclusive."""

    kind: str
    first: MonthDay
    last: MonthDay
    grain: Grain
    """What the text names: the day, the month, the season or only the year of `first`."""
    year: int | None = None
    """Year of `first`; None = not said."""
    shift: int | None = None
    """Instead of `year`: years after that of the reference date."""
    years: int = 0
    """How many years `last` is after `first`."""
    last_grain: Grain | None = None
    """What the text names of `last`, where that differs."""

    def in_year(self, year: int | None, shift: int | None = None) -> DateSpan:
        """The same with this year, or with this distance from the reference's year."""
        return dataclasses.replace(self, year=year, shift=shift)

    @property
    def has_year(self) -> bool:
        """Whether the text says which year."""
        return self.year is not None or self.shift is not None


def day(month: int, number: int) -> DateSpan:
    """A day without a year."""
    return DateSpan("date", (month, number), (month, number), "day")


def exact(first: date, last: date, kind: str = "relative", grain: Grain = "day") -> DateSpan:
    """An interval that is known already."""
    years = last.year - first.year
    start, end = (first.month, first.day), (last.month, last.day)
    return DateSpan(kind, start, end, grain, year=first.year, years=years)


def month(number: int) -> DateSpan:
    """A month without a year."""
    return DateSpan("month", (number, 1), (number, 0), "month")


def months(first: int, last: int, kind: str = "range") -> DateSpan:
    """Months of one year; December to February reaches into the next."""
    return DateSpan(kind, (first, 1), (last, 0), "month", years=int(last < first))


def season(number: int) -> DateSpan:
    """1 = spring (March to May) … 4 = winter (December to February)."""
    first = 3 * number
    last = first + 2 if number < 4 else 2
    return DateSpan("season", (first, 1), (last, 0), "season", years=int(number == 4))


def year(first: int | None = None, last: int | None = None) -> DateSpan:
    """A year, or several."""
    years = last - first if first is not None and last is not None else 0
    kind = "range" if years else "year"
    return DateSpan(kind, (1, 1), (12, 31), "year", year=first, years=years)


def decade(first: int) -> DateSpan:
    """Ten years."""
    return dataclasses.replace(year(first, first + 9), kind="decade")


def third_of_year(number: int) -> DateSpan:
    """1 = early (January to April), 2 = middle, 3 = late (September to December)."""
    return DateSpan("part", (4 * number - 3, 1), (4 * number, 0), "year")


def third_of_month(month_number: int, number: int) -> DateSpan:
    """1 = first to tenth day, 2 = 11th to 20th, 3 = the rest."""
    last = 0 if number == 3 else 10 * number
    return DateSpan("part", (month_number, 10 * number - 9), (month_number, last), "month")


def half_of_month(month_number: int, number: int) -> DateSpan:
    """1 = first to 15th day, 2 = the rest."""
    first, last = (1, 15) if number == 1 else (16, 0)
    return DateSpan("part", (month_number, first), (month_number, last), "month")


def iso_week(first_year: int, week: int) -> DateSpan | None:
    """Monday to Sunday of a numbered week."""
    try:
        monday = date.fromisocalendar(first_year, week, 1)
    except ValueError:
        return None
    return exact(monday, monday + timedelta(6), "range")


def join(first: DateSpan, last: DateSpan) -> DateSpan:
    """The range from one to the other; a year that one of them says holds for both."""
    end_year = None if last.year is None else last.year + last.years
    end_shift = None if last.shift is None else last.shift + last.years
    start_year, shift = first.year, first.shift
    years = int(first.first > last.first) + last.years
    if first.has_year and last.has_year:
        if first.year is not None and end_year is not None:
            years = end_year - first.year
        elif first.shift is not None and end_shift is not None:
            years = end_shift - first.shift
    elif last.has_year:
        start_year = None if end_year is None else end_year - years
        shift = None if end_shift is None else end_shift - years
    return DateSpan(
        "range",
        first.first,
        last.last,
        first.grain,
        year=start_year,
        shift=shift,
        years=years,
        last_grain=last.last_grain or last.grain,
    )


def resolve(span: DateSpan, reference: date | None) -> tuple[date, date] | None:
    """First and last day; None where a day does not exist or no year can be told.

    Without a year in the text, the one that brings the span nearest to the reference date.
    """
    if span.year is not None:
        return _in_year(span, span.year)
    if reference is None:
        return None
    if span.shift is not None:
        return _in_year(span, reference.year + span.shift)
    around = [_in_year(span, reference.year + offset) for offset in _NEXT_YEARS]
    if not any(around):
        around = [_in_year(span, reference.year + offset) for offset in _LEAP_YEARS]
    # ties go to the later one, as announcements are what one looks for
    return min(
        (days for days in around if days),
        key=lambda days: (_distance(days, reference), -days[0].toordinal()),
        default=None,
    )


def _distance(days: tuple[date, date], reference: date) -> int:
    first, last = days
    return max((first - reference).days, (reference - last).days, 0)


def _in_year(span: DateSpan, first_year: int) -> tuple[date, date] | None:
    try:
        first = date(first_year, *span.first)
        last = _end(first_year + span.years, span.last)
    except ValueError:
        return None
    return (first, last) if first <= last else None


def _end(last_year: int, last: MonthDay) -> date:
    number, last_day = last
    return date(last_year, number, last_day) if last_day else last_day_of(last_year, number)


def last_day_of(in_year: int, number: int) -> date:
    """Of a month."""
    following = date(in_year + number // 12, number % 12 + 1, 1)
    return following - timedelta(1)


def partial(span: DateSpan, reference: date | None) -> tuple[str, str | None] | None:
    """Start and end as partial ISO dates, as coarse as the text; the end only where it differs.

    An unknown year is left out of days (`--09-25`) and months (`--09`); anything else
    is None then.
    """
    days = resolve(span, reference)
    last_grain = span.last_grain or span.grain
    if days is None:
        if (
            span.has_year
            or span.grain not in ("day", "month")
            or last_grain not in ("day", "month")
        ):
            return None
        if _in_year(span, _LEAP_YEAR) is None:
            return None
        start = _yearless(span.first, span.grain)
        end = _yearless(span.last, last_grain)
    else:
        start = _iso(days[0], days[0], span.grain)
        end_base = days[0] if last_grain == "season" and span.last_grain is None else days[1]
        end = _iso(days[1], end_base, last_grain)
    return start, (end if end != start else None)


def _yearless(month_day: MonthDay, grain: Grain) -> str:
    number, day_number = month_day
    return f"--{number:02}-{day_number:02}" if grain == "day" and day_number else f"--{number:02}"


def _iso(point: date, base: date, grain: Grain) -> str:
    if grain == "season":
        return f"{base.year}-{SEASONS[base.month // 3 or 4]}"
    length = {"day": 10, "month": 7, "year": 4}[grain]
    return point.isoformat()[:length]
