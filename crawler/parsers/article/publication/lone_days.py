"""Days of a page's lone date strings, with the order of day and month that the page shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from datetime import datetime
from functools import cache

from crawler.parsers.article.printed_dates import has_date
from crawler.parsers.article.publication.iso import parse_iso
from crawler.parsers.article.publication.record import is_plausible
from crawler.parsers.dates import DateReader
from indexer.records.publication_days import iso_day

_NUMBERS = re.compile(
    r"(?<![\d./-])(\d{1,2})\s?([./|-])\s?(\d{1,2})\s?\2\s?((?:19|20)\d{2}|\d{2})(?![./-]?\d)"
)
_YEAR_FIRST = re.compile(r"((?:19|20)\d{2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{1,2})")
_DAY_FIRST = ".|"
"""Signs between numbers of which the first is the day everywhere."""
_DAY = len("2015-06-09")
_CENTURY = 70
"""Years of two digits from here on are of the last century."""

Found = tuple[str, datetime | None] | None


class LoneDays:
    """Reads the date strings of one page, each once."""

    def __init__(
        self,
        dates: DateReader,
        lang: str | None,
        *,
        day_first: bool,
        known: AbstractSet[str] = frozenset(),
        named: Callable[[], AbstractSet[str]] | None = None,
    ) -> None:
        """`known`: days that the page states in a form that has one reading only; `named`: those
        that it names so anywhere, asked for at most once, where the others don't tell.
        """
        self._dates = dates
        self._lang = lang
        self._day_first = day_first
        self._known = known
        self._named = cache(named or frozenset)
        self._read: dict[str, Found] = {}

    def knowing(self, known: AbstractSet[str]) -> LoneDays:
        """The same, with days that the page names in a form that has one reading only."""
        return LoneDays(
            self._dates, self._lang, day_first=self._day_first, known=known, named=self._named
        )

    def parse(self, text: str) -> Found:
        """The partial date of a string in its own zone and the instant in UTC; None where there is
        none, or its year is not believed.
        """
        if text not in self._read:
            self._read[text] = self._parse(text)
        return self._read[text]

    def _parse(self, text: str) -> Found:
        iso = parse_iso(text)
        if iso is not None:
            return iso if is_plausible(iso[0]) else None
        if numbers := _NUMBERS.fullmatch(text):
            day = self._of_numbers(*numbers.groups())
            return (day, None) if day and is_plausible(day) else None
        if ordered := _YEAR_FIRST.fullmatch(text):
            year, _, month, number = ordered.groups()
            day = iso_day(int(year), int(month), int(number))
            return (day, None) if day and is_plausible(day) else None
        return self._in_words(text, self._lang)

    def _in_words(self, text: str, lang: str | None) -> Found:
        """A day with its month as a word in the language of the page; else in any other: what a
        system prints is often in the language that it was set up in.
        """
        day, instant = self._dates.parse_instant(text, lang, day_first=self._day_first)
        if lang is not None and len(day or "") < _DAY and has_date(text):
            whole = self._in_words(text, None)
            if whole is not None and len(whole[0]) == _DAY:
                return whole
        return (day, instant) if day and is_plausible(day) else None

    def _of_numbers(self, first: str, sign: str, second: str, year: str) -> str | None:
        """The reading that has a day; of two that have one the known one, else by order."""
        full = int(year) if len(year) > 2 else int(year) + (1900 if int(year) >= _CENTURY else 2000)
        by_day = iso_day(full, int(second), int(first))
        by_month = iso_day(full, int(first), int(second))
        if by_day is None or by_month is None or sign in _DAY_FIRST:
            return by_day or by_month
        if by_day == by_month:
            return by_day
        for days in self._known_days():
            if (by_day in days) != (by_month in days):
                return by_day if by_day in days else by_month
        return by_day if self._day_first else by_month

    def _known_days(self) -> Iterator[AbstractSet[str]]:
        """Those stated, then, if asked for, those named anywhere."""
        yield self._known
        yield self._named()


def has_one_reading(text: str) -> bool:
    """Whether a date is no row of numbers that may begin with the day or the month."""
    return not _NUMBERS.fullmatch(text.strip())


def shown_order(lines: Iterable[str]) -> bool | None:
    """Whether the page's dates of numbers have the day first; None where they don't tell."""
    orders = {
        int(first) > int(second)
        for line in lines
        for first, sign, second, _ in _NUMBERS.findall(line)
        if sign not in _DAY_FIRST and max(int(first), int(second)) in range(13, 32)
    }
    return orders.pop() if len(orders) == 1 else None
