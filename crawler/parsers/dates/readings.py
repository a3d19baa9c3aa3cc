"""Readings of a text: spans with their places, and what neighbours make of each other."""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from crawler.parsers.dates import spans
from crawler.parsers.dates.lexicon import DateLexicon
from crawler.parsers.dates.spans import DateSpan, MonthDay
from crawler.parsers.scripts import CYRILLIC_CAPITALS, CYRILLIC_SMALL, GERMAN_CAPITALS

_SENTENCE_BEHIND_DASH = re.compile(
    rf"[-–—]\s+[{GERMAN_CAPITALS}{CYRILLIC_CAPITALS}][a-z{CYRILLIC_SMALL}]*\s+$"
)
_SENTENCE_END = re.compile(rf"[.!?…]\s+(?=[«»„“\"(]?[^\W\d_a-z{CYRILLIC_SMALL}])|[;\n]")
_COORDINATION_REACH = 90  # a year said later in the sentence holds for days this near before it
_TO = re.compile(r"[-tT]p?e{0,2}")
_APART = ("day", "year", "relative")
"""What a dash parts though time runs on: 3 October 2031 – this year a Friday."""
_REPEATED_WITHIN = 40
"""Characters between a day and its weekday, said again."""
_MAX_PASSED = 8  # tokens between two expressions that may still be joined

Open = Literal["since", "until"]


@dataclass(frozen=True, slots=True)
class DateReading:
    """A span between two offsets of the text, not yet settled."""

    span: DateSpan
    start: int
    end: int
    first: int
    last: int
    """Index of its first token, and of the one behind its last."""
    rule: str
    open: Open | None = None


def join_ranges(
    readings: list[DateReading], types: str, text: str, reference: date | None = None
) -> list[DateReading]:
    """Two readings with nothing but "to" between them, or "between … and", are one range."""
    found: list[DateReading] = []
    for reading in readings:
        previous = found[-1] if found else None
        if previous is not None and _are_range(previous, reading, types):
            first, last = _fit_weekdays(previous, reading, reference)
            if not _is_dateline(first, last, text):
                found[-1] = dataclasses.replace(
                    previous,
                    span=spans.join(first.span, last.span),
                    end=reading.end,
                    last=reading.last,
                    rule="joined",
                )
                continue
        found.append(reading)
    return found


def _fit_weekdays(
    first: DateReading, last: DateReading, reference: date | None
) -> tuple[DateReading, DateReading]:
    """Both ends of a range, a weekday alone as the nearest one to the other end ("from Friday, 13
    June, to Sunday", "Monday to Friday of last week").
    """
    if not {first.rule, last.rule} & {"weekday"} or first.span.grain != last.span.grain:
        return first, last
    of_first, of_last = (spans.resolve(end.span, reference) for end in (first, last))
    if of_first is None or of_last is None:
        return first, last
    days = (of_last[0] - of_first[0]).days % 7
    if first.rule == "weekday":
        day = of_last[0] - timedelta(days)
        return dataclasses.replace(first, span=spans.exact(day, day)), last
    day = of_first[0] + timedelta(days)
    return first, dataclasses.replace(last, span=spans.exact(day, day))


def _are_range(first: DateReading, last: DateReading, types: str) -> bool:
    if last.first - first.last > _MAX_PASSED or last.first < first.last:
        return False
    if {"decade", "range"} & {first.span.kind, last.span.kind}:
        return False
    between = types[first.last : last.first]
    if between[:1] == "-" and (first.span.grain, last.span.grain, last.span.kind) == _APART:
        return False
    both_days = first.span.grain == last.span.grain == "day"
    if _TO.fullmatch(between.removeprefix("c") if both_days else between):
        return True
    if between in ("", ">") and types[last.last : last.last + 1] == "<":
        return True  # 8 маусымынан (бастап) 10 маусымына дейін
    opened = re.search(r"b[pe]*$", types[max(0, first.first - 3) : first.first])
    return opened is not None and re.fullmatch(r"a[pe]*", between) is not None


def _is_dateline(first: DateReading, last: DateReading, text: str) -> bool:
    """ "Berlin, 4. Mai 2026 – Am 3. Mai 2026 …": a sentence begins behind the dash, or time would
    run back.
    """
    here, there = first.span, last.span
    if here.year is None or there.year is None:
        back = False
    else:
        back = (here.year, here.first) > (there.year + there.years, there.last)
    return back or _SENTENCE_BEHIND_DASH.search(text[first.end : last.start]) is not None


def drop_repeated_weekdays(readings: list[DateReading], text: str) -> list[DateReading]:
    """ "3 мая, понедельник", "am 3. Oktober 2031 – in diesem Jahr ein Freitag": the weekday behind
    its day says nothing new.
    """
    found: list[DateReading] = []
    for reading in readings:
        days = [r for r in found[-2:] if r.span.grain == "day"] if reading.rule == "weekday" else []
        near = bool(days) and days[-1] is found[-1] and reading.start - days[-1].end <= 2
        if not near and not any(_is_weekday_of(day, reading, text) for day in days):
            found.append(reading)
    return found


def _is_weekday_of(day: DateReading, weekday: DateReading, text: str) -> bool:
    """Whether a weekday is that of a day shortly before it, whose year is said."""
    here, there = day.span, weekday.span
    if here.year is None or there.year is None or here.first != here.last:
        return False
    between = text[day.end : weekday.start]
    if len(between) > _REPEATED_WITHIN or _SENTENCE_END.search(between):
        return False
    return _weekday(here.year, here.first) == _weekday(there.year, there.first)


def _weekday(year: int, day: MonthDay) -> int | None:
    try:
        return date(year, *day).weekday()
    except ValueError:  # the 29th of February, the 31st of June
        return None


def apply_later_years(
    readings: list[DateReading], lexicon: DateLexicon, text: str
) -> list[DateReading]:
    """ "am 6. Juni in Astana und am 8. Juni 2023": the year holds for the day before it as well."""
    found = list(readings)
    for position in range(len(found) - 2, -1, -1):
        here, following = found[position], found[position + 1]
        if here.span.has_year or here.span.grain != "day" or not following.span.has_year:
            continue
        if following.span.grain != "day" or following.span.kind == "relative":
            continue
        between = text[here.end : following.start]
        if len(between) > _COORDINATION_REACH or _SENTENCE_END.search(between):
            continue
        if _coordinates(between, lexicon):
            year = following.span.year
            if year is not None and following.span.first < here.span.first:
                year -= 1
            dated = here.span.in_year(year, following.span.shift)
            found[position] = dataclasses.replace(here, span=dated)
    return found


def _coordinates(between: str, lexicon: DateLexicon) -> bool:
    """Whether a comma, stroke or "and" stands there."""
    words = (lexicon.words.get(word.lower()) for word in re.findall(r"[^\W\d_]+", between))
    return any(sign in between for sign in ",/") or any(w and w.type == "a" for w in words)


def longest(readings: list[DateReading]) -> list[DateReading]:
    """Of readings that overlap the longest one; then in the order of the text."""
    taken: list[DateReading] = []
    starts: list[int] = []
    for reading in sorted(readings, key=lambda r: (r.start - r.end, r.start)):
        place = bisect(starts, reading.start)
        free_before = place == 0 or taken[place - 1].end <= reading.start
        if free_before and (place == len(taken) or reading.end <= taken[place].start):
            taken.insert(place, reading)
            starts.insert(place, reading.start)
    return taken
