"""Another date of the page that says more exactly what the best one says: the span of days for one
of its days, the days for their week, month or year.

Each takes the dates of an event with their ranks, the best first, and gives one of them, or None.
"""

from __future__ import annotations

from collections.abc import Sequence

from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.page.date_mention import DateMention
from crawler.parsers.events.page.first_days import first_day

Ranked = tuple[float, DateMention]
_SURE_DAY = 1.5
"""Rank from which on a day of another sentence than the headline is the event's own."""
_NEAR_DAY = 1.3
"""Rank from which on a day stands in the sentence of the event, a headline or a sentence beside it.
"""
_SEASON = 92
"""Days from the first one of a season within which its days lie."""
_WHOLE_DAY, _WHOLE_MONTH, _YEAR_ONLY = len("2031-05-12"), len("2031-05"), len("2031")


def find_finer(event: EventMentions, ranked: Sequence[Ranked]) -> Ranked | None:
    """The more exact date."""
    return (
        _span_around_day(event, ranked)
        or _day_in_loose_span(ranked)
        or _day_in_month(event, ranked)
        or _day_in_season(ranked)
        or _day_in_year(ranked)
    )


def is_loose(dated: DateMention) -> bool:
    """ "last week", "Mitte September": some day of these, so the month is all one knows; but two
    days that follow each other are these.
    """
    first, last = first_day(dated.first), first_day(dated.last)
    if dated.kind not in ("relative", "part") or len(dated.first) != _WHOLE_DAY:
        return False
    return first is not None and last is not None and (last - first).days > 1


def _span_around_day(event: EventMentions, ranked: Sequence[Ranked]) -> Ranked | None:
    """The span of an event, where the best date is one day of it: any day of a journey, the first
    or last day of a gathering (ended on Friday; on both days, 16 and 17 November, 300 people came),
    or any where a sentence that mentions the gathering tells the span (signed at the fair on
    Tuesday; the fair, which drew 300 people from 16 to 19 November).
    """
    day = ranked[0][1]
    if day.last or len(day.first) < _WHOLE_DAY:
        return None
    journey = all(c.is_journey for c in event.candidates)
    spans = ((r, d) for r, d in ranked[1:] if d.last and d.first <= day.first <= d.last)
    if journey:
        return next(spans, None)
    whole = (
        (r, d)
        for r, d in spans
        if d.kind == "range" and (day.first in (d.first, d.last) or _is_told_with(event, d))
    )
    return next(whole, None)


def _is_told_with(event: EventMentions, dated: DateMention) -> bool:
    """Whether a sentence that mentions an event has a date."""
    sentences = (c.sentence for c in event.candidates if c.sentence.part == dated.part)
    return any(s.start <= dated.start < s.end for s in sentences)


def _day_in_loose_span(ranked: Sequence[Ranked]) -> Ranked | None:
    """The day that the text gives of the week that the best date tells (last week; it was run from
    17 to 21 November).
    """
    week = ranked[0][1]
    if not is_loose(week):
        return None
    days = ((r, d) for r, d in ranked[1:] if r >= _NEAR_DAY and d.is_day and not is_loose(d))
    return next(((r, d) for r, d in days if week.first <= d.first <= (week.last or "")), None)


def _day_in_month(event: EventMentions, ranked: Sequence[Ranked]) -> Ranked | None:
    """The day that the text gives, where the headline says its month only (moved to June), of
    whichever year where it names none.
    """
    month = ranked[0][1]
    if len(month.first) != _WHOLE_MONTH or month.last or not _is_of_headline(event, month):
        return None
    known = slice(len("2031"), _WHOLE_MONTH) if month.kind == "relative" else slice(_WHOLE_MONTH)
    days = ((r, d) for r, d in ranked[1:] if r >= _SURE_DAY and d.is_day)
    return next(((r, d) for r, d in days if d.first[known] == month.first[known]), None)


def _is_of_headline(event: EventMentions, dated: DateMention) -> bool:
    """Whether the title, or a headline of the text that mentions an event, has a date."""
    headlines = (c.sentence for c in event.candidates if c.sentence.zone == "headline")
    return dated.part == "title" or any(
        s.part == dated.part and s.start <= dated.start < s.end for s in headlines
    )


def _day_in_season(ranked: Sequence[Ranked]) -> Ranked | None:
    """The day that the text gives beside an event that is called by its season (The autumn school
    will be held on 20 October).
    """
    season = ranked[0][1]
    opening = first_day(season.first)
    if opening is None or season.last or not season.first[-1].isalpha():
        return None
    days = ((r, d) for r, d in ranked[1:] if r >= _NEAR_DAY and d.is_day)
    return next(
        (
            (r, d)
            for r, d in days
            if (day := first_day(d.first)) and 0 <= (day - opening).days < _SEASON
        ),
        None,
    )


def _day_in_year(ranked: Sequence[Ranked]) -> Ranked | None:
    """The day that a label, a line of its own or the next sentence about its taking place gives,
    where the name or the clause tells the year only.
    """
    year = ranked[0][1]
    if len(year.first) != _YEAR_ONLY or year.last:
        return None
    days = ((r, d) for r, d in ranked[1:] if r >= _SURE_DAY and d.is_day)
    return next(((r, d) for r, d in days if d.first[:_YEAR_ONLY] == year.first), None)
