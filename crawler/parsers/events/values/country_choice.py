"""In which country an event is whose place says none, as a trained model chooses: among those of
the towns, countries and peoples that the page names, of its other events, and of those who write in
its language.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType

from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.candidates.event_nearness import EventNearness, Measures
from crawler.parsers.events.candidates.value_choice import Odds, model_of
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.trained.joint_model import RoleModels
from crawler.parsers.events.values.place_mentions import PlaceMentions
from indexer.records.document import Mention

STAGE = "event_countries"
_RULE, _CONFIDENCE = "placing.country-trained", 0.6
_MOST_MENTIONS = 200
"""Places of a page that are looked at: more stand in directories only."""
_SEVERAL = 2
_KINDS = ("town", "country", "people")
NO_PARTIES: Mapping[EventMentions, Collection[str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class _Named:
    """A mention that says a country: by itself, as that of a town, or as that of a people."""

    kind: str
    code: str
    sentence: AnnotatedSentence
    mention: Mention


class CountryChoice:
    """Measures the countries of a page at its events without one, and chooses among them; `known`:
    the country of each event, where it has one.
    """

    def __init__(
        self,
        page: AnnotatedPage,
        mentions: PlaceMentions,
        known: Mapping[EventMentions, str | None],
    ) -> None:
        self._page = page
        self._known = known
        self._near = EventNearness(list(known))
        self._named = list(islice(_find_named(page, mentions), _MOST_MENTIONS))
        self._counts = {kind: Counter[str]() for kind in _KINDS}
        self._by_code: dict[str, list[_Named]] = defaultdict(list)
        for one in self._named:
            self._counts[one.kind][one.code] += 1
            self._by_code[one.code].append(one)
        self._home = frozenset(page.vocabulary.phrases("home_countries"))

    def choose(
        self, models: RoleModels, parties: Mapping[EventMentions, Collection[str]] = NO_PARTIES
    ) -> Mapping[EventMentions, FoundValue[str]]:
        """The country of each event that has none, where the model is sure of one. Which of several
        `parties` of an event it was held in, nothing tells.
        """
        model = model_of(models, STAGE)
        if model is None or all(self._known.values()):
            return {}
        every = list(self.measure())
        odds = model.log_odds([measures for _, _, measures in every])
        by_event: dict[EventMentions, list[tuple[float, str]]] = defaultdict(list)
        for (event, code, _), of_one in zip(every, odds, strict=True):
            met = parties.get(event, ())
            if len(met) < _SEVERAL or code not in met:
                by_event[event].append((of_one - model.threshold, code))
        chosen = {}
        for event, judged in by_event.items():
            (above, code), *others = sorted(judged, reverse=True)
            if above > 0:
                lead = above - others[0][0] if others else above
                chosen[event] = Odds(above, lead).of(self._evidence(event, code))
        return chosen

    def measure(self) -> Iterator[tuple[EventMentions, str, Mapping[str, float]]]:
        """What speaks for each country at each event without one; a measure of 0 is left out."""
        codes = {*self._by_code, *(c for c in self._known.values() if c), *self._home}
        for event in self._near.events:
            if self._known[event]:
                continue
            about = self._measure_event(event)
            for code in sorted(codes):
                measures = {**about, **self._measure_code(code), **self._measure_at(event, code)}
                yield event, code, {name: float(value) for name, value in measures.items() if value}

    def _measure_event(self, event: EventMentions) -> Measures:
        others = [code for e, code in self._known.items() if e is not event]
        return {
            "bias": 1.0,
            **self._near.measure_event(event),
            f"lang.{self._page.vocabulary.lang}": 1.0,
            "others": math.log(1 + len(others)),
            "others.known": sum(map(bool, others)) / max(1, len(others)),
            **{f"page.{kind}": math.log(1 + c.total()) for kind, c in self._counts.items()},
            **{f"page.{kind}s": math.log(1 + len(c)) for kind, c in self._counts.items()},
        }

    def _measure_code(self, code: str) -> Measures:
        """How much the page says of a country."""
        shares = {
            f"share.{kind}": counts[code] / counts.total()
            for kind, counts in self._counts.items()
            if counts
        }
        every = sum(counts[code] for counts in self._counts.values())
        named = self._by_code[code]
        return {
            **shares,
            "share": every / max(1, len(self._named)),
            "most": bool(every) and every == max(map(len, self._by_code.values())),
            "home": code in self._home,
            "headline": any(n.sentence.zone == "headline" for n in named),
            "opening": any(n.sentence.index <= 2 for n in named),
            "dateline": any(n.mention.start < n.sentence.dateline_end for n in named),
            "contact": any(n.sentence.zone == "contact" for n in named),
        }

    def _measure_at(self, event: EventMentions, code: str) -> Measures:
        """Where a country stands to an event, and which of the others are there."""
        told = self._near.sentences(event)
        others = [c for e, c in self._known.items() if e is not event and c]
        main = self._known[self._near.events[0]]
        measures: Measures = {
            "others.here": sum(c == code for c in others) / max(1, len(others)),
            "others.elsewhere": bool(others) and code not in others,
            "main.here": main == code,
        }
        for named in self._by_code[code]:
            distance = min(abs(named.sentence.index - index) for index in told)
            near = f"near.{named.kind}"
            measures[near] = max(measures.get(near, 0.0), 1 / (1 + distance))
            _, inside = self._near.measure_inside(named.sentence, named.mention, event)
            for name, value in inside.items():
                at = f"{name}.{named.kind}"
                measures[at] = max(measures.get(at, 0.0), float(value))
            in_name = any(
                c.sentence.part == named.mention.part
                and c.name.start <= named.mention.start < c.name.end
                for c in event.candidates
            )
            if in_name:
                measures[f"name.{named.kind}"] = 1.0
        return measures

    def _evidence(self, event: EventMentions, code: str) -> FoundValue[str]:
        """A country where the page names it nearest to an event, or at the name of the event."""
        told = self._near.sentences(event)
        nearest = min(
            self._by_code[code],
            key=lambda n: min(abs(n.sentence.index - index) for index in told),
            default=None,
        )
        c = event.best
        part, start, end = c.sentence.part, c.name.start, c.name.end
        if nearest:
            m = nearest.mention
            part, start, end = m.part, m.start, m.end
        return FoundValue(code, part, start, end, _RULE, _CONFIDENCE, inferred=True)


def _find_named(page: AnnotatedPage, mentions: PlaceMentions) -> Iterator[_Named]:
    kinds = {"places": "town", "countries": "country", "nationalities": "people"}
    for sentence in page.sentences:
        for mention in sentence.of(*kinds):
            code = mentions.country_code(mention)
            if code:
                yield _Named(kinds[mention.field], code, sentence, mention)
