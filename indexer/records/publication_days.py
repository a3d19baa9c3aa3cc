"""Days on which a page can have been published."""

from __future__ import annotations

from datetime import date, timedelta

FIRST_YEAR, LAST_YEAR = 1990, 2100
"""Years of publication that are believed; fixed, for reading a page knows no clock."""


def is_believed(year: int) -> bool:
    """Whether a page can be of that year."""
    return FIRST_YEAR <= year <= LAST_YEAR


def iso_day(year: int, month: int, day: int) -> str | None:
    """The day that three numbers are (`2015-06-08`); None where no calendar has it."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def is_to_come(day: date, known: date) -> bool:
    """Whether a day was still to come when it was known. The zone of a site may be a day ahead."""
    return day > known + timedelta(days=1)
