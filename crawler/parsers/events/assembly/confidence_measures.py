"""What speaks for a value of an event being right, as numbers: what its confidence is judged by.

Measures are of where a value stands and how it was read, never of words. A value is wrong for two
reasons: its event is none (what the trained gate says of it is measured), or it belongs to another
event of the page (how near those are is measured).
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from crawler.parsers.events.assembly.event_values import EventValues
from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.page.annotated_page import AnnotatedPage
from crawler.parsers.events.page.found_value import FoundValue

_LIKELY = 1.0
"""Score from which a candidate that is no event may have been one."""
_FAR = 3
"""Sentences between a value and its event from which on it is far away."""
_BENDS = (0.0, 1.0, 2.0, 3.0, 4.0)
"""Log odds at which the share of right values may bend."""


@dataclass(frozen=True, slots=True)
class ConfidenceMeasures:
    """Measures the values of one event."""

    page: AnnotatedPage
    event: EventMentions
    events: Sequence[EventMentions]
    """All of the page."""
    candidates: Sequence[Candidate]
    """All that may be an event on the page."""

    def measure(self, values: EventValues) -> Iterator[Mapping[str, float]]:
        """The measures of each value, in the order of its evidence."""
        of_event = self._measure_event(values)
        others = [c for event in self.events if event is not self.event for c in event.candidates]
        known = {id(c) for c in (*others, *self.event.candidates)}
        left = [c for c in self.candidates if id(c) not in known and c.score >= _LIKELY]
        for path, found in values.evidence():
            field = field_of(path)
            measures = {
                f"field.{field}": 1.0,
                f"rule.{field}.{found.rule}": 1.0,
                f"rank.{found.rule}": found.confidence,
                **of_event,
                **dict(self._measure_nearness(found, others, left)),
            }
            yield {name: float(value) for name, value in measures.items() if value}

    def _measure_event(self, values: EventValues) -> dict[str, float]:
        odds = self.event.odds
        measures = {
            "bias": 1.0,
            "event.second": self.event.second,
            "event.lifted": self.event.lifted,
            f"event.{values.role}": 1.0,
            "event.mentions": math.log(len(self.event.candidates)),
            "event.day": values.dates.start is not None,
            "event.town": values.place.city is not None,
            "event.bare": self.event.best.is_bare,
            "page.events": math.log(len(self.events)),
            "page.sentences": math.log(1 + len(self.page.sentences)) / 3,
        }
        if odds is None:
            return measures | {"odds.unknown": 1.0}
        bends = {f"odds.{bend:.0f}": min(0.0, max(odds, -4.0) - bend) for bend in _BENDS}
        return measures | bends

    def _measure_nearness(
        self, found: FoundValue[object], others: Sequence[Candidate], left: Sequence[Candidate]
    ) -> Iterator[tuple[str, float]]:
        """How far the event is, and whether another one is nearer."""
        sentence = self._sentence(found)
        if sentence is None:
            yield "elsewhere", 1.0
            return
        own = _distance(self.event.candidates, found, sentence)
        yield f"sentences.{min(own[0], _FAR)}", 1.0
        yield "headline", self.page.sentences[sentence].zone == "headline"
        yield "list", self.page.sentences[sentence].zone == "list"
        yield "other.nearer", bool(others) and _distance(others, found, sentence) < own
        yield "other.inside", any(c.sentence.index == sentence for c in others)
        yield "left.nearer", bool(left) and _distance(left, found, sentence) < own
        yield "left.inside", any(c.sentence.index == sentence for c in left)
        yield "left.some", bool(left)

    def _sentence(self, found: FoundValue[object]) -> int | None:
        """The number of the sentence that a value stands in."""
        of_part = [s for s in self.page.sentences if s.part == found.part]
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
