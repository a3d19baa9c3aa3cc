"""Days that are told by their number alone: am 3. Mai in Essen und am 5. in Bochum; left on the
5th; начнутся 17-го. Their month is that of the date before, or of the page behind a preposition.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from crawler.parsers.events.grammar.vocabulary import EventVocabulary
from crawler.parsers.events.page.date_mention import DateMention
from crawler.parsers.events.page.first_days import first_day

_REACH = 600
"""Characters back to the date whose month is meant."""
_TURN = 20
"""Days that a day before the date ahead of it is apart from it where the next month is meant."""
_NUMBER = re.compile(r"\d{1,2}")
_BEHIND = re.compile(r"\s?(?:[,;:)—–!?]|\.(?:\s|\Z)|\Z|(\w+))")
_NEXT_OF_ROW = re.compile(r"\s\d{1,2}(?:\.|-?[^\W\d]+)")
"""Another number behind "and" (der 5. und 6. Bauabschnitt, 20-е и 30-е годы)."""
_LONGEST_ROW = 6
_LAST_DAY = 31


def add_bare_days(
    text: str, words: EventVocabulary, dates: Sequence[DateMention], published: str | None
) -> list[DateMention]:
    """The dates of a text in order, with these days."""
    if words.bare_days is None:
        return list(dates)
    found = list(_find(text, words, dates, first_day(published)))
    return sorted([*dates, *found], key=lambda d: d.start) if found else list(dates)


def _find(
    text: str, words: EventVocabulary, dates: Sequence[DateMention], published: date | None
) -> Iterator[DateMention]:
    starts = [d.start for d in dates]
    for m in words.bare_days.finditer(text) if words.bare_days else ():
        number = _NUMBER.search(m.group())
        place = bisect_right(starts, m.end()) - 1
        before = dates[place] if place >= 0 else None
        taken = before is not None and before.end > m.start()
        weak = words.is_weak_bare_day(m.group())
        if number is None or taken or not _may_follow(text, m.end(), words, weak=weak):
            continue
        day = _day(int(number.group()), before, m.start(), None if weak else published)
        if day is not None:
            start = m.start() + number.start()
            yield DateMention("text", start, m.end(), day.isoformat(), None, "date")


def _may_follow(text: str, end: int, words: EventVocabulary, *, weak: bool) -> bool:
    """Whether what stands behind is no noun that is numbered (the 5th floor, am 25. Spieltag), also
    behind a row of numbers.
    """
    for _ in range(_LONGEST_ROW):
        behind = _BEHIND.match(text, end)
        if behind is None:
            return False
        word = (behind.group(1) or "").casefold()
        row = _NEXT_OF_ROW.match(text, behind.end()) if word in words.coordinators else None
        if row is None:
            numbers = weak and word in words.behind_numbered
            return not numbers and (not word or word in words.behind_bare_days)
        end = row.end()
    return False


def _day(number: int, before: DateMention | None, at: int, published: date | None) -> date | None:
    """The day of that number in the month of the date before, or of the page where its own is
    given.
    """
    near = before if before and at - before.end <= _REACH and len(before.first) >= 7 else None
    context = first_day(near.first) if near else published
    if context is None or not 0 < number <= _LAST_DAY:
        return None
    last = first_day(near.last) if near and near.last else None
    same = _in_month(context, number)
    if same is not None and last is not None and same < context and last.month != context.month:
        return _in_month(last, number)
    if same is not None and near is not None and (context - same).days > _TURN:
        return _in_month(context.replace(day=1) + timedelta(days=_LAST_DAY), number)
    return same


def _in_month(month: date, number: int) -> date | None:
    try:
        return month.replace(day=number)
    except ValueError:
        return None
