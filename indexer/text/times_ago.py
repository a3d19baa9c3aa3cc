"""Times that a page counts back from its request: `Yesterday`, `vor 3 Tagen`, `5 часов назад`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

_DAYS = {"day": 1, "week": 7, "month": 30}
"""Of a unit; a month is about as long."""
_LONGEST_MONTH = 31
_COARSE = {"week": 3, "month": 7}
"""Of a unit that names no day: days before the one so long ago that are the middle of what it may
mean, whether a site rounds or leaves out what is no whole unit.
"""
_MINUTES = {"hour": 60, "minute": 1}
_SHORT = {"h": "hour", "d": "day", "w": "week"}
"""As written behind a number in any language: `8h ago`."""
_MARKS = "^~*-"
"""Behind words of the tables of dates: how they may end."""
_NEVER = r"(?!)"
_DOT_ABOVE = "\N{COMBINING DOT ABOVE}"


@dataclass(frozen=True, slots=True)
class TimeAgo:
    """Such a time, and where it stands in a text."""

    start: int
    end: int
    back: timedelta
    """How long before the request."""
    unit: str
    """`minute`, `hour`, `day`, `week` or `month`."""
    is_word: bool
    """A word by itself: yesterday."""

    @property
    def in_days(self) -> bool:
        """Whether it is told without the hour of the request."""
        return self.unit in _DAYS

    def day(self, requested: date) -> str:
        """The day, of a unit that names one; of weeks and months the month (partial ISO date)."""
        day = requested - self.back
        if self.unit not in _COARSE:
            return day.isoformat()
        return (day - timedelta(days=_COARSE[self.unit])).isoformat()[: len("2031-03")]

    def may_be(self, day: str, requested: date) -> bool:
        """Whether the day or month of an ISO date may be what is meant, as sites round and as their
        day begins earlier or later.
        """
        unit, back = _DAYS.get(self.unit, 1), self.back
        last = requested - back + timedelta(days=max(1, unit // 2))
        if self.unit == "month":
            unit, back = _LONGEST_MONTH, back * _LONGEST_MONTH / _DAYS["month"]
        first = requested - back - timedelta(days=unit)
        return first.isoformat()[: len(day)] <= day <= last.isoformat()[: len(day)]


class TimesAgo:
    """Finds them by the words of all languages (`dates` in config/languages)."""

    def __init__(self, languages: Mapping[str, Mapping[str, Any]]) -> None:
        self._sections = sections = [each.get("dates", {}) for each in languages.values()]
        self._days = {
            word: -days for said, days in said_days(languages) for word in _folded([said])
        }
        self._units = _SHORT | {
            word: unit
            for section in sections
            for unit in (*_DAYS, *_MINUTES)
            for word in _folded(section.get(unit, ()))
        }
        self._counts = {
            word: int(number)
            for section in sections
            for number, said in section.get("cardinals", {}).items()
            for word in _folded(said)
        }

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        behind = _any(w for each in self._sections for w in _folded(each.get("ago", ())))
        before = _any(w for each in self._sections for w in _folded(each.get("ago_before", ())))
        count, unit = rf"\d{{1,3}}|{_any(self._counts)}", _any(self._units)
        return re.compile(
            rf"(?<![^\W_])(?:(?P<day>{_any(self._days)})"
            rf"|(?:(?P<count>\d{{1,3}}(?={_any(_SHORT)})|(?:{count})\s+))?(?P<unit>{unit})"
            rf"\s+(?:{behind})"
            rf"|(?:{before})\s+(?P<of>{count})\s+(?P<named>{unit}))(?![^\W_])",
            re.IGNORECASE,
        )

    def find(self, text: str) -> Iterator[TimeAgo]:
        """Those of a text in its order."""
        return filter(None, map(self._read, self._pattern.finditer(text)))

    def _read(self, found: re.Match[str]) -> TimeAgo | None:
        day = found["day"]
        if day:
            days = self._days.get(_fold(day))
            back, unit = timedelta(days=days) if days is not None else None, "day"
        else:
            said = (found["count"] or found["of"] or "1").strip()
            unit = self._units.get(_fold(found["unit"] or found["named"]), "")
            back = self._length(said, unit)
        # Small and capital letters are not pairs in every language.
        return TimeAgo(*found.span(), back, unit, bool(day)) if back is not None else None

    def _length(self, said: str, unit: str) -> timedelta | None:
        number = int(said) if said.isdecimal() else self._counts.get(_fold(said))
        if number is None or not unit:
            return None
        minutes = _MINUTES.get(unit)
        return number * (timedelta(minutes=minutes) if minutes else timedelta(days=_DAYS[unit]))

    def day_of(self, text: str, requested: date) -> str | None:
        """The day or month of a text that says nothing else, and neither hours nor "today"."""
        # Lists have thousands of texts: a search takes ten times as long.
        match = self._pattern.fullmatch(text)
        found = self._read(match) if match is not None else None
        if found is None or not found.in_days or not found.back:
            return None
        return found.day(requested)


def said_days(languages: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, int]]:
    """Words for the present day and those before it, of all languages, and how many days later
    they are: 0, -1 …
    """
    for language in languages.values():
        for days, said in language.get("dates", {}).get("relative_days", {}).items():
            if int(days) <= 0:
                yield from ((str(word), int(days)) for word in said)


def _fold(text: str) -> str:
    """Small, and İ as i."""
    return " ".join(text.split()).casefold().replace(_DOT_ABOVE, "")


def _folded(words: Iterable[object]) -> list[str]:
    return [_fold(str(word).rstrip(_MARKS)) for word in words]


def _any(words: Iterable[str]) -> str:
    known = sorted({*words}, key=lambda word: (-len(word), word))
    return "|".join(r"\s+".join(map(re.escape, word.split())) for word in known) or _NEVER
