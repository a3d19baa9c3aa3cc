"""Days that a sentence names by those of a sentence before it: on the same day, am Tag darauf, во
второй день; and the day in a line below a headline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from crawler.parsers.events.grammar.cue_phrases import CueHit
from crawler.parsers.events.grammar.function_words import CAPITAL
from crawler.parsers.events.grammar.sentences import CELL_MARK
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.page.date_mention import COUNTED, DateMention
from crawler.parsers.events.page.first_days import first_day
from crawler.parsers.events.page.paper_dates import days_of_events, new_days

_SAME_DAY_REACH, _REACH = 3, 5
"""Sentences back to the day that is meant, or from which one is counted."""
_TOWN = re.compile(rf"(?:\w{{1,2}}[.․] ?)?[{CAPITAL}][\w-]+(?: [{CAPITAL}][\w-]+){{0,3}},\s")
"""What may be a town at the beginning of a line."""
_HEAD = 80
"""Characters from the town that begins a line to its day, a house between them perhaps."""
_END = 6
"""Characters behind the day that ends a line."""
_LINES_BELOW, _LABELLED_BELOW = 2, 4
"""Lines below a headline that may tell its day, and those where a label says that they do."""
_SENTENCES_BELOW = 8
"""Sentences of those lines that are looked at."""
_FROM_FIRST: Mapping[str, int] = {
    "day_before": -1,
    "first_day": 0,
    "second_day": 1,
    "third_day": 2,
    "fourth_day": 3,
}
"""Cue → days behind the first one."""
_FROM_LAST: Mapping[str, int] = {"day_after": 1, "last_day": 0}
"""Cue → days behind the last one."""


def find_carried_days(page: AnnotatedPage, sentence: AnnotatedSentence) -> list[DateMention]:
    """The day that a sentence without one of its own means: the one mentioned before ("on the same
    day"), or one counted from it ("on the second day"), which stands where its words do. Where it
    is not held on its day, the new one that is told next (cannot take place on 5 May. The new date
    is …).
    """
    if any(d.is_day for d in sentence.dates):
        off_plan = sentence.cue("off_plan") and not sentence.cue("moved", "cancelled")
        return new_days(page, sentence) if off_plan else []
    counted = sentence.cue(*_FROM_FIRST, *_FROM_LAST)
    if counted:
        return [day for cue in counted[:1] if (day := _count_day(page, sentence, cue)) is not None]
    if sentence.cue("same_day") and not sentence.dates:
        for earlier in _before(page, sentence, _SAME_DAY_REACH):
            days = [d for d in earlier.dates if d.is_day]
            if days:
                return days[-1:]
    return []


def find_day_below(page: AnnotatedPage, sentence: AnnotatedSentence) -> list[DateMention]:
    """The day that one of the lines right below a headline begins with, or that a label there says
    to be the event's. None where it may be the page's, or several do.
    """
    told = (d for d in sentence.dates if d.is_finer_than_year)
    if sentence.zone != "headline" or any(d.first != page.draft.published for d in told):
        return []
    below = page.sentences[sentence.index + 1 : sentence.index + 1 + _SENTENCES_BELOW]
    # Lines count from one in each part: below a title those of teaser and text are looked at alike.
    lines = list(dict.fromkeys(s.line for s in below))
    head = [
        s
        for s in below
        if (s.line in lines[:_LINES_BELOW] and page.line_zone(s) != "body")
        or (s.line in lines[:_LABELLED_BELOW] and page.labelled(s, "date_labels") > 0)
    ]
    days = [d for s in head for d in s.dates[:1] if _is_set_below(page, s, d)]
    return days if len(days) == 1 else []


def _is_set_below(page: AnnotatedPage, s: AnnotatedSentence, dated: DateMention) -> bool:
    """Whether a day opens its line, or stands in one that begins with a town, or behind a label."""
    if not dated.is_day or dated.first == page.draft.published:
        return False
    if page.labelled(s, "date_labels") > 0:
        return True
    masked = page.masked[s.part]
    town = _TOWN.match(masked, s.start, dated.start)
    behind = masked[dated.end : s.end].partition(CELL_MARK)[0]
    near = dated.start - s.start <= _HEAD or len(behind) <= _END
    placed = town is not None and near
    return page.draft.published is not None and (dated.start == s.start or placed)


def _count_day(page: AnnotatedPage, sentence: AnnotatedSentence, cue: CueHit) -> DateMention | None:
    days = (d for s in _before(page, sentence, _REACH) for d in reversed(days_of_events(page, s)))
    known = next(days, None)
    if known is None:
        return None
    if cue.category in _FROM_FIRST:
        start, further = first_day(known.first), _FROM_FIRST[cue.category]
    else:
        start, further = first_day(known.last or known.first), _FROM_LAST[cue.category]
    day = _add_days(start, further)
    if day is None:
        return None
    return replace(
        known,
        part=sentence.part,
        start=cue.start,
        end=cue.end,
        first=day.isoformat(),
        last=None,
        kind=COUNTED,
    )


def _add_days(day: date | None, further: int) -> date | None:
    try:
        return day and day + timedelta(days=further)
    except OverflowError:
        return None


def _before(
    page: AnnotatedPage, sentence: AnnotatedSentence, reach: int
) -> Iterator[AnnotatedSentence]:
    """The sentences before one, the last of them first."""
    yield from reversed(page.sentences[max(0, sentence.index - reach) : sentence.index])
