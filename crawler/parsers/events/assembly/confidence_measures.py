"""What speaks for a value of an event being right, as numbers: what its confidence is judged by.

Measures are of where a value stands and how it was read, never of words. A value is wrong for two
reasons: its event is none (what the trained gate says of it is measured), or it belongs to another
event of the page (how near those are is measured).
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from crawler.parsers.events.assembly.event_values import EventValues
from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.page.found_value import FoundValue

_LIKELY = 1.0
"""Score from which a candidate that is no event may have been one."""
_FAR = 3
"""Sentences between a value and its event from which on it is far away."""
_BENDS = (0.0, 1.0, 2.0, 3.0, 4.0)
"""Log odds at which the share of right values may bend."""


class ConfidenceMeasures:
    """Measures the values of the events of a page; `candidates` are all that may be one there."""

    def __init__(
        self,
        page: AnnotatedPage,
        events: Sequence[EventMentions],
        candidates: Sequence[Candidate],
    ) -> None:
        self._page = page
        self._events = events
        known = {id(c) for event in events for c in event.candidates}
        self._left = [c for c in candidates if id(c) not in known and c.score >= _LIKELY]
        self._sentences: dict[str, list[AnnotatedSentence]] = {}
        for sentence in page.sentences:
            self._sentences.setdefault(sentence.part, []).append(sentence)

    def measure(self, event: EventMentions, values: EventValues) -> Iterator[Mapping[str, float]]:
        """The measures of each value of an event, in the order of its evidence."""
        of_event = self._measure_event(event, values)
        others = [c for one in self._events if one is not event for c in one.candidates]
        for path, found in values.evidence():
            field = field_of(path)
            measures = {
                f"field.{field}": 1.0,
                f"rule.{field}.{found.rule}": 1.0,
                f"rank.{found.rule}": found.confidence,
                **of_event,
                **dict(self._measure_nearness(event, found, others)),
            }
            yield {name: float(value) for name, value in measures.items() if value}

    def _measure_event(self, event: EventMentions, values: EventValues) -> dict[str, float]:
        odds = event.odds
        measures = {
            "bias": 1.0,
            "event.second": event.second,
            "event.lifted": event.lifted,
            f"event.{values.role}": 1.0,
            "event.mentions": math.log(len(event.candidates)),
            "event.day": values.dates.start is not None,
            "event.town": values.place.city is not None,
            "event.bare": event.best.is_bare,
            "page.events": math.log(len(self._events)),
            "page.sentences": math.log(1 + len(self._page.sentences)) / 3,
        }
        if odds is None:
            return measures | {"odds.unknown": 1.0}
        bends = {f"odds.{bend:.0f}": min(0.0, max(odds, -4.0) - bend) for bend in _BENDS}
        return measures | bends

    def _measure_nearness(
        self, event: EventMentions, found: FoundValue[object], others: Sequence[Candidate]
    ) -> Iterator[tuple[str, float]]:
        """How far the event is, and whether another one is nearer."""
        sentence = self._sentence(found)
        if sentence is None:
            yield "elsewhere", 1.0
            return
        own, left = _distance(event.candidates, found, sentence), self._left
        yield f"sentences.{min(own[0], _FAR)}", 1.0
        yield "headline", self._page.sentences[sentence].zone == "headline"
        yield "list", self._page.sentences[sentence].zone == "list"
        yield "other.nearer", bool(others) and _distance(others, found, sentence) < own
        yield "other.inside", any(c.sentence.index == sentence for c in others)
        yield "left.nearer", bool(left) and _distance(left, found, sentence) < own
        yield "left.inside", any(c.sentence.index == sentence for c in left)
        yield "left.some", bool(left)

    def _sentence(self, found: FoundValue[object]) -> int | None:
        """The number of the sentence that a value stands in."""
        of_part = self._sentences.get(found.part, [])
        number = bisect_right(of_part, found.start, key=lambda s: s.start) - 1
        return of_part[number].index if number >= 0 else None


def field_of(path: str) -> str:
    """The path without the number of a person."""
    return f"persons.{path.partition('.')[2]}" if path.startswith("persons[") else path


def _distance(
    candidates: Sequence[Candidate], found: FoundValue[object], sentence: int
) -> tuple[int, int]:
    """Sentences, and characters within one, to the nearest of the candidates."""
    return min(
        (
            abs(c.sentence.index - sentence),
            max(0, c.name.start - found.end, found.start - c.name.end)
            if c.sentence.index == sentence
            else 0,
        )
        for c in candidates
    )
