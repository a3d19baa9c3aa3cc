"""How near the events of a page are to something in one of its sentences, as numbers: what the
trained choices of persons and of towns have in common.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.page.annotated_page import AnnotatedSentence
from indexer.records.document import Mention

Measures = dict[str, float]

_NEAR = 40
"""Characters to an event over which nearness falls to one half."""
_ODDS = 4.0
"""Log odds from which on what the gate says of an event hardly counts for more."""
_MOST_EVENTS = 20
"""Events of a page that are judged: more stand in directories only."""


class EventNearness:
    """Measures where the mentions of a page's events stand, the first of which is its own."""

    def __init__(self, events: Sequence[EventMentions]) -> None:
        self.events = events[:_MOST_EVENTS]
        self._mentions: dict[int, list[tuple[Candidate, EventMentions]]] = defaultdict(list)
        for event in self.events:
            for candidate in event.candidates:
                self._mentions[candidate.sentence.index].append((candidate, event))
        self.told_in = sorted(self._mentions)
        """Indexes of the sentences that mention an event."""
        self._sentences = {event: sorted(event.sentences()) for event in self.events}

    def mentions(self, sentence: int) -> Sequence[tuple[Candidate, EventMentions]]:
        """What a sentence mentions, with the event that it is of."""
        return self._mentions.get(sentence, ())

    def sentences(self, event: EventMentions) -> Sequence[int]:
        """Indexes of the sentences that mention an event, in their order."""
        return self._sentences[event]

    def last_before(self, sentence: int, event: EventMentions) -> int | None:
        """Index of the last sentence before one that mentions the event."""
        told = self._sentences[event]
        at = bisect_left(told, sentence)
        return told[at - 1] if at else None

    def measure_event(self, event: EventMentions) -> Measures:
        """What an event is to its page."""
        return {
            f"event.{event.best.kind}": 1.0,
            "event.main": event is self.events[0],
            "event.alone": len(self.events) == 1,
            "event.lifted": event.lifted,
            "event.odds": math.tanh((event.odds or 0.0) / _ODDS),
            "event.mentions": math.log(len(event.candidates)),
            "event.dated": bool(event.dates),
            "event.next": event.next_cue,
            "event.previous": event.previous_cue,
        }

    def measure_line(self, sentence: AnnotatedSentence, event: EventMentions) -> Measures:
        """Whether the event is mentioned in the line of a sentence."""
        same = any(
            c.sentence.line == sentence.line and c.sentence.part == sentence.part
            for c in event.candidates
        )
        return {"line.same": same}

    def measure_inside(
        self, sentence: AnnotatedSentence, mention: Mention, event: EventMentions
    ) -> tuple[Candidate | None, Measures]:
        """The event's mention in the sentence that is nearest to something (None: there is none),
        and how near it is beside those of other events.
        """
        gaps = [
            (max(c.name.start - mention.end, mention.start - c.name.end, 0), c, e)
            for c, e in self.mentions(sentence.index)
        ]
        own = [(gap, c) for gap, c, e in gaps if e is event]
        if not own:
            return None, {}
        gap, nearest = min(own, key=lambda found: found[0])
        return nearest, {
            "in.same": 1.0,
            "in.near": 1 / (1 + gap / _NEAR),
            "in.nearest": gap == min(g for g, _, _ in gaps),
            "in.only": len(own) == len(gaps),
            "in.clause": any(c.covers(mention.start) for _, c in own),
        }

    def measure_distance(self, sentence: int, event: EventMentions) -> Measures:
        """Sentences to the next mention of the event, and whether those of others are nearer before
        and behind.
        """
        measures: Measures = {}
        before = self.last_before(sentence, event)
        if before is not None:
            measures["before.last"] = (
                before == self.told_in[bisect_left(self.told_in, sentence) - 1]
            )
        told = self._sentences[event]
        behind = bisect_left(told, sentence + 1)
        if behind < len(told):
            next_of_any = self.told_in[bisect_left(self.told_in, sentence + 1)]
            measures["behind.near"] = 1 / (told[behind] - sentence)
            measures["behind.next"] = told[behind] == next_of_any
        return measures

    def measure_told(self, sentence: int, event: EventMentions) -> Measures:
        """Distance and order as above, and how near the last mention of the event before it is."""
        measures = self.measure_distance(sentence, event)
        before = self.last_before(sentence, event)
        if before is not None:
            measures["told.near"] = 1 / (sentence - before)
            measures["before.next"] = sentence - before == 1
        return measures
