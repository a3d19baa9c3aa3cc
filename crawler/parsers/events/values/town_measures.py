"""What speaks for a town being that of an event, as numbers: what the trained choice reads.

Measures are of structure: how the page names the town (behind a preposition, in the headline, in
the dateline, inside the name of a body), where its mentions stand to those of the event and of the
page's other events, and what the rules say. Of several mentions of a town the best value counts.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from crawler.parsers.events.candidates.choice_measures import RULED, strongest
from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.candidates.event_nearness import EventNearness, Measures
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.values.place_mentions import FINER, PlaceMentions
from crawler.parsers.events.values.town_adjectives import TOWNS
from indexer.records.document import Mention

_FEW = 4
_LINE = 70
"""Characters of a sentence that is hardly more than a line."""
_MOST_TOWNS = 60
"""Mentions of towns of a page that are judged: more stand in directories only."""
_BESIDE = 4
"""Characters between a town and the house that stands right before it."""
_ALONE = frozenset("./")
"""What stands behind a town that is no part of a sentence."""
_NAMES = ("organisations", "strategies", "programmes")


@dataclass(frozen=True, slots=True)
class TownMention:
    """A town in its sentence."""

    sentence: AnnotatedSentence
    mention: Mention
    town: str
    """Its name, by which its mentions are known as one."""


@dataclass(frozen=True, slots=True)
class RuledTown:
    """The town that rules give an event, and where they read the house."""

    mention: TownMention | None
    venue: tuple[str, int, int] | None


def find_towns(page: AnnotatedPage, places: PlaceMentions) -> list[TownMention]:
    """The towns of a page in its order. Those of contact blocks, those that persons, regions or
    hours are called by, and parts of longer names are none.
    """
    return [
        TownMention(sentence, mention, places.town_name(mention))
        for sentence in page.sentences
        if sentence.zone != "contact"
        for mention in sentence.of("places")
        if places.kind(mention) in TOWNS | FINER
        and not places.is_region(mention)
        and not places.opens_compound(mention)
        and not places.tells_hour(mention)
        and not any(p.start <= mention.start < p.end for p in sentence.of("persons"))
    ][:_MOST_TOWNS]


def _is_dateline(page: AnnotatedPage, sentence: AnnotatedSentence, mention: Mention) -> bool:
    """Where a page was written: in the dateline, or alone before the text (Bonn/Jena. Heute …)."""
    masked = page.masked[mention.part]
    opens = mention.start == sentence.start or masked[mention.start - 1] == "/"
    alone = opens and masked[mention.end : mention.end + 1] in _ALONE
    return mention.start < sentence.dateline_end or alone


def _nearness(measures: Measures) -> float:
    near = measures.get("in.near", 0.0) + measures.get("told.near", 0.0)
    return near + 0.5 * measures["located"]


class TownMeasures:
    """Measures the towns of a page at its events, the first of which is the page's own.

    `ruled`: what the rules say of each event.
    """

    def __init__(
        self,
        page: AnnotatedPage,
        places: PlaceMentions,
        events: Sequence[EventMentions],
        ruled: Mapping[EventMentions, RuledTown],
    ) -> None:
        self._page, self._places = page, places
        self._near = EventNearness(events)
        self._ruled = ruled
        found = find_towns(page, places)
        known = {(t.mention.part, t.mention.start) for t in found}
        inferred = {
            (r.mention.mention.part, r.mention.mention.start): r.mention
            for r in ruled.values()
            if r.mention
        }
        self._towns: dict[str, list[TownMention]] = defaultdict(list)
        for town in (*found, *(t for place, t in inferred.items() if place not in known)):
            self._towns[town.town].append(town)

    def measure(self) -> Iterator[tuple[EventMentions, TownMention, Mapping[str, float]]]:
        """The measures of each town at each event, with the mention that speaks most for it; one
        that is 0 is left out.
        """
        around = {
            (t.mention.part, t.mention.start): self._measure_mention(t)
            for mentions in self._towns.values()
            for t in mentions
        }
        for event in self._near.events:
            of_event = self._measure_event(event)
            for town, mentions in self._towns.items():
                told = [
                    (
                        t,
                        {
                            **around[t.mention.part, t.mention.start],
                            **self._measure_nearness(t, event),
                        },
                    )
                    for t in mentions
                ]
                nearest, best = strongest(told, _nearness)
                measures = {**of_event, **best, **self._measure_town(town, event)}
                yield event, nearest, {n: float(v) for n, v in measures.items() if v}

    def _measure_event(self, event: EventMentions) -> Measures:
        ruled = self._ruled[event]
        return {
            "bias": 1.0,
            **self._near.measure_event(event),
            "event.ruled": ruled.mention is not None,
            "event.venue": ruled.venue is not None,
            "event.town": any(c.sentence.of("places") for c in event.candidates),
            "events": math.log(len(self._near.events)),
        }

    def _measure_town(self, town: str, event: EventMentions) -> Measures:
        """What is said of a town, all its mentions together."""
        mentions = self._towns[town]
        kind = self._places.kind(mentions[0].mention)
        ruled = {e: r.mention.town for e, r in self._ruled.items() if r.mention and e is not event}
        own = self._ruled[event].mention
        return {
            f"town.{kind}": 1.0,
            "town.only": len(self._towns) == 1,
            "town.number": math.log(len(self._towns)),
            "town.mentions": math.log(len(mentions)),
            "town.first": town == next(iter(self._towns)),
            "town.most": len(mentions) == max(map(len, self._towns.values())),
            RULED: own is not None and own.town == town,
            "ruled.other": own is not None and own.town != town,
            "ruled.main": ruled.get(self._near.events[0]) == town,
            "ruled.elsewhere": town in ruled.values(),
        }

    def _measure_mention(self, town: TownMention) -> Measures:
        """How a mention names its town."""
        s, m = town.sentence, town.mention
        located = self._places.is_located(s, m)
        behind = self._page.masked[m.part][m.end : m.end + 1]
        verb = bool(s.cue("takes_place", "will_take_place"))
        return {
            "dateline": _is_dateline(self._page, s, m),
            "located": located,
            "located.verb": located and verb,
            "usable": m in self._places.usable_in(s),
            "in.headline": s.zone == "headline",
            "in.list": s.zone == "list",
            "in.line": s.end - s.start < _LINE,
            "in.opening": s.index <= 2,
            "in.body": any(o.start <= m.start and m.end <= o.end for o in s.of(*_NAMES)),
            "in.day": any(d.is_day for d in s.dates),
            "in.verb": verb,
            "in.labelled": self._page.labelled(s, "venue_labels") > 0,
            "origin": self._places.is_origin(s, m),
            "opens": m.start - s.start < _FEW,
            "comma": behind == ",",
            "bracket": behind == ")",
            "alone": len(s.of("places")) == 1,
        }

    def _measure_nearness(self, town: TownMention, event: EventMentions) -> Measures:
        """Where a mention stands to the event."""
        s, m = town.sentence, town.mention
        venue = self._ruled[event].venue
        measures: Measures = {
            **self._near.measure_line(s, event),
            "venue.inside": venue is not None
            and (m.part, True) == (venue[0], venue[1] <= m.start < venue[2]),
            "venue.beside": venue is not None
            and (m.part, True) == (venue[0], 0 <= m.start - venue[2] <= _BESIDE + len(m.surface)),
            **self._near.measure_told(s.index, event),
        }
        nearest, inside = self._near.measure_inside(s, m, event)
        if nearest is None:
            return measures | {"told.other": bool(self._near.mentions(s.index))}
        between = [
            o
            for o in s.of("places")
            if o is not m
            and min(nearest.name.end, m.start) <= o.start < max(nearest.name.start, m.end)
        ]
        return {
            **measures,
            **inside,
            "in.behind": nearest.name.end <= m.start,
            "in.name": any(
                c.name.start <= m.start < c.name.end
                for c, e in self._near.mentions(s.index)
                if e is event
            ),
            "in.next": not between,
            "in.same.located": self._places.is_located(s, m),
        }
