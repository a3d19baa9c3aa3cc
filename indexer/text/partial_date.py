"""Partial dates, and spans of them, as English text."""

from __future__ import annotations

from datetime import date

from babel import Locale
from babel.dates import format_date

_LOCALE = Locale("en", "GB")


def partial_date(value: str) -> str:
    """`2015-06-08` → 8 June 2015, `2015-06` → June 2015, `2015-autumn` → autumn 2015, `--09-25` →
    25 September.

    A value of another form is shown as it stands.
    """
    year, _, rest = value.partition("-")
    try:
        if value.startswith("--"):
            return format_date(date.fromisoformat(f"2000{value[1:]}"), "d MMMM", _LOCALE)
        if not rest:
            return year
        if rest.isalpha():
            return f"{rest} {year}"
        if len(rest) == 2:
            return format_date(date(int(year), int(rest), 1), "MMMM y", _LOCALE)
        return format_date(date.fromisoformat(value[:10]), "d MMMM y", _LOCALE)
    except ValueError:
        return value


def day_span(first: date, last: date) -> str:
    """`14–15 May 2024`; `30 May – 2 June 2024`; across a new year both whole."""
    begin, end = (partial_date(day.isoformat()) for day in (first, last))
    if first.year != last.year:
        return f"{begin} – {end}"
    return f"{first.day}–{end}" if first.month == last.month else f"{begin[:-5]} – {end}"
