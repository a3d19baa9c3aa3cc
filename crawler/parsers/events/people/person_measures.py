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

from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from indexer.records.document import Mention

_NEAR = 40
"""Characters between a person and an event over which nearness falls to one half."""
_STEM = 5
"""Letters by which surnames are told: the rest is mostly inflection."""
_MOST_PERSONS, _MOST_EVENTS = 120, 20
"""Persons and events of a page that are judged: more stand in directories only."""
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
        self._events = events[:_MOST_EVENTS]
        self._owners: dict[int, list[tuple[Candidate, EventMentions]]] = defaultdict(list)
        for event in self._events:
            for candidate in event.candidates:
                self._owners[candidate.sentence.index].append((candidate, event))
        self._told_in = sorted(self._owners)
        self._sentences = {event: event.sentences() for event in self._events}
        self._of_event = {event: self._measure_event(event) for event in self._events}
        self._again: dict[str, set[int]] = defaultdict(set)
        for person in persons:
            self._again[_surname(person)].add(person.sentence.index)

    def measure(self) -> Iterator[tuple[PersonMention, EventMentions, Mapping[str, float]]]:
        """The measures of each person at each event; one that is 0 is left out."""
        for number, person in enumerate(self._persons):
            around = self._measure_person(number, person)
            for event in self._events:
                measures = {
                    **around,
                    **self._of_event[event],
                    **self._measure_sentence(person, event),
                    **self._measure_distance(person, event),
                }
                named = {name: float(value) for name, value in measures.items() if value}
                yield person, event, named

    def _measure_person(self, number: int, person: PersonMention) -> dict[str, float]:
        """What stands around a person."""
        s, m = person.sentence, person.mention
        masked = self._page.masked[s.part]
        persons = s.of("persons")
        here = self._owners.get(s.index, ())
        return {
            "bias": 1.0,
            "events": math.log(len(self._events)),
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

    def _measure_event(self, event: EventMentions) -> dict[str, float]:
        best = event.best
        return {
            f"event.{best.kind}": 1.0,
            "event.main": event is self._events[0],
            "event.alone": len(self._events) == 1,
            "event.lifted": event.lifted,
            "event.mentions": math.log(len(event.candidates)),
            "event.headline": any(c.sentence.zone == "headline" for c in event.candidates),
            "event.bare": best.is_bare,
            "event.next": event.next_cue,
            "event.previous": event.previous_cue,
            "event.dated": bool(event.dates),
        }

    def _measure_sentence(self, person: PersonMention, event: EventMentions) -> dict[str, float]:
        """Where the event stands in the sentence of a person, or in the others of its name."""
        s, m = person.sentence, person.mention
        here: Sequence[tuple[Candidate, EventMentions]] = self._owners.get(s.index, ())
        gaps = [(max(c.name.start - m.end, m.start - c.name.end, 0), c, e) for c, e in here]
        own = [(gap, c) for gap, c, e in gaps if e is event]
        again = self._again[_surname(person)] - {s.index}
        of_event = self._sentences[event]
        measures: dict[str, float] = {
            "again.here": bool(again & of_event),
            "again.there": any(
                e is not event for index in again for _, e in self._owners.get(index, ())
            ),
            "line.same": any(
                c.sentence.line == s.line and c.sentence.part == s.part for c in event.candidates
            ),
        }
        if not own:
            return measures | {"in.other": bool(here)}
        gap, nearest = min(own, key=lambda found: found[0])
        return measures | {
            "in.same": 1.0,
            "in.near": 1 / (1 + gap / _NEAR),
            "in.nearest": gap == min(g for g, _, _ in gaps),
            "in.only": len(own) == len(here),
            "in.clause": any(c.covers(m.start) for _, c in own),
            "in.before": nearest.name.end <= m.start,
            "in.first": here[0][1] is event,
        }

    def _measure_distance(self, person: PersonMention, event: EventMentions) -> dict[str, float]:
        """Sentences to the event's mentions before and behind, and whether others are nearer."""
        index = person.sentence.index
        told = sorted(self._sentences[event])
        at, at_any = bisect_left(told, index), bisect_left(self._told_in, index)
        measures: dict[str, float] = {}
        if at:
            measures["before.near"] = 1 / (index - told[at - 1])
            measures["before.last"] = told[at - 1] == self._told_in[at_any - 1]
            between = at_any - bisect_left(self._told_in, told[at - 1]) - 1
            measures["before.between"] = min(between, _FEW) / _FEW
        behind = bisect_left(told, index + 1)
        if behind < len(told):
            any_behind = bisect_left(self._told_in, index + 1)
            measures["behind.near"] = 1 / (told[behind] - index)
            measures["behind.next"] = told[behind] == self._told_in[any_behind]
        return measures


def _surname(person: PersonMention) -> str:
    return person.mention.surface.split()[-1].casefold()[:_STEM]
