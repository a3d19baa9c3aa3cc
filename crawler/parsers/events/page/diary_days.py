"""Days of those who tell of a journey: a weekday within the days that they name for it, and of
their own one the days that they count.

    From 12 to 17 June we saw four shafts. … On Thursday came the rescue exercise.
    Tag 1. Die Reise beginnt am 22. April. … Tag 3. Fahrt zur Messe.

Elsewhere a weekday is the one before the day of the page, and a counted day is none. A weekday of
others' journey is on its days only where it would be later than those (Vom 9. bis 15. November
führte die Reise nach … Höhepunkt war am Dienstag …, of 18 November).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from crawler.parsers.events.grammar.vocabulary import EventVocabulary
from crawler.parsers.events.page.date_mention import COUNTED, DateMention
from crawler.parsers.events.page.first_days import first_day

Weekday = Callable[[str], int | None]
"""The number of a weekday by its name in the language of the page (1 = Monday)."""

_SHORTEST, _LONGEST = 2, 21
"""Days between the first and the last one of a journey."""
_FEWEST_WORDS = 2
"""Words such as "we" from which on a text is told by those who travelled."""
_FEWEST_COUNTED = 2
"""Days that are counted at the beginning of lines from which on they are those of a diary."""
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+")


def place_in_journey(
    text: str,
    words: EventVocabulary,
    dates: Sequence[DateMention],
    published: str | None,
    weekday: Weekday,
) -> list[DateMention]:
    """The dates of a text in order, weekdays of a journey on its days, and with counted ones. A
    weekday that is still to come stays.
    """
    spans = [d for d in dates if d.kind == "range" and _is_journey(d, first_day(published))]
    counted = list(words.counted_days.finditer(text)) if words.counted_days else []
    if not (spans or len(counted) >= _FEWEST_COUNTED):
        return list(dates)
    ours = _is_told_by_us(text, words)
    if not ours and not _tells_journey(text, words):
        return list(dates)
    place = _within if ours else _before_return
    placed = [
        d if published and d.first > published else place(text, d, spans, weekday) for d in dates
    ]
    if not ours:
        return placed
    taken = {at for d in dates for at in range(d.start, d.end)}
    further = (
        d
        for d in _count(text, counted, dates, spans)
        if not taken.intersection(range(d.start, d.end))
    )
    return sorted([*placed, *further], key=lambda d: d.start)


def _is_journey(span: DateMention, published: date | None) -> bool:
    first, last = first_day(span.first), first_day(span.last)
    if not (first and last and published and span.is_day):
        return False
    return _SHORTEST <= (last - first).days <= _LONGEST and last <= published


def _is_told_by_us(text: str, words: EventVocabulary) -> bool:
    found = (m for m in _WORD.finditer(text) if words.we.match(m.group()))
    return sum(1 for _, _ in zip(range(_FEWEST_WORDS), found, strict=False)) == _FEWEST_WORDS


def _tells_journey(text: str, words: EventVocabulary) -> bool:
    return any(words.head_of(m.group()) == "trip" for m in words.words(text))


def _within(
    text: str, dated: DateMention, spans: Sequence[DateMention], weekday: Weekday
) -> DateMention:
    """A weekday on the day of the last span before it that is one."""
    named = _WORD.findall(text[dated.start : dated.end])
    number = weekday(named[-1]) if dated.kind == "relative" and len(named) == 1 else None
    span = next((s for s in reversed(spans) if s.end <= dated.start), None)
    first, last = (first_day(span.first), first_day(span.last)) if span else (None, None)
    if number is None or first is None or last is None:
        return dated
    day = first + timedelta(days=(number - first.isoweekday()) % 7)
    return replace(dated, first=day.isoformat()) if day <= last else dated


def _before_return(
    text: str, dated: DateMention, spans: Sequence[DateMention], weekday: Weekday
) -> DateMention:
    """A weekday of others' only journey on its day, where it would lie behind their return."""
    if len(spans) != 1 or not spans[0].last or dated.first <= spans[0].last:
        return dated
    return _within(text, dated, spans, weekday)


def _count(
    text: str,
    counted: Sequence[re.Match[str]],
    dates: Sequence[DateMention],
    spans: Sequence[DateMention],
) -> Iterator[DateMention]:
    """The counted days of a diary, from the first day of its journey: that of a span, or the one in
    the line of its first day.
    """
    start = first_day(spans[0].first) if spans else _day_of_first(text, counted, dates)
    if start is None or len(counted) < _FEWEST_COUNTED:
        return
    for m in counted:
        number = _NUMBER.search(m.group())
        if number and 0 < int(number.group()) <= _LONGEST:
            day = start + timedelta(days=int(number.group()) - 1)
            yield DateMention("text", m.start(), m.end(), day.isoformat(), None, COUNTED)


def _day_of_first(
    text: str, counted: Sequence[re.Match[str]], dates: Sequence[DateMention]
) -> date | None:
    """The only day in the line that counts the first one."""
    opening = counted[0]
    number = _NUMBER.search(opening.group())
    end = text.find("\n", opening.end())
    line = [d for d in dates if opening.end() <= d.start < (end if end >= 0 else len(text))]
    days = {d.first for d in line if d.is_day}
    return first_day(days.pop()) if number and int(number.group()) == 1 and len(days) == 1 else None
