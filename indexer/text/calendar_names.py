"""Names of months and weekdays as CLDR has them for a language. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from babel import Locale, UnknownLocaleError

FULL_AND_SHORT = ("wide", "abbreviated")


def month_names(code: str, widths: Sequence[str] = FULL_AND_SHORT) -> Iterator[tuple[int, str]]:
    """Number and name of the months, as they stand in a date and alone; none of a language that
    CLDR lacks.
    """
    locale = locale_of(code)
    for by_width in locale.months.values() if locale else ():
        for width in widths:
            yield from ((int(number), str(name)) for number, name in by_width[width].items())


def weekday_names(code: str, widths: Sequence[str] = FULL_AND_SHORT) -> Iterator[str]:
    """Names of the weekdays, likewise."""
    locale = locale_of(code)
    for by_width in locale.days.values() if locale else ():
        for width in widths:
            yield from map(str, by_width[width].values())


def locale_of(code: str) -> Locale | None:
    """What CLDR has for a language; None for one that it lacks."""
    try:
        return Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        return None
