"""Days that follow each other and are told together, as the span that they are, also over the end
of a month (am 30. September und 1. Oktober).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from crawler.parsers.events.grammar.function_words import AND, BEFORE_DATES
from crawler.parsers.events.page.date_mention import DateMention
from crawler.parsers.events.page.first_days import first_day

_BETWEEN = re.compile(rf"\s(?:{AND})\s(?:(?:{BEFORE_DATES})\s)?")


def join_following_days(text: str, dates: Iterable[DateMention]) -> Iterator[DateMention]:
    """The dates of a text in order, two days that are told together as one span."""
    last: DateMention | None = None
    for dated in dates:
        if last and _follows(last, dated) and _BETWEEN.fullmatch(text, last.end, dated.start):
            end = dated.last or dated.first
            last = replace(last, end=dated.end, last=end, kind="range")
            continue
        if last:
            yield last
        last = dated
    if last:
        yield last


def _follows(a: DateMention, b: DateMention) -> bool:
    """Whether a day, or a span that begins with one, is that behind the end of another one."""
    if a.kind not in ("date", "range") or b.kind not in ("date", "range"):
        return False
    if not (a.is_day and b.is_day):
        return False
    end, start = first_day(a.last or a.first), first_day(b.first)
    return end is not None and start is not None and (start - end).days == 1
