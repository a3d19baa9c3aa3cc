"""Stretches of a passage that change by themselves: counters, clocks, weather, rates, pointers to
other pages.

A reader takes them for text now and then. They stay in what is stored; only whether a page has
changed is asked without them. Pure. The words are `widgets` of config/languages, and `related` of
its `pages`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from babel.numbers import list_currencies

from indexer.text.calendar_names import month_names, weekday_names
from indexer.text.folding import fold
from indexer.text.passages import fingerprint
from indexer.text.words import spans

_BORDERS = re.compile(r"\s*[\n|·•]\s*|\s{3,}")
"""What parts the entries of a line of widgets."""
_DEGREES = re.compile(r"\d\s*°")
_MOST_WEATHER_WORDS = 8
_RATE = re.compile(r"[A-Z]{3}|[$€₽£¥₸]|[\d.,+\-−–/=%:▲▼↑↓()]+")
_SIGNS = frozenset("$€₽£¥₸")
_NUMBER = re.compile(r"\d+(?:[kKmM]|-?\w{1,3})?")
"""5, 12k, 25th, 25-е: what may stand for a number in a widget."""
_COUNT = re.compile(r"(?<![:\d])(?:\d{1,3}(?:[\s.,]\d{3})+|\d+)\s*$")
_WHOLE_COUNT = re.compile(rf"{_NUMBER.pattern}|\d{{1,3}}(?:[\s.,]\d{{3}})+")
"""A stretch of its own that may be a count: 12k, 1.024."""
_MOST_PRICE_WORDS = 14
"""Words and numbers of a line with a price as of today."""
_LONGEST_COUNT = 20
"""Characters before what is counted."""
_COLON_COUNT = re.compile(r"\s*:\s*(?:\d{1,3}(?:[\s.,]\d{3}){1,5}|\d{1,9})")
_POINTER = re.compile(r"\s*[:|–—»›>→]")
_MARK = re.compile(
    r"[(\[](?P<bracket>[^()\[\]]{1,40})[)\]]\s*$"
    r"|^\s*[(\[](?P<opening>[^()\[\]]{1,40})[)\]][\s:–—-]*"
    r"|^\s*(?P<before>\w{2,20}(?:\s\d{1,2})?)(?:\s*:\s|\s?[|–—-]\s|(?<=\d)-)\s*"
    r"|\s[|–—-]\s(?P<behind>\w{2,20})\s*$"
)
"""What stands at an end of a title, set off from it: (updated), UPDATE 1-, Update: …"""
_DURATION = re.compile(r"\d{1,3}(?:[.,]\d)?[\s-]?[^\W\d]+")
"""How long something lasts: 2 hours."""
_NEAR = (timedelta(-1), timedelta(0), timedelta(1))
"""Zones of the site and of the run may lie a day apart."""


@dataclass(frozen=True)
class VolatileText:
    """Knows what changes by itself, in the words of all languages together."""

    counters: frozenset[str]
    """Folded words beside a number that is counted up: views, shares, comments."""
    clocks: frozenset[str]
    """Folded words that tell how long ago or as of when: updated, minutes."""
    beside: frozenset[str]
    """Folded words that stand beside these and say nothing alone: last, at, ago."""
    pointers: tuple[str, ...]
    """Beginnings of lines that lead to other pages, lower case, longest first."""
    codes: tuple[str, ...]
    """Languages whose names of months and weekdays are known."""

    @classmethod
    def of(cls, languages: Mapping[str, Mapping[str, Any]]) -> VolatileText:
        """Of the words of languages, as `indexer.records.reference` loads them."""
        own = [content.get("widgets", {}) for content in languages.values()]
        pages = [content.get("pages", {}) for content in languages.values()]
        related = {phrase.lower() for phrase in _words_under(pages, "related")}
        return cls(
            frozenset(_words(_words_under(own, "counters"))),
            frozenset(_words(_words_under(own, "clocks"))),
            frozenset(_words(_words_under(own, "beside"))),
            tuple(sorted(related, key=len, reverse=True)),
            tuple(languages),
        )

    def essence(self, text: str, day: date) -> str:
        """Fingerprint of what a passage says; empty where all of it changes by itself.

        `day` is the one on which the page was read: a date that is no other than today's says
        nothing.
        """
        stretches = map(self._without_count, self._paired(_BORDERS.split(text)))
        kept = [s for s in stretches if s.strip() and not self._changes(s, day)]
        return fingerprint(" ".join(kept))

    def without_mark(self, title: str) -> str:
        """A title without what says that its page was updated: that is no news by itself."""
        for mark in _MARK.finditer(title):
            said = mark[mark.lastgroup or 0].strip()
            named = _named(word for _, _, word in spans(said))
            lasts = _DURATION.fullmatch(said) is not None
            if not lasts and named & self.clocks and named <= self.clocks | self.beside:
                return title[: mark.start()] + title[mark.end() :]
        return title

    def is_count(self, label: str, number: str) -> bool:
        """A passage is nothing but a number, and the one before it says what it counts up."""
        is_number = _WHOLE_COUNT.fullmatch(number.strip()) is not None
        return is_number and self._counts([word for _, _, word in spans(label)])

    def says_only_when(self, text: str) -> bool:
        """Numbers and words of days and times, or nothing."""
        named = _named(word for _, _, word in spans(text))
        return named - self.clocks - self.beside <= self._calendar.keys()

    def _paired(self, stretches: Iterable[str]) -> Iterator[str]:
        """Stretches, a label of counters together with the number behind it: in a list of facts
        each has a line of its own (`Seats left`, `15`).
        """
        label: str | None = None
        for stretch in stretches:
            if label is not None:
                is_number = _WHOLE_COUNT.fullmatch(stretch.strip()) is not None
                yield f"{label} {stretch}" if is_number else label
                label = None
                if is_number:
                    continue
            if self._counts([word for _, _, word in spans(stretch)]):
                label = stretch
            else:
                yield stretch
        if label is not None:
            yield label

    def _without_count(self, stretch: str) -> str:
        """A stretch with a date and a count, as a line of data has them, without the count."""
        named = _named(word for _, _, word in spans(stretch))
        rest = named - self.counters - self.beside
        if rest == named or not rest or not rest <= self._calendar.keys():
            return stretch
        return " ".join(_without_numbers_beside(self.counters, stretch))

    def _changes(self, stretch: str, day: date) -> bool:
        words = [word for _, _, word in spans(stretch)]
        if not any(char.isdigit() for char in stretch):
            return self._points(stretch)
        return (
            self._counts(words)
            or self._tells_time(words, day)
            or self._points(stretch)
            or (bool(_DEGREES.search(stretch)) and len(words) <= _MOST_WEATHER_WORDS)
            or _is_rates(stretch)
            or self._is_price_of_today(stretch, words, day)
        )

    def _counts(self, words: Sequence[str]) -> bool:
        """Numbers, and words of counters, at least one of them."""
        named = _named(words)
        return bool(named & self.counters) and named <= self.counters | self.beside

    def _tells_time(self, words: Sequence[str], day: date) -> bool:
        """How long ago, as of when, or today's date."""
        numbers = [word for word in words if word.isdigit()]
        named = _named(words)
        rest = named - self.clocks - self.beside
        if not rest <= self._calendar.keys():
            return False
        return bool(named & self.clocks) or any(
            self._is_day(numbers, rest, day + near) for near in _NEAR
        )

    def _is_price_of_today(self, stretch: str, words: Sequence[str], day: date) -> bool:
        """A short line with a currency, and words that say that it is as of today: `Copper: 8,079 €
        a tonne (as of 4 March 2031)`.
        """
        named = _named(words)
        is_price = any(sign in stretch for sign in _SIGNS) or any(
            word in list_currencies() for word in words if word.isupper()
        )
        if not is_price or len(words) > _MOST_PRICE_WORDS or not named & self.clocks:
            return False
        numbers = [word for word in words if word.isdigit()]
        months = [word for word in named if word in self._calendar]
        return any(self._is_day(numbers, months, day + near) for near in _NEAR)

    def _is_day(self, numbers: Sequence[str], named: Collection[str], day: date) -> bool:
        given = [int(number) for number in numbers if len(number) <= 4]
        month = any(day.month in self._calendar[word] for word in named)
        return day.day in given and (
            month or (day.month in given and (day.year in given or day.year % 100 in given))
        )

    @property
    def _calendar(self) -> Mapping[str, frozenset[int]]:
        return _calendar_of(self.codes)

    def _points(self, stretch: str) -> bool:
        """A line such as "Read also: …"."""
        low = stretch.strip().lower()
        start = next((p for p in self.pointers if low.startswith(p)), None)
        return start is not None and bool(_POINTER.match(low[len(start) :]))


@cache
def _calendar_of(codes: tuple[str, ...]) -> Mapping[str, frozenset[int]]:
    """Folded name of a month → its numbers; of a weekday → none."""
    found: dict[str, set[int]] = {}
    for code in codes:
        for number, name in month_names(code):
            for word in _words([name]):
                found.setdefault(word, set()).add(number)
        for word in _words(weekday_names(code)):
            found.setdefault(word, set())
    return {word: frozenset(numbers) for word, numbers in found.items()}


def _named(words: Iterable[str]) -> set[str]:
    """The words but numbers, folded."""
    return {fold(word) for word in words if not _NUMBER.fullmatch(word)}


def _without_numbers_beside(counters: Collection[str], stretch: str) -> Iterator[str]:
    """The text between counts and what they count: `269 views`, `views: 269`."""
    done = 0
    for start, end, word in spans(stretch):
        if fold(word) not in counters:
            continue
        behind = _COLON_COUNT.match(stretch, end)
        near = max(done, start - _LONGEST_COUNT)
        before = None if behind else _COUNT.search(stretch[near:start])
        yield stretch[done : near + before.start() if before else start]
        done = behind.end() if behind else end
    yield stretch[done:]


def _is_rates(stretch: str) -> bool:
    """Currencies and numbers only."""
    tokens = stretch.split()
    return all(_RATE.fullmatch(token) for token in tokens) and any(
        token in _SIGNS or token in list_currencies() for token in tokens
    )


def _words_under(contents: Iterable[Mapping[str, Any]], key: str) -> list[str]:
    return [phrase for content in contents for phrase in content.get(key, ())]


def _words(phrases: Iterable[str]) -> set[str]:
    return {fold(word) for phrase in phrases for _, _, word in spans(phrase)} - {""}
