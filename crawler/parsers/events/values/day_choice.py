"""On which day each event of a page was, as a trained model chooses among the dates of the page:
where rules give none, or another one than the model is surer of.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from crawler.parsers.events.candidates.choice_measures import ChoiceMeasures, ValueMention
from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.candidates.event_nearness import Measures
from crawler.parsers.events.candidates.value_choice import (
    Judgement,
    judge_values,
    model_of,
    with_odds,
)
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.page.date_mention import DateMention
from crawler.parsers.events.page.first_days import first_day
from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.trained.hashed_words import hashed
from crawler.parsers.events.trained.joint_model import RoleModels
from crawler.parsers.events.values.event_dates import (
    COUNTED_RULE,
    EventDates,
    is_date_line,
    usable_dates,
)
from indexer.records.document import Mention

STAGE = "days"
"""Of the file of models."""
_RULE, _CONFIDENCE = "dating.trained", 0.6
_WORD = re.compile(r"\w[\w-]*")
_BESIDE = 40
_STEM = 6
"""Letters by which words beside a date are told: the rest is mostly inflection."""
_WHOLE_DAY, _WHOLE_MONTH, _YEAR_ONLY = len("2031-05-12"), len("2031-05"), len("2031")
_NEAR, _FAR = 30, 200
"""Days between a date and the page that tells of it."""


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day of an event, partial perhaps; the last only if it is another one."""

    first: str
    last: str | None

    @classmethod
    def of(cls, first: str, last: str | None) -> Span:
        """Of what a date expression gives, whose last day may be its first."""
        return cls(first, last if last != first else None)


class DayChoice:
    """Measures the dates of one page at its events, and chooses among them."""

    def __init__(self, page: AnnotatedPage, ruled: Mapping[EventMentions, EventDates]) -> None:
        self._page, self._ruled = page, ruled
        self._published = first_day(page.draft.published)
        every = {(d.part, d.start): d for s in page.sentences for d in s.dates}
        self._of_rules = {
            event: (Span.of(every[place].first, every[place].last),)
            for event, dates in ruled.items()
            if dates.start
            and (place := (dates.start.part, dates.start.start)) in every
            and len(dates.start.value) > _YEAR_ONLY
        }

    def choose(self, models: RoleModels) -> Mapping[EventMentions, EventDates]:
        """The dates of each event."""
        model = model_of(models, STAGE)
        judged = judge_values(self.measure(), model) if model else {}
        chosen = {e: self._choose_of(e, judgement) for e, judgement in judged.items()}
        return {**self._ruled, **chosen}

    def _choose_of(self, event: EventMentions, judged: Judgement[ValueMention]) -> EventDates:
        """The dates that rules give an event, or those that the model is surer of."""
        dates, odds = self._ruled[event], judged.odds_of_rules
        if judged.other and not self._is_of_another(event, judged.other):
            dates, odds = _read(judged.other), judged.odds
        return EventDates(with_odds(dates.start, odds), with_odds(dates.end, odds))

    def _is_of_another(self, event: EventMentions, value: ValueMention) -> bool:
        """Whether a day stands in another entry of a calendar or is not the one that rules counted
        from another one, or rules give it to another event
        and its sentence doesn't mention this one.
        """
        start = self._ruled[event].start
        if (start and start.rule == COUNTED_RULE) or not event.may_be_told_in(value.sentence):
            return True
        day = cast("Span", value.value).first
        if start and len(start.value) == _YEAR_ONLY and not day.startswith(start.value):
            return True
        if self._goes_on_with_another(event, value.sentence):
            return True
        others = (spans for other, spans in self._of_rules.items() if other is not event)
        return value.sentence.index not in event.sentences() and any(
            value.value in spans for spans in others
        )

    def _goes_on_with_another(self, event: EventMentions, sentence: AnnotatedSentence) -> bool:
        """Whether a sentence opens with a pronoun, and the one before names other events alone (…
        will hold the Tin Dialogue. It will take place on 5 May).
        """
        before = sentence.index - 1
        if {sentence.index, before} & event.sentences():
            return False
        opening = _WORD.match(self._page.masked[sentence.part], sentence.start, sentence.end)
        if not opening or opening.group().casefold() not in self._page.vocabulary.event_pronouns:
            return False
        return any(before in other.sentences() for other in self._ruled)

    def measure(self) -> ChoiceMeasures:
        """What speaks for each date of the page."""
        ruled = {event: self._of_rules.get(event, ()) for event in self._ruled}
        return ChoiceMeasures(list(ruled), self._find(), ruled)

    def _find(self) -> Iterator[ValueMention]:
        for s in self._page.sentences:
            if s.zone == "contact":
                continue
            for dated in usable_dates(self._page, s):
                if self._is_unlabelled_line(s, dated.first):
                    continue
                span = Span.of(dated.first, dated.last)
                surface = self._page.cut(dated.part, dated.start, dated.end)
                mention = Mention("dates", dated.part, dated.start, dated.end, surface, dated.first)
                measures = self._measure(s, span, dated)
                yield ValueMention(s, mention, span, measures)

    def _is_unlabelled_line(self, s: AnnotatedSentence, first: str) -> bool:
        """Whether a line without a label of an event's day gives the page's, as it may on a page
        without a date.
        """
        printed = self._page.draft.published in (None, first) and is_date_line(self._page, s)
        return printed and self._page.labelled(s, "date_labels") < 0

    def _measure(self, s: AnnotatedSentence, span: Span, dated: DateMention) -> Measures:
        first, length = span.first, len(span.first)
        day, masked = first_day(first), self._page.masked[s.part]
        away = (day - self._published).days if day and self._published else None
        before = _WORD.findall(masked[max(s.start, dated.start - _BESIDE) : dated.start])
        behind = _WORD.findall(masked[dated.end : min(s.end, dated.end + _BESIDE)])
        words = (
            *(f"-{i}:{w}" for i, w in enumerate(before[:-3:-1])),
            *(f"+{w}" for w in behind[:1]),
        )
        lang = self._page.vocabulary.lang
        return {
            **{hashed(f"{lang}:date{w.casefold()[: _STEM + 3]}"): 1.0 for w in words},
            f"date.{dated.kind}": 1.0,
            "date.day": dated.is_day,
            "date.month": length == _WHOLE_MONTH,
            "date.short": length < _WHOLE_MONTH,
            "date.yearless": first[:1] == "-",
            "date.range": span.last is not None,
            "date.page": first == self._page.draft.published,
            "date.line": is_date_line(self._page, s),
            "date.away": math.log(1 + abs(away)) / 8 if away is not None else 0.0,
            "date.past": away is not None and -_NEAR <= away <= 0,
            "date.coming": away is not None and 0 < away <= _FAR,
            "date.old": away is not None and away < -_FAR,
            "in.future": bool(s.cue("will_take_place")),
            "in.next": bool(s.cue("next_event")),
            "in.previous": bool(s.cue("follow_up_of")),
            "in.town": bool(s.of("places")),
            "in.labelled": self._page.labelled(s, "date_labels") > 0,
        }


def _read(value: ValueMention) -> EventDates:
    m, span = value.mention, cast("Span", value.value)
    start = FoundValue(span.first, m.part, m.start, m.end, _RULE, _CONFIDENCE)
    end = FoundValue(span.last, m.part, m.start, m.end, _RULE, _CONFIDENCE) if span.last else None
    return EventDates(start, end)
