"""Finds the date expressions of a running text and says which days they mean."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from crawler.parsers.dates import guards, lone, spans
from crawler.parsers.dates.language_reader import LanguageReader
from crawler.parsers.dates.lexicon import build_lexicon
from crawler.parsers.dates.lone import Instant
from crawler.parsers.dates.readings import DateReading, longest
from indexer.records.document import DateExpression

_WEEKDAYS = ("W", "B")
"""Types of their names and abbreviations."""
_MONTH_FIRST_REGIONS = frozenset({"en-us"})


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date expression as coarse as in the text, for records with partial dates."""

    start: int
    end: int
    iso: str | None
    """`2015-06-08`, `2015-10`, `2015`, `2015-autumn`, `--09-25` (year not known); None = open."""
    iso_end: str | None
    """Last day, month or year of a range; None where `iso` says it all."""
    kind: str
    """As of DateExpression; `since` has only `iso`, `until` only `iso_end`."""


def with_year_of(partial: PartialDate, day: str) -> PartialDate:
    """The same with the year of a day (ISO) that it names without one: `--03-19`, and of a range
    that begins or ends on that day, over New Year perhaps.
    """
    year, named = int(day[: len("2015")]), f"-{day[len('2015') :]}"
    first, last = partial.iso, partial.iso_end
    ends = [each for each in (first, last) if each]
    if named not in ends or not all(each.startswith("--") for each in ends):
        return partial
    over = bool(first and last and last < first)
    of_first = year - 1 if over and named == last else year
    return dataclasses.replace(
        partial,
        iso=first and f"{of_first}{first[1:]}",
        iso_end=last and f"{of_first + over}{last[1:]}",
    )


class DateReader:
    """Reads dates in all languages that have a `dates` key.

    `languages` maps ISO 639-1 codes to the content of their files, as in `Reference.languages`.
    """

    def __init__(self, languages: Mapping[str, Mapping[str, Any]]) -> None:
        sections = {code: file["dates"] for code, file in languages.items() if file.get("dates")}
        self._own_only = {
            code: section
            for code, section in sections.items()
            if section.get("own_texts_only") == "true"
        }
        """Languages whose readers are made when a text is in them."""
        self._readers = {
            code: LanguageReader(build_lexicon(code, section))
            for code, section in sections.items()
            if code not in self._own_only
        }
        self._pooled = [*self._readers.values()]

    def find(
        self, text: str, lang: str | None, reference_date: str | None
    ) -> tuple[DateExpression, ...]:
        """All expressions in the order of the text, none overlapping.

        `lang` is an ISO 639-1 code, with or without region; None or a language without grammar:
        those grammars in turn whose words are not kept for texts in their own language
        (`own_texts_only`), the longest reading wins. `reference_date` (ISO, may be partial) is
        the day of publication: relative and year-less expressions count from it, and are left out
        without it.
        """
        return self.find_both(text, lang, reference_date)[0]

    def find_partial(
        self, text: str, lang: str | None, reference_date: str | None
    ) -> tuple[PartialDate, ...]:
        """The same as partial dates; days without a year and reference are given as `--MM-DD`."""
        return self.find_both(text, lang, reference_date)[1]

    def find_both(
        self, text: str, lang: str | None, reference_date: str | None
    ) -> tuple[tuple[DateExpression, ...], tuple[PartialDate, ...]]:
        """What `find` and `find_partial` give, the text read once."""
        reference = _reference(reference_date)
        expressions, partial = [], []
        for reading in self._read(text, lang, reference, day_first=_day_first(lang)):
            days = spans.resolve(reading.span, reference)
            if days is not None:
                expressions.append(_expression(reading, *days))
            iso = spans.partial(reading.span, reference)
            if iso is not None:
                partial.append(_partial(reading, *iso))
        return tuple(expressions), tuple(partial)

    def parse_one(self, text: str, lang: str | None, *, day_first: bool = True) -> str | None:
        """The date that a lone string names (byline, listing), as a partial ISO date.

        `09/03/2021` is the 9th of March, unless `day_first` is False or `lang` is `en-US`. None
        where there is no date, or only a relative one ("yesterday").
        """
        return self.parse_instant(text, lang, day_first=day_first)[0]

    def parse_instant(self, text: str, lang: str | None, *, day_first: bool = True) -> Instant:
        """The date in the zone that the string states, and the UTC instant where it has both."""
        first = day_first and _day_first(lang)

        def read(string: str) -> str | None:
            found = self._read(string, lang, None, day_first=first)
            days = [_own_date(reading) for reading in found if reading.open is None]
            return max((day for day in days if day), key=len, default=None)

        return lone.read_instant(text, (lang or "").lower().split("-")[0], read, day_first=first)

    def weekday(self, word: str, lang: str | None) -> int | None:
        """The number of a weekday (1 = Monday) by its name or abbreviation; else None."""
        known = (reader.lexicon.words.get(word.lower()) for reader in self._for(lang))
        return next((w.number for w in known if w and w.type in _WEEKDAYS), None)

    def _for(self, lang: str | None) -> list[LanguageReader]:
        code = (lang or "").lower().split("-")[0]
        if code in self._own_only and code not in self._readers:
            self._readers[code] = LanguageReader(build_lexicon(code, self._own_only[code]))
        known = self._readers.get(code)
        return [known] if known else self._pooled

    def _read(
        self, text: str, lang: str | None, reference: date | None, *, day_first: bool
    ) -> list[DateReading]:
        chosen = self._for(lang)
        if len(chosen) == 1:
            return chosen[0].read(text, reference, day_first=day_first)
        lexicons = [each.lexicon for each in chosen]
        found = [
            reading
            for each in [each for each in chosen if each.shares_letters(text)] or chosen[:1]
            for reading in each.read(text, reference, day_first=day_first)
            if guards.is_date_in_any(reading.rule, text, reading.start, reading.end, lexicons)
        ]
        return longest(found)


def _day_first(lang: str | None) -> bool:
    return (lang or "").lower() not in _MONTH_FIRST_REGIONS


def _own_date(reading: DateReading) -> str | None:
    """The partial date of a reading that says its year itself."""
    iso = spans.partial(reading.span, None)
    return None if iso is None or iso[0].startswith("--") else iso[0]


def _expression(reading: DateReading, first: date, last: date) -> DateExpression:
    start = None if reading.open == "until" else first.isoformat()
    end = None if reading.open == "since" else last.isoformat()
    kind = reading.open or reading.span.kind
    return DateExpression(reading.start, reading.end, start, end, kind)


def _partial(reading: DateReading, iso: str, iso_end: str | None) -> PartialDate:
    kind = reading.open or reading.span.kind
    if reading.open == "since":
        return PartialDate(reading.start, reading.end, iso, None, kind)
    if reading.open == "until":
        return PartialDate(reading.start, reading.end, None, iso_end or iso, kind)
    return PartialDate(reading.start, reading.end, iso, iso_end, kind)


def _reference(reference_date: str | None) -> date | None:
    """The day of a full or partial ISO date; the middle of a month or year."""
    match = re.match(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", reference_date or "")
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2] or 7), int(match[3] or 15))
    except ValueError:
        return None
