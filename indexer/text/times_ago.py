"""Times that a page counts back from its request: `Yesterday`, `vor 3 Tagen`, `5 часов назад`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any

_DAYS = {"day": 1, "week": 7, "month": 30}
"""Of a unit; a month is about as long."""
_MINUTES = {"hour": 60, "minute": 1}
_MARKS = "^~*-"
"""Behind words of the tables of dates: how they may end."""
_NEVER = r"(?!)"


@dataclass(frozen=True, slots=True)
class TimeAgo:
    """Such a time, and where it stands in a text."""

    start: int
    end: int
    back: timedelta
    """How long before the request."""
    in_days: bool
    """It names a day; False: hours or minutes."""


class TimesAgo:
    """Finds them by the words of all languages (`dates` in config/languages)."""

    def __init__(self, languages: Mapping[str, Mapping[str, Any]]) -> None:
        self._sections = sections = [each.get("dates", {}) for each in languages.values()]
        self._days = {
            word: -int(days)
            for section in sections
            for days, said in section.get("relative_days", {}).items()
            for word in _folded(said)
            if int(days) <= 0
        }
        self._units = {
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
            rf"|(?:(?P<count>{count})\s+)?(?P<unit>{unit})\s+(?:{behind})"
            rf"|(?:{before})\s+(?P<of>{count})\s+(?P<named>{unit}))(?![^\W_])",
            re.IGNORECASE,
        )

    def find(self, text: str) -> Iterator[TimeAgo]:
        """Those of a text in its order."""
        for found in self._pattern.finditer(text):
            day = found["day"]
            if day:
                days = self._days.get(_fold(day))
                back = timedelta(days=days) if days is not None else None
            else:
                said = found["count"] or found["of"] or "1"
                back = self._length(said, _fold(found["unit"] or found["named"]))
            if back is not None:  # a capital İ is another letter when it is small
                in_days = bool(day) or self._units[_fold(found["unit"] or found["named"])] in _DAYS
                yield TimeAgo(*found.span(), back, in_days=in_days)

    def _length(self, said: str, unit_word: str) -> timedelta | None:
        number = int(said) if said.isdecimal() else self._counts.get(_fold(said))
        unit = self._units.get(unit_word)
        if number is None or unit is None:
            return None
        minutes = _MINUTES.get(unit)
        return number * (timedelta(minutes=minutes) if minutes else timedelta(days=_DAYS[unit]))

    def days_of(self, text: str) -> int | None:
        """How many days ago it was, of a text that says nothing else."""
        found = next(self.find(text), None)
        is_all = found is not None and (found.start, found.end) == (0, len(text))
        return found.back.days if found is not None and is_all and found.in_days else None


def _fold(text: str) -> str:
    return " ".join(text.split()).casefold()


def _folded(words: Iterable[object]) -> list[str]:
    return [_fold(str(word).rstrip(_MARKS)) for word in words]


def _any(words: Iterable[str]) -> str:
    known = sorted({*words}, key=lambda word: (-len(word), word))
    return "|".join(r"\s+".join(map(re.escape, word.split())) for word in known) or _NEVER
