"""The year of a date: whether an expression names it, and the same days in another one."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import replace
from datetime import date

from crawler.parsers.events.page.date_mention import DateMention
from crawler.parsers.events.page.first_days import first_day

_NAMED = re.compile(
    r"(?<!\d)\d{4}(?!\d)|(?<!\d)\d{1,2}([./])\s?\d{1,2}\1\s?\d\d(?!\d)|['’]\d\d(?!\d)"
)
"""A year of four digits, of two behind day and month (12.01.31, 12/01/31) or short (May ’31)."""
_YEAR = re.compile(r"\A(?:\d{4}|-)")
"""The year of a partial date, or what stands for an unknown one."""
_BEFORE, _MOST_WORDS = 30, 3
"""Characters and words before a date that may say that something is like it (как и в)."""


def names_year(text: str, dated: DateMention) -> bool:
    """Whether a date's expression says of which year it is; `text` is its part."""
    return _NAMED.search(text, dated.start, dated.end) is not None


def is_likened(text: str, year: DateMention, published: date | None, words: Container[str]) -> bool:
    """Whether one of `words` shortly before a year that is past says that something is as it was
    then (wie im vergangenen Jahr; but: wie im nächsten Jahr geplant).
    """
    if published and year.first >= f"{published:%Y}":
        return False
    before = text[max(0, year.start - _BEFORE) : year.start].split()[-_MOST_WORDS:]
    return any(word.casefold() in words for word in before)


def in_year(dated: DateMention, year: int) -> DateMention:
    """The same days in another year; as they are where it has no such ones (29 February)."""
    turns = _turns_of_year(dated)
    first = _YEAR.sub(str(year), dated.first)
    last = dated.last and _YEAR.sub(str(year + turns), dated.last)
    if last and last < first:  # over the end of a year that is not known
        last = _YEAR.sub(str(year + 1), last)
    if first_day(first) is None or (last and first_day(last) is None):
        return dated
    return replace(dated, first=first, last=last)


def _turns_of_year(dated: DateMention) -> int:
    """How many turns of the year a span goes over (30 December to 2 January)."""
    first, last = first_day(dated.first), first_day(dated.last)
    return last.year - first.year if first and last else 0
