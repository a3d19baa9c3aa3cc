"""Tails that look alike in all languages: an acronym in brackets, a name in quotes."""

from __future__ import annotations

import re
from collections.abc import Callable

from crawler.parsers.scripts import CYRILLIC_CAPITALS

Tail = Callable[[str, int], int]
"""Text and end of the head to the end of the name."""

CAPITALIZED_WORD = r"[A-ZÀ-ÖØ-Þ][\w’'&/.-]*(?<![.'’])"
_MOST_CHARACTERS = 240
"""Of a tail."""
_CAPITAL = f"[A-Z{CYRILLIC_CAPITALS}]"
_ACRONYM_BRACKET = re.compile(
    rf"[^\S\n]*\((?:{_CAPITAL}[\w-]*{_CAPITAL}[\w-]{{0,8}}|{_CAPITAL}{{2,10}})\)"
)
_QUOTED = re.compile(
    r"[^\S\n]*(?:«([^«»\n]{2,140})»|„([^„“”\"\n]{2,140})[“”\"]|“([^“”\n]{2,140})”"
    r"|\"([^\"\n{}=;]{2,140})\")"
)


def acronym_bracket(text: str, end: int) -> int:
    """The end of an acronym in brackets right behind a name: `… für Industrie (BDI)`."""
    found = _ACRONYM_BRACKET.match(text, end)
    return found.end() if found else end


def find_quoted(text: str, end: int) -> tuple[int, int] | None:
    """The span between the quotes that open right behind `end`."""
    found = _QUOTED.match(text, end)
    if found is None or found.lastindex is None:
        return None
    return found.span(found.lastindex)


def tail_by(pattern: re.Pattern[str]) -> Tail:
    """The tail that matches an expression."""

    def tail(text: str, end: int) -> int:
        found = pattern.match(text, end, min(len(text), end + _MOST_CHARACTERS))
        return found.end() if found else end

    return tail
