"""Entries of a page: lines that begin with a day, as in calendars, programmes and chronicles.

What an entry tells is of its day, and nothing of another entry is of its events.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from crawler.parsers.events.grammar.masked_dots import MASKED_DOT
from crawler.parsers.events.page.date_mention import DateMention

_BEFORE = re.compile(r"\s*(?:[-–•*·●▪◦○■]\s*)?(?:[^\W\d]{1,12}\.?,?\s+)?\Z")
"""A bullet and a word, which may stand before the day (a weekday, "on")."""
_DOTS = (".", MASKED_DOT)
_FEWEST = 2
"""Lines that begin with a day from which on they are entries."""
_DAY_ALONE = 6
"""Characters besides the day in a line that is but a day."""
_LONGEST_HEADING = 60
_LONGEST = 400
"""Characters that a day alone in its line is the day of."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A span of the part `text` and its day."""

    start: int
    end: int
    dated: DateMention


def find_entries(text: str, dates: Sequence[DateMention], published: str | None) -> list[Entry]:
    """The entries of a text in order; `dates` are its dates in order.

    The day of the page, alone in its line or behind a word (updated 2 May), opens none. An entry is
    one line, or, below a day alone in its line, what follows up to the next one, or, where each day
    stands in a heading (7 May, Perth), what follows up to a blank line.
    """
    days = [
        d
        for d in dates
        if d.is_day and _begins_line(text, d) and not (d.first == published and _is_alone(text, d))
    ]
    if len(days) < _FEWEST:
        return []
    ends = [_line_start(text, following.start) for _, following in pairwise(days)] + [len(text)]
    spans = list(zip(days, ends, strict=True))
    headed = all(_is_heading(text, dated, end) for dated, end in spans)
    return [_entry(text, dated, end, headed=headed) for dated, end in spans]


def _entry(text: str, dated: DateMention, following: int, *, headed: bool) -> Entry:
    end = _line_end(text, dated.end)
    if _is_alone(text, dated):
        end = min(following, end + _LONGEST)
    elif headed:
        blank = text.find("\n\n", end, following)
        end = min(blank if blank >= 0 else following, end + _LONGEST)
    return Entry(_line_start(text, dated.start), end, dated)


def _is_heading(text: str, dated: DateMention, following: int) -> bool:
    """Whether a day's line is no sentence, and lines of its own stand right below it."""
    start, end = _line_start(text, dated.start), _line_end(text, dated.end)
    line = text[start:end].rstrip()
    below = text[end + 1 : following]
    return len(line) <= _LONGEST_HEADING and line[-1:] not in ".:;!?" and below[:1].strip() != ""


def _is_alone(text: str, dated: DateMention) -> bool:
    """Whether a day, with a word before it perhaps, is all that its line says."""
    return _line_end(text, dated.end) - dated.end <= _DAY_ALONE


def _begins_line(text: str, dated: DateMention) -> bool:
    return _BEFORE.match(text[_line_start(text, dated.start) : dated.start]) is not None


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def mask_days(masked: str, entries: Sequence[Entry]) -> str:
    """The text without the numbers that open an entry and the dots behind its day, in the same
    length: they are no edition of what follows, and end no sentence.
    """
    if not entries:
        return masked
    characters = list(masked)
    for entry in entries:
        day = masked[entry.dated.start : entry.dated.end]
        start = entry.dated.end if any(c.isalpha() for c in day) else entry.dated.start
        end = entry.dated.end + (masked[entry.dated.end : entry.dated.end + 1] in _DOTS)
        characters[start:end] = "|" * (end - start)
    return "".join(characters)
