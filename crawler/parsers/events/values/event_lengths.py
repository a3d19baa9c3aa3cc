"""The further days of an event of which a page tells one day and how long it takes (the two-day
forum opened on Monday, am Freitag ging die dreitägige Messe zu Ende).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.grammar.cue_categories import DAY_COUNTS, EVENT_LENGTHS
from crawler.parsers.events.grammar.cue_phrases import CueHit
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.page.first_days import first_day
from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.values.event_dates import COUNTED_RULE, EventDates

_RULE = "dating.length"
_CONFIDENCE = 0.7
_WHOLE_DAY = len("2031-05-12")
_BEFORE_NAME = 20
"""Characters between an adjective of length and the name of the event, which may drop it."""
_TELLING = ("takes_place", "will_take_place", "participants", "gathered", "body_meets")
"""Cues of sentences that tell of an event without its name (took part over the two days)."""
_DAYS: Mapping[str, int] = {category: n for n, category in enumerate(EVENT_LENGTHS, 2)}


def add_length(
    page: AnnotatedPage,
    event: EventMentions,
    dates: EventDates,
    near: Sequence[AnnotatedSentence],
) -> EventDates:
    """The days of an event whose only day is its first, or, where the sentence of that day says
    that it ended, its last; `near` are the sentences about it.
    """
    start = dates.start
    known = first_day(start.value) if start and len(start.value) == _WHOLE_DAY else None
    if not start or not known or dates.end:
        return dates
    of_day = page.sentence_at(start.part, start.start)
    ended = bool(of_day and of_day.cue("ended", "returns", "returns_to"))
    told = _told_length(page, event, near, ended=ended)
    if not told:
        return dates
    if start.rule == COUNTED_RULE or (of_day and of_day.cue(*DAY_COUNTS)):
        return dates  # on the second day of the forum
    further = timedelta(days=_DAYS[told[1].category] - 1)
    beside = FoundValue("", told[0].part, told[1].start, told[1].end, _RULE, _CONFIDENCE)
    try:
        if ended:
            return EventDates(_on(known - further, beside), start)
        return EventDates(start, _on(known + further, beside))
    except OverflowError:
        return dates


def _told_length(
    page: AnnotatedPage, event: EventMentions, near: Sequence[AnnotatedSentence], *, ended: bool
) -> tuple[AnnotatedSentence, CueHit] | None:
    """The first words for a length that are said of an event: an adjective of its noun, or a phrase
    in a sentence about it.
    """
    for sentence in near:
        own = [c for c in event.candidates if c.sentence.index == sentence.index]
        for cue in sentence.cue(*EVENT_LENGTHS):
            qualifies = any(c.name.start - _BEFORE_NAME <= cue.start < c.head[0] for c in own)
            # What a sentence behind the end of an event opens with is the length of that.
            looks_back = ended and cue.start == sentence.start
            told = bool(own) or looks_back
            if qualifies or _is_told_by_phrase(page, sentence, cue, mentioned=told):
                return sentence, cue
    return None


def _is_told_by_phrase(
    page: AnnotatedPage, sentence: AnnotatedSentence, cue: CueHit, *, mentioned: bool
) -> bool:
    """Whether a phrase of length is said of an event: in a sentence that mentions it or what people
    did there, or right behind a first word that stands for it (It lasted three days). Anything
    else may last (die Firma hatte drei Tage lang gestreikt).
    """
    if " " not in page.cut(sentence.part, cue.start, cue.end):
        return False
    before = page.cut(sentence.part, sentence.start, cue.start).split()
    return mentioned or len(before) == 1 or bool(sentence.cue(*_TELLING))


def _on(day: date, beside: FoundValue[str]) -> FoundValue[str]:
    return replace(beside, value=day.isoformat())
