"""Finds the date expressions of a running text and says which days they mean."""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from crawler.parsers.dates import grammar, guards, lone, spans
from crawler.parsers.dates.lexer import Lexer, Token
from crawler.parsers.dates.lexicon import Lexicon, build_lexicon
from crawler.parsers.dates.lone import Instant
from crawler.parsers.dates.rules import RESOLVERS, Context
from crawler.parsers.dates.spans import Span
from indexer.document import DateExpression

_SENTENCE_BEHIND_DASH = re.compile(r"[-–—]\s+[A-ZÄÖÜА-ЯЁ][a-zа-яё]*\s+$")
_SENTENCE_END = re.compile(r"[.!?…]\s+(?=[«»„“\"(]?[^\W\d_a-zа-яё])|[;\n]")
_CLAUSE_END = re.compile(r"[.!?…;:]\s+(?=\D)|\n|,\s+(?=\w+)")
_CLAUSE_REACH = 160
_COORDINATION_REACH = 90  # a year said later in the sentence holds for days this near before it
_TO = re.compile(r"[-tT]p?e{0,2}")
_MONTH_FIRST_REGIONS = frozenset({"en-us"})
_LONG_PAST = timedelta(120)  # no text announces what was a third of a year ago
_SCRIPTS = ("a-z", "а-яё")
_MAX_PASSED = 8  # tokens between two expressions that may still be joined

Open = Literal["since", "until"]
_OPEN_BEHIND: Mapping[str, Open] = {"<": "until", ">": "since"}


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date expression as coarse as the text tells it, for records with partial dates."""

    start: int
    end: int
    iso: str | None
    """`2015-06-08`, `2015-10`, `2015`, `2015-autumn`, `--09-25` (year not known); None = open."""
    iso_end: str | None
    """Last day, month or year of a range; None where `iso` says it all."""
    kind: str
    """As of DateExpression; `since` has only `iso`, `until` only `iso_end`."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """A span between two offsets of the text, not yet settled."""

    span: Span
    start: int
    end: int
    first: int
    last: int
    rule: str
    open: Open | None = None


class DateReader:
    """Reads dates in all languages that have a `dates` key.

    `languages` maps ISO 639-1 codes to the content of their files, as in `Reference.languages`.
    """

    def __init__(self, languages: Mapping[str, Mapping[str, Any]]) -> None:
        self._grammars = {
            code: _Grammar(build_lexicon(code, content["dates"]))
            for code, content in languages.items()
            if content.get("dates")
        }

    def find(
        self, text: str, lang: str | None, reference_date: str | None
    ) -> tuple[DateExpression, ...]:
        """All expressions in the order of the text, none overlapping.

        `lang` is an ISO 639-1 code, with or without region; None or a language without grammar:
        all grammars in turn, the longest reading wins. `reference_date` (ISO, may be partial) is
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
            days = spans.settled(reading.span, reference)
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
            days = [_told(reading) for reading in found if reading.open is None]
            return max((day for day in days if day), key=len, default=None)

        return lone.read_instant(text, (lang or "").lower().split("-")[0], read, day_first=first)

    def _for(self, lang: str | None) -> list[_Grammar]:
        known = self._grammars.get((lang or "").lower().split("-")[0])
        return [known] if known else list(self._grammars.values())

    def _read(
        self, text: str, lang: str | None, reference: date | None, *, day_first: bool
    ) -> list[_Reading]:
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
        return _longest(found)


class _Grammar:
    """The grammar with the words of one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._lexer = Lexer(lexicon)
        months = "".join(word for word, known in lexicon.words.items() if known.type == "M")
        scripts = "".join(script for script in _SCRIPTS if re.search(f"[{script}]", months))
        self._letters = re.compile(f"[{scripts}]" if scripts else "(?!)", re.IGNORECASE)

    def shares_letters(self, text: str) -> bool:
        """Whether the text has letters of the language's script."""
        return self._letters.search(text) is not None

    def read(self, text: str, reference: date | None, *, day_first: bool) -> list[_Reading]:
        """Readings in order; each is a single expression or a joined range."""
        tokens = self._lexer.scan(text)
        types = "".join(token.type for token in tokens)
        context = Context(
            text, self.lexicon, reference, day_first, lambda at: self._comes(text, at)
        )
        readings = list(self._atoms(tokens, types, context))
        readings = _joined(readings, types, text)
        readings = [self._opened(r, tokens, types) for r in readings]
        readings = _with_later_years(_without_repeated_weekdays(readings), self.lexicon, text)
        if reference is None:
            return readings
        return [self._announced(reading, reference, text) for reading in readings]

    def _atoms(self, tokens: list[Token], types: str, context: Context) -> Iterable[_Reading]:
        position = 0
        while position < len(types):
            behind = 0
            for rule, start, end in grammar.candidates(types, position):
                behind = behind or start + 1
                part = tokens[start:end]
                if not guards.is_date(rule, part, context.text, self.lexicon):
                    continue
                found = RESOLVERS[rule](part, context)
                if found:
                    for one in found:
                        yield _reading(rule, one.span, tokens, start + one.first, start + one.end)
                    behind = end
                    break
            if not behind:
                return
            position = behind

    def _opened(self, reading: _Reading, tokens: list[Token], types: str) -> _Reading:
        """With the trigger before it (seit, until, с, до), if there is one."""
        before = types[max(0, reading.first - 4) : reading.first]
        match = re.search(r"([sATU])[pe]*$", before)
        behind = _OPEN_BEHIND.get(types[reading.last : reading.last + 1])
        if behind is not None and reading.span.kind != "range":
            end = tokens[reading.last].end
            return dataclasses.replace(reading, end=end, last=reading.last + 1, open=behind)
        if match is None or (match[1] in "sA" and _has_two_ends(reading)):
            return reading
        first = reading.first - len(match[0])
        opened: Open = "since" if match[1] in "sA" else "until"
        return dataclasses.replace(reading, start=tokens[first].start, first=first, open=opened)

    def _announced(self, reading: _Reading, reference: date, text: str) -> _Reading:
        """ "wird Ende Oktober", read in April: the coming one, though the last one is nearer."""
        if reading.span.has_year:
            return reading
        days = spans.settled(reading.span, reference)
        if days is None or reference - days[1] < _LONG_PAST or not self._comes(text, reading.start):
            return reading
        return dataclasses.replace(reading, span=reading.span.dated(days[0].year + 1))

    def _comes(self, text: str, at: int) -> bool:
        """Whether the nearest verb of the clause around `at` that tells speaks of the future."""
        low, high = _around(_CLAUSE_END, text, at)
        ahead = _distance(self.lexicon.future, text, low, high, at)
        return ahead is not None and ahead < (
            _distance(self.lexicon.past, text, low, high, at) or 2 * _CLAUSE_REACH
        )


def _has_two_ends(reading: _Reading) -> bool:
    """Whether it needs no "from": "from 3 to 5 May" is a range, "down from a year ago" that year."""
    return reading.span.kind == "range" or reading.rule in ("ago", "ago_before")


def _day_first(lang: str | None) -> bool:
    return (lang or "").lower() not in _MONTH_FIRST_REGIONS


def _told(reading: _Reading) -> str | None:
    """The partial date of a reading that says its year itself."""
    iso = spans.partial(reading.span, None)
    return None if iso is None or iso[0].startswith("--") else iso[0]


def _around(boundary: re.Pattern[str], text: str, at: int) -> tuple[int, int]:
    """Where the clause around `at` begins and ends, cut at a fair distance."""
    low, high = max(0, at - _CLAUSE_REACH), min(len(text), at + _CLAUSE_REACH)
    for match in boundary.finditer(text, low, at):
        low = match.end()
    ending = boundary.search(text, at, high)
    return low, ending.start() if ending else high


def _distance(cues: re.Pattern[str], text: str, low: int, high: int, at: int) -> int | None:
    """From `at` to the nearest cue between `low` and `high`."""
    return min((abs(match.start() - at) for match in cues.finditer(text, low, high)), default=None)


def _reading(rule: str, span: Span, tokens: list[Token], first: int, end: int) -> _Reading:
    last = tokens[end - 1]
    # "on June 8." ends a sentence, "am 5., 12. und …" does not
    stop = last.end - (rule == "days_after_month" and last.type == "D" and last.short)
    return _Reading(span, tokens[first].start, stop, first, end, rule)


def _joined(readings: list[_Reading], types: str, text: str) -> list[_Reading]:
    """Two readings with nothing but "to" between them, or "between … and", are one range."""
    found: list[_Reading] = []
    for reading in readings:
        previous = found[-1] if found else None
        if (
            previous is not None
            and _are_range(previous, reading, types)
            and not _is_dateline(previous, reading, text)
        ):
            span = spans.joined(previous.span, reading.span)
            found[-1] = dataclasses.replace(
                previous, span=span, end=reading.end, last=reading.last, rule="joined"
            )
        else:
            found.append(reading)
    return found


def _are_range(first: _Reading, last: _Reading, types: str) -> bool:
    if last.first - first.last > _MAX_PASSED or last.first < first.last:
        return False
    if {"decade", "range"} & {first.span.kind, last.span.kind}:
        return False
    between = types[first.last : last.first]
    both_days = first.span.grain == last.span.grain == "day"
    if _TO.fullmatch(between.removeprefix("c") if both_days else between):
        return True
    if not between and types[last.last : last.last + 1] == "<":
        return True  # 8 маусымынан 10 маусымына дейін
    opened = re.search(r"b[pe]*$", types[max(0, first.first - 3) : first.first])
    return opened is not None and re.fullmatch(r"a[pe]*", between) is not None


def _is_dateline(first: _Reading, last: _Reading, text: str) -> bool:
    """ "Berlin, 4. Mai 2026 – Am 3. Mai 2026 …": a sentence begins behind the dash, or time would run back."""
    here, there = first.span, last.span
    if here.year is None or there.year is None:
        back = False
    else:
        back = (here.year, here.first) > (there.year + there.years, there.last)
    return back or _SENTENCE_BEHIND_DASH.search(text[first.end : last.start]) is not None


def _without_repeated_weekdays(readings: list[_Reading]) -> list[_Reading]:
    """ "3 мая, понедельник": the weekday behind a day says nothing new."""
    found: list[_Reading] = []
    for reading in readings:
        near = found and reading.rule == "weekday" and reading.start - found[-1].end <= 2
        if not (near and found[-1].span.grain == "day"):
            found.append(reading)
    return found


def _with_later_years(readings: list[_Reading], lexicon: Lexicon, text: str) -> list[_Reading]:
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
            dated = here.span.dated(year, following.span.shift)
            found[position] = dataclasses.replace(here, span=dated)
    return found


def _coordinates(between: str, lexicon: Lexicon) -> bool:
    """Whether a comma, stroke or "and" stands there."""
    words = (lexicon.words.get(word.lower()) for word in re.findall(r"[^\W\d_]+", between))
    return any(sign in between for sign in ",/") or any(w and w.type == "a" for w in words)


def _longest(readings: list[_Reading]) -> list[_Reading]:
    """Of readings that overlap the longest one; then in the order of the text."""
    taken: list[_Reading] = []
    starts: list[int] = []
    for reading in sorted(readings, key=lambda r: (r.start - r.end, r.start)):
        place = bisect(starts, reading.start)
        free_before = place == 0 or taken[place - 1].end <= reading.start
        if free_before and (place == len(taken) or reading.end <= taken[place].start):
            taken.insert(place, reading)
            starts.insert(place, reading.start)
    return taken


def _expression(reading: _Reading, first: date, last: date) -> DateExpression:
    start = None if reading.open == "until" else first.isoformat()
    end = None if reading.open == "since" else last.isoformat()
    kind = reading.open or reading.span.kind
    return DateExpression(reading.start, reading.end, start, end, kind)


def _partial(reading: _Reading, iso: str, iso_end: str | None) -> PartialDate:
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
