"""The grammar with the words of one language: a text to readings."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from crawler.parsers.dates import grammar, guards, spans
from crawler.parsers.dates.lexer import DateToken, Lexer
from crawler.parsers.dates.lexicon import DateLexicon
from crawler.parsers.dates.readings import (
    DateReading,
    Open,
    apply_later_years,
    drop_repeated_weekdays,
    join_ranges,
)
from crawler.parsers.dates.rules import RESOLVERS, RuleContext
from crawler.parsers.dates.spans import DateSpan
from crawler.parsers.scripts import RUSSIAN_SMALL

_CLAUSE_END = re.compile(r"[.!?…;:]\s+(?=\D)|\n|,\s+(?=\w+)")
_CLAUSE_REACH = 160
_LONG_PAST = timedelta(120)  # no text announces what was a third of a year ago
_SCRIPTS = ("a-z", RUSSIAN_SMALL)

_OPEN_BEHIND: Mapping[str, Open] = {"<": "until", ">": "since"}


class LanguageReader:
    """Reads the dates of texts in one language."""

    def __init__(self, lexicon: DateLexicon) -> None:
        self.lexicon = lexicon
        self._lexer = Lexer(lexicon)
        months = "".join(word for word, known in lexicon.words.items() if known.type == "M")
        scripts = "".join(script for script in _SCRIPTS if re.search(f"[{script}]", months))
        self._letters = re.compile(f"[{scripts}]" if scripts else "(?!)", re.IGNORECASE)

    def shares_letters(self, text: str) -> bool:
        """Whether the text has letters of the language's script."""
        return self._letters.search(text) is not None

    def read(self, text: str, reference: date | None, *, day_first: bool) -> list[DateReading]:
        """Readings in order; each is a single expression or a joined range."""
        tokens = self._lexer.scan(text)
        types = "".join(token.type for token in tokens)
        context = RuleContext(
            text, self.lexicon, reference, day_first, lambda at: self._comes(text, at)
        )
        readings = list(self._atoms(tokens, types, context))
        readings = join_ranges(readings, types, text, reference)
        readings = [self._apply_trigger(r, tokens, types) for r in readings]
        readings = drop_repeated_weekdays(readings, text)
        readings = apply_later_years(readings, self.lexicon, text)
        if reference is None:
            return readings
        return [self._move_to_future(reading, reference, text) for reading in readings]

    def _atoms(
        self, tokens: list[DateToken], types: str, context: RuleContext
    ) -> Iterable[DateReading]:
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

    def _apply_trigger(
        self, reading: DateReading, tokens: list[DateToken], types: str
    ) -> DateReading:
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

    def _move_to_future(self, reading: DateReading, reference: date, text: str) -> DateReading:
        """ "wird Ende Oktober", read in April: the coming one, though the last one is nearer."""
        if reading.span.has_year:
            return reading
        days = spans.resolve(reading.span, reference)
        if days is None or reference - days[1] < _LONG_PAST or not self._comes(text, reading.start):
            return reading
        return dataclasses.replace(reading, span=reading.span.in_year(days[0].year + 1))

    def _comes(self, text: str, at: int) -> bool:
        """Whether the nearest verb of the clause around `at` that tells speaks of the future, and
        none before it of the past (they met on Tuesday to ask what it would mean).
        """
        low, high = _around(_CLAUSE_END, text, at)
        told = _distance(self.lexicon.past, text, low, at, at) is not None
        ahead = _distance(self.lexicon.future, text, low, at if told else high, at)
        return ahead is not None and ahead < (
            _distance(self.lexicon.past, text, low, high, at) or 2 * _CLAUSE_REACH
        )


def _has_two_ends(reading: DateReading) -> bool:
    """Whether a "from" adds nothing: "from 3 to 5 May" is a range, "from a year ago" that year."""
    return reading.span.kind == "range" or reading.rule in ("ago", "ago_before")


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


def _reading(
    rule: str, span: DateSpan, tokens: list[DateToken], first: int, end: int
) -> DateReading:
    last = tokens[end - 1]
    # "on June 8." ends a sentence, "am 5., 12. und …" does not
    stop = last.end - (rule == "days_after_month" and last.type == "D" and last.short)
    return DateReading(span, tokens[first].start, stop, first, end, rule)
