"""What speaks for a person being of an event, as numbers: what the trained choice of persons reads.

Measures are of structure: where the mentions of the event and of the page's other events stand to
the person, what stands around the person, and where else on the page the same surname does. Words
and the language were no help.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.candidates.event_nearness import EventNearness, Measures
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from indexer.records.document import Mention

_STEM = 5
"""Letters by which surnames are told: the rest is mostly inflection."""
_MOST_PERSONS = 120
"""Persons of a page that are judged: more stand in directories only."""
_FEW = 4


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A person in its sentence."""

    sentence: AnnotatedSentence
    mention: Mention


def find_persons(page: AnnotatedPage) -> list[PersonMention]:
    """The persons of a page in its order, but those of contact blocks."""
    return [
        PersonMention(sentence, mention)
        for sentence in page.sentences
        if sentence.zone != "contact"
        for mention in sentence.of("persons")
    ][:_MOST_PERSONS]


class PersonMeasures:
    """Measures the persons of a page at its events, the first of which is the page's own."""

    def __init__(
        self,
        page: AnnotatedPage,
        persons: Sequence[PersonMention],
        events: Sequence[EventMentions],
    ) -> None:
        self._page = page
        self._persons = persons
        self._near = EventNearness(events)
        self._of_event = {event: self._measure_event(event) for event in self._near.events}
        self._again: dict[str, set[int]] = defaultdict(set)
        for person in persons:
            self._again[_surname(person)].add(person.sentence.index)

    def measure(self) -> Iterator[tuple[PersonMention, EventMentions, Mapping[str, float]]]:
        """The measures of each person at each event; one that is 0 is left out."""
        for number, person in enumerate(self._persons):
            around = self._measure_person(number, person)
            for event in self._near.events:
                measures = {
                    **around,
                    **self._of_event[event],
                    **self._measure_sentence(person, event),
                    **self._measure_distance(person, event),
                }
                named = {name: float(value) for name, value in measures.items() if value}
                yield person, event, named

    def _measure_person(self, number: int, person: PersonMention) -> Measures:
        """What stands around a person."""
        s, m = person.sentence, person.mention
        masked = self._page.masked[s.part]
        persons = s.of("persons")
        here = self._near.mentions(s.index)
        return {
            "bias": 1.0,
            "events": math.log(len(self._near.events)),
            "person.first": number == 0,
            "person.place": number / len(self._persons),
            "person.again": len(self._again[_surname(person)]) > 1,
            "person.opens": m.start - s.start < _FEW,
            "person.single": " " not in m.surface,
            "sentence.persons": min(len(persons), _FEW) / _FEW,
            "sentence.events": min(len({id(e) for _, e in here}), _FEW) / _FEW,
            "sentence.quote": any(mark in masked[s.start : s.end] for mark in '„“«»"'),
            "sentence.list": s.zone == "list",
            "sentence.headline": s.zone == "headline",
            "sentence.day": any(d.is_day for d in s.dates),
            "sentence.opening": s.index <= 2,
            "sentence.place": s.index / max(1, len(self._page.sentences)),
            "page.persons": math.log(len(self._persons)) / 3,
        }

    def _measure_event(self, event: EventMentions) -> Measures:
        return self._near.measure_event(event) | {
            "event.headline": any(c.sentence.zone == "headline" for c in event.candidates),
            "event.bare": event.best.is_bare,
        }

    def _measure_sentence(self, person: PersonMention, event: EventMentions) -> Measures:
        """Where the event stands in the sentence of a person, or in the others of its name."""
        s, m = person.sentence, person.mention
        here = self._near.mentions(s.index)
        again = self._again[_surname(person)] - {s.index}
        measures: Measures = {
            "again.here": not again.isdisjoint(self._near.sentences(event)),
            "again.there": any(
                e is not event for index in again for _, e in self._near.mentions(index)
            ),
            **self._near.measure_line(s, event),
        }
        nearest, inside = self._near.measure_inside(s, m, event)
        if nearest is None:
            return measures | {"in.other": bool(here)}
        return {
            **measures,
            **inside,
            "in.before": nearest.name.end <= m.start,
            "in.first": here[0][1] is event,
        }

    def _measure_distance(self, person: PersonMention, event: EventMentions) -> Measures:
        """Sentences to the event's mentions before and behind, and whether others are nearer."""
        index = person.sentence.index
        measures = self._near.measure_distance(index, event)
        before = self._near.last_before(index, event)
        if before is not None:
            told_in = self._near.told_in
            between = bisect_left(told_in, index) - bisect_left(told_in, before) - 1
            measures["before.near"] = 1 / (index - before)
            measures["before.between"] = min(between, _FEW) / _FEW
        return measures


def surname_stem(name: str) -> str:
    """By which mentions of a person are known as those of one."""
    return name.rsplit(maxsplit=1)[-1].casefold()[:_STEM]


def _surname(person: PersonMention) -> str:
    return surname_stem(person.mention.surface)
