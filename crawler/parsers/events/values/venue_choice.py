"""In which house each event of a page is, as a trained model chooses among those of the page: where
rules give none, or another one than the model is surer of; what it doubts is left out.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from crawler.parsers.events.candidates.choice_measures import ValueMention
from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.candidates.event_nearness import Measures
from crawler.parsers.events.candidates.value_choice import judge_values, model_of
from crawler.parsers.events.grammar.function_words import ARTICLES, BY, FROM, HOUR, WITH
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.trained.hashed_words import hashed
from crawler.parsers.events.trained.joint_model import RoleModels
from crawler.parsers.events.values.span_choice import (
    SpanChoice,
    Values,
    found_by_model,
    key_of,
)
from crawler.parsers.events.values.venues import VenueReader
from indexer.records.document import Mention

STAGE = "venues"
"""Of the file of models."""
_RULE = "placing.venue-trained"
_ENDINGS = (4, 6)
_REACH = 40
_AGENT = re.compile(rf"(?<!\w)(?:mit|{WITH}|{BY}|{FROM})\s(?:(?:{ARTICLES})\s)?(?:\w+\s)?\Z")
_TIME = re.compile(rf"(?<!\d)\d{{1,2}}[:.]\d{{2}}(?!\d)|{HOUR}", re.IGNORECASE)
_OF_PERSON = len(" of ")
_UNLIKELY = 0.001
"""Probabilities below it, and above its complement, are taken as one."""


class VenueChoice(SpanChoice):
    """Measures the houses of one page at its events, and chooses among them."""

    field, kind, fewest, most = "venue", "house", 3, 150

    def __init__(self, page: AnnotatedPage, reader: VenueReader, ruled: Values) -> None:
        super().__init__(page, ruled)
        self._reader = reader

    def choose(self, models: RoleModels) -> Values:
        """The house of each event."""
        model = model_of(models, STAGE)
        if model is None:
            return self._ruled
        measured = self.measure()
        judged = judge_values(measured, model)
        told = dict(self._ruled)
        for event, j in judged.items():
            if j.other and measured.may_be_chosen(event) and self._fits(event, j.other):
                told[event] = found_by_model(j.other, _RULE)
            elif j.is_doubted and measured.may_be_chosen(event):
                told[event] = None
        return told

    def _fits(self, event: EventMentions, value: ValueMention) -> bool:
        """Whether a house is no town, no time, nobody's office, and not one that rules give another
        event, where its sentence doesn't mention this one.
        """
        if _TIME.search(value.mention.surface) or _is_capital(value.sentence, value.mention):
            return False
        if value.measures.get("is.town") or value.measures.get("is.office"):
            return False
        is_house = any(f"from.{source}" in value.measures for source in ("rules", "tagger"))
        if not is_house and self._acts(value.sentence, value.mention):
            return False
        m, others = value.mention, [v for e, v in self._ruled.items() if v and e is not event]
        taken = any(
            value.value == key_of(v.value) or (v.part == m.part and v.overlaps(m.start, m.end))
            for v in others
        )
        own = value.sentence.index in event.sentences()
        return event.may_be_told_in(value.sentence) and (own or not taken)

    def _acts(self, sentence: AnnotatedSentence, body: Mention) -> bool:
        """Whether a body is somebody rather than somewhere: it says something (…, the bank said),
        something is done with or by it, or a person right before it is of it.
        """
        text, words = self._page.masked[sentence.part], self._page.vocabulary
        behind = words.words(text[body.end : min(body.end + _REACH, sentence.end)])
        if behind and behind[0].group().casefold() in words.word_set("speaking"):
            return True
        if _AGENT.search(text[max(sentence.start, body.start - _REACH) : body.start]):
            return True
        return any(0 <= body.start - p.end <= _OF_PERSON for p in sentence.of("persons"))

    def _in_sentence(self, s: AnnotatedSentence) -> Iterable[tuple[int, int, Mapping[str, float]]]:
        return self._reader.may_be_houses(s, tagged=s.index in self._around)

    def _measure(self, s: AnnotatedSentence, start: int, end: int, value: str) -> Measures:
        return {
            **self._measure_words(value),
            **(self._measure_inside(s, start, end) if s.index in self._around else {}),
            "is.town": self._reader.is_town(s, start, end),
            "in.names": any(p == s.part and a < end and start < b for p, a, b in self._names),
            "in.labelled": self._page.labelled(s, "venue_labels") > 0,
            "in.role": any(p.end <= start for p in s.of("persons")),
            "town.behind": any(0 <= m.start - end <= 5 for m in s.of("places")),
            "town.before": any(0 <= start - m.end <= 5 for m in s.of("places")),
            "town.within": any(start <= m.start < end for m in s.of("places")),
        }

    def _measure_inside(self, s: AnnotatedSentence, start: int, end: int) -> Measures:
        """How likely the tagger finds its words in a house, and those right beside it."""
        told = self._reader.likely_words(s)
        odds = {
            "within": [likely for t, likely in told if t.start < end and start < t.end],
            "before": [likely for t, likely in told if t.end <= start][-1:],
            "behind": [likely for t, likely in told if t.start >= end][:1],
        }
        measures = {
            f"inside.{place}": _log_odds(min(those)) for place, those in odds.items() if those
        }
        if odds["within"]:
            measures["inside.most"] = _log_odds(max(odds["within"]))
            measures["inside.mean"] = _log_odds(sum(odds["within"]) / len(odds["within"]))
        return measures

    @cached_property
    def _names(self) -> Sequence[tuple[str, int, int]]:
        """Where the events are named."""
        return [
            (c.sentence.part, c.name.start, c.name.end) for e in self._events for c in e.candidates
        ]

    def _measure_words(self, value: str) -> Measures:
        """Its words and their endings, wherever they stand."""
        lang = self._page.vocabulary.lang
        words = value.casefold().split()[:8]
        return {
            hashed(f"{lang}:house:-{word[-n:]}"): 1.0
            for word in words
            for n in _ENDINGS
            if len(word) >= n
        }


def _is_capital(sentence: AnnotatedSentence, house: Mention) -> bool:
    """Whether it is the capital of a country (Hauptstadt Usbekistans), no club of that name."""
    words = [(cue.start, cue.end) for cue in sentence.cue("capital")]
    countries = sentence.of("countries", "nationalities")
    return any(house.start <= start and end <= house.end for start, end in words) and any(
        house.start <= m.start < house.end for m in countries
    )


def _log_odds(likely: float) -> float:
    """Log odds of a probability above those of the least one: no measure is negative."""
    bounded = min(max(likely, _UNLIKELY), 1.0 - _UNLIKELY)
    return math.log(bounded / (1.0 - bounded)) - math.log(_UNLIKELY / (1.0 - _UNLIKELY))
