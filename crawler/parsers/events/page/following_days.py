"""Days that follow each other and are told together, as the span that they are, also over the end
of a month (am 30. September und 1. Oktober), and those told by the day of the page (yesterday and
today).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from crawler.parsers.events.grammar.function_words import AND, BEFORE_DATES
from crawler.parsers.events.page.date_mention import DateMention
from crawler.parsers.events.page.first_days import first_day

_BETWEEN = re.compile(rf"\s(?:{AND})\s(?:(?:{BEFORE_DATES})\s)?")

_JOINED = frozenset({"date", "range", "relative"})
"""Kinds of dates that may be joined."""


def join_following_days(text: str, dates: Iterable[DateMention]) -> Iterator[DateMention]:
    """The dates of a text in order, two days that are told together as one span."""
    last: DateMention | None = None
    for dated in dates:
        if last and _BETWEEN.fullmatch(text, last.end, dated.start):
            joined = _join(last, dated)
            if joined:
                last = joined
                continue
        if last:
            yield last
        last = dated
    if last:
        yield last


def _join(a: DateMention, b: DateMention) -> DateMention | None:
    """The span of a day, or of a span that begins with one, and the day behind its end; of days
    that are told by that of the page, also the day before (gestern und vorgestern).
    """
    if not (a.is_day and b.is_day) or not {a.kind, b.kind} <= _JOINED:
        return None
    end, start = first_day(a.last or a.first), first_day(b.first)
    if end is None or start is None:
        return None
    if "relative" not in (a.kind, b.kind):
        last = b.last or b.first
        return replace(a, end=b.end, last=last, kind="range") if (start - end).days == 1 else None
    if a.last or b.last or abs((start - end).days) != 1:
        return None
    first, last = sorted((a.first, b.first))
    return replace(a, end=b.end, first=first, last=last, kind="relative")
