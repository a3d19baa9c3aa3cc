"""The dates of a mention: those of its clause, or the ones that its sentence has from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.candidates.coreference import is_same_word
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.page.date_mention import COUNTED, DateMention
from crawler.parsers.events.page.paper_dates import (
    OPEN_KINDS,
    is_left_day,
    is_of_page,
    is_of_paper,
)


def dates_of_mention(
    page: AnnotatedPage,
    c: Candidate,
    dates: Sequence[DateMention],
    carried: Sequence[DateMention],
    here: Sequence[Candidate],
) -> tuple[list[DateMention], list[DateMention]]:
    """The dates of the clause of a mention, and those that count: these, or the `carried` ones.
    `dates` are those of its sentence that an event may have, `here` all mentions of the sentence.
    """
    start = min(_opening_before_dash(page, c), c.clause[0])
    end = min(c.clause[1], _reach_of_dates(c, here))
    inside, told = [d for d in dates if start <= d.start < end], list(carried)
    if c.is_bare or c.kind == "verb":
        inside, told = _without_diary(c.sentence, inside), _without_diary(c.sentence, told)
    return inside, told if _say_year_only(inside, told) else inside or told


def _without_diary(s: AnnotatedSentence, dates: Sequence[DateMention]) -> list[DateMention]:
    """Dates but for the one that a diary counts: what it tells without a name (Day 2: breakfast, a
    visit) is no event for its day.
    """
    day = s.entry.dated if s.entry and s.entry.dated.kind == COUNTED else None
    return [d for d in dates if d != day]


def _opening_before_dash(page: AnnotatedPage, c: Candidate) -> int:
    """Where the dates of a mention right behind a dash begin: what stands before it says when and
    where (On 6 May, at the same place – school of drillers).
    """
    before = page.masked[c.sentence.part][c.sentence.start : c.name.start].rstrip()
    return c.sentence.start if before.endswith(("–", "—")) else c.name.start


def carried_to(
    c: Candidate, carried: list[DateMention], earlier: Sequence[Candidate]
) -> list[DateMention]:
    """The days that a sentence carries to a candidate: what only resumes an earlier mention (on the
    second day of the forum) was not held on the day that is counted from it.
    """
    if c.told_days and not carried:
        return list(c.told_days)
    if c.is_bare and any(is_same_word(c.word, other.word) for other in earlier):
        return [d for d in carried if d.kind != COUNTED]
    return carried


def day_of_entry(sentence: AnnotatedSentence) -> list[DateMention]:
    """The day of the calendar entry that a sentence is of, where it tells no other one."""
    day = sentence.entry and sentence.entry.dated
    if not day:
        return []
    others = [d for d in sentence.dates if d != day]
    return [day] if not others or _say_year_only(others, [day]) else []


def _say_year_only(dates: Sequence[DateMention], carried: Sequence[DateMention]) -> bool:
    """Whether dates tell no more than the year of the day that is carried over."""
    years = {d.first for d in dates}
    return bool(carried) and years == {carried[0].first[:4]}


def dates_of_events(page: AnnotatedPage, s: AnnotatedSentence) -> list[DateMention]:
    """The dates of a sentence that an event may have: no open spans, none of a paper, none that an
    event was moved away from.
    """
    return [
        d
        for d in s.dates
        if d.start >= s.dateline_end
        and d.kind not in OPEN_KINDS
        and not is_of_paper(page, s, d)
        and not is_of_page(page, s, d)
        and not is_left_day(page, s, d)
    ]


def _reach_of_dates(c: Candidate, here: Sequence[Candidate]) -> int:
    """Where the dates of a mention end: a bare one has none behind another mention (the council,
    which runs the forum, expects the next edition in May).
    """
    behind = [o.name.end for o in here if c.is_bare and c.name.end <= o.name.start]
    return min(behind, default=c.sentence.end)
