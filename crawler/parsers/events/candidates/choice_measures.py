"""What speaks for a value being that of an event, as numbers: what trained choices of numbers of
people and of countries read.

Measures are of structure: how the page gives the value (those of its kind), where its mentions
stand to those of the event and of the page's other events, and what the rules say. Of several
mentions of a value the best number counts.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.candidates.event_nearness import EventNearness, Measures
from crawler.parsers.events.page.annotated_page import AnnotatedSentence
from indexer.records.document import Mention

RULED = "ruled"
"""Measure of a value that the rules give the event."""
MOST_MENTIONS = 60
"""Mentions of a page that are judged: more stand in directories only."""
_LINE = 70
"""Characters of a sentence that is hardly more than a line."""
_FEW = 4
Told = TypeVar("Told")
_NEARNESS = ("in.same", "in.near", "told.near")
"""Measures of how near a mention is to those of an event."""


def strongest(
    mentions: Sequence[tuple[Told, Measures]], nearness: Callable[[Measures], float]
) -> tuple[Told, Measures]:
    """Of the mentions of a value the nearest one (of equal ones the first), and of each measure the
    best number.
    """
    if len(mentions) == 1:  # most values stand once
        told, measures = mentions[0]
        return told, {name: float(n) if n > 0 else 0.0 for name, n in measures.items()}
    best: Measures = {}
    for _, measures in mentions:
        for name, number in measures.items():
            if number > best.setdefault(name, 0.0):
                best[name] = float(number)
    return max(mentions, key=lambda told: nearness(told[1]))[0], best


def _nearness(measures: Measures) -> float:
    return sum(measures.get(name, 0.0) for name in _NEARNESS)


@dataclass(frozen=True, slots=True)
class ValueMention:
    """What may be a value of an event, in its sentence."""

    sentence: AnnotatedSentence
    mention: Mention
    value: Hashable
    """By which its mentions are known as one."""
    measures: Mapping[str, float]
    """Those of its kind."""


class ChoiceMeasures:
    """Measures the values of one kind at the events of a page, the first of which is its own.

    `ruled`: what the rules give each event; `most`: mentions of the page that are judged.
    """

    def __init__(
        self,
        events: Sequence[EventMentions],
        mentions: Iterable[ValueMention],
        ruled: Mapping[EventMentions, Collection[Hashable]],
        most: int = MOST_MENTIONS,
    ) -> None:
        self._near = EventNearness(events)
        self._ruled = ruled
        self._values: dict[Hashable, list[ValueMention]] = defaultdict(list)
        self._starts: dict[int, list[int]] = defaultdict(list)
        every = iter(mentions)
        for mention in islice(every, most):
            self._values[mention.value].append(mention)
            self._starts[mention.sentence.index].append(mention.mention.start)
        self._are_all = next(every, None) is None

    def may_be_chosen(self, event: EventMentions) -> bool:
        """Whether another value may be chosen for an event: not where what the rules give it stands
        behind the mentions that are judged, so that nothing is said of it.
        """
        ruled = self._ruled.get(event, ())
        return self._are_all or not ruled or any(value in self._values for value in ruled)

    def measure(self) -> Iterator[tuple[EventMentions, ValueMention, Mapping[str, float]]]:
        """The measures of each value at each event, with the mention that is nearest to it; one
        that is 0 is left out.
        """
        around = {id(m): self._measure_mention(m) for ms in self._values.values() for m in ms}
        for event in self._near.events:
            of_event = self._measure_event(event)
            for value, mentions in self._values.items():
                told = [
                    (m, {**around[id(m)], **self._measure_nearness(m, event)}) for m in mentions
                ]
                nearest, best = strongest(told, _nearness)
                measures = {**of_event, **best, **self._measure_value(value, event)}
                yield event, nearest, {n: float(v) for n, v in measures.items() if v}

    def _measure_event(self, event: EventMentions) -> Measures:
        return {
            "bias": 1.0,
            **self._near.measure_event(event),
            "event.ruled": bool(self._ruled.get(event)),
            "events": math.log(len(self._near.events)),
        }

    def _measure_value(self, value: Hashable, event: EventMentions) -> Measures:
        """What is said of a value, all its mentions together."""
        mentions = self._values[value]
        own = self._ruled.get(event, ())
        others = [v for e, v in self._ruled.items() if e is not event]
        return {
            "value.only": len(self._values) == 1,
            "value.number": math.log(len(self._values)),
            "value.mentions": math.log(len(mentions)),
            "value.first": value == next(iter(self._values)),
            RULED: value in own,
            "ruled.other": bool(own) and value not in own,
            "ruled.main": value in self._ruled.get(self._near.events[0], ()),
            "ruled.elsewhere": any(value in v for v in others),
        }

    def _measure_mention(self, m: ValueMention) -> Measures:
        s = m.sentence
        return {
            **m.measures,
            "in.headline": s.zone == "headline",
            "in.list": s.zone == "list",
            "in.line": s.end - s.start < _LINE,
            "in.opening": s.index <= 2,
            "in.verb": bool(s.cue("takes_place", "will_take_place")),
            "in.participants": bool(s.cue("participants")),
            "in.moved": bool(s.cue("moved")),
            "opens": m.mention.start - s.start < _FEW,
            "alone": len(self._starts[s.index]) == 1,
        }

    def _measure_nearness(self, m: ValueMention, event: EventMentions) -> Measures:
        """Where a mention stands to the event."""
        s = m.sentence
        measures: Measures = {
            **self._near.measure_line(s, event),
            **self._near.measure_told(s.index, event),
        }
        nearest, inside = self._near.measure_inside(s, m.mention, event)
        if nearest is None:
            return measures | {"told.other": bool(self._near.mentions(s.index))}
        low = min(nearest.name.end, m.mention.start)
        high = max(nearest.name.start, m.mention.end)
        between = [at for at in self._starts[s.index] if low <= at < high and at != m.mention.start]
        name = nearest.name
        return {
            **measures,
            **inside,
            "in.behind": name.end <= m.mention.start,
            "in.name": name.start <= m.mention.start < name.end,
            "in.next": not between,
        }
