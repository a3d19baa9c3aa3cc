"""Where an event is: town, country and house, chosen among the places of its sentences."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType

from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.candidates.selection import may_doubt
from crawler.parsers.events.candidates.value_choice import judge_values, model_of, with_odds
from crawler.parsers.events.grammar.cue_phrases import CueHit
from crawler.parsers.events.grammar.function_words import ALSO, AND, AS_WELL_AS
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.part_tagger.venue_tagger import VenueTagger
from crawler.parsers.events.trained.joint_model import RoleModels
from crawler.parsers.events.values.country_choice import CountryChoice
from crawler.parsers.events.values.event_rows import behind_each, find_rows
from crawler.parsers.events.values.listed_towns import find_listed_town
from crawler.parsers.events.values.place_mentions import FINER, PlaceMentions
from crawler.parsers.events.values.town_adjectives import TOWNS, TownAdjectives
from crawler.parsers.events.values.town_measures import RuledTown, TownMeasures, TownMention
from crawler.parsers.events.values.unlisted_towns import find_unlisted_town
from crawler.parsers.events.values.venue_choice import VenueChoice
from crawler.parsers.events.values.venues import VenueReader
from indexer.records.document import Mention, Place
from indexer.records.reference import PlaceEntry, Reference

_MIN_RANK = 0.4
_SURE_RANK = 1.8
"""A town that stands with its preposition in the clause of the event."""
_LABELLED = 3.0
"""A town behind a label of places, which says where it is more than the words about it."""
_TRAINED_RANK = 0.5
"""Rank of a town that the trained model chose."""
_OF_ENTRY = 1.0
"""A town in another sentence of the calendar entry of an event."""
_NEW_PLACE = 1.5
"""What speaks for the place that a moved event moves to."""
_RIGHT_BEHIND = 8
"""Characters between a name and the town of its event (in the city of)."""
_POSSESSIVE = frozenset({"'s ", "’s "})
"""Between a country and the word for its capital."""
_OPENING_WORDS = 2
"""Words of a name, an edition before it counted, among which its town stands."""


_DAY_LENGTH = len("2031-05-12")
_JOINED_BEHIND = re.compile(rf"\s(?:{AND}|{AS_WELL_AS}|{ALSO}|&)\s", re.IGNORECASE)
_JOINED_BEFORE = re.compile(rf"{_JOINED_BEHIND.pattern}\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class EventPlace:
    """The place of an event, each value with its evidence."""

    city: FoundValue[str] | None = None
    country: FoundValue[str] | None = None
    venue: FoundValue[str] | None = None
    entry: PlaceEntry | None = None

    def to_record(self) -> Place:
        """The record."""
        entry = self.entry if self.city else None
        return Place(
            self.venue.value if self.venue else None,
            self.city.value if self.city else None,
            self.country.value if self.country else None,
            entry.geonameid if entry else None,
            entry.lat if entry else None,
            entry.lon if entry else None,
        )


class PlaceReader:
    """Chooses places for the events of one page."""

    def __init__(
        self,
        reference: Reference,
        page: AnnotatedPage,
        is_role: Callable[[str], bool],
        adjectives: TownAdjectives,
        models: RoleModels = MappingProxyType({}),
        *,
        venues: VenueTagger | None = None,
    ) -> None:
        self._venues = VenueReader(page, is_role, venues)
        self._mentions = PlaceMentions(reference, page)
        self._model = model_of(models, "towns")
        self._models = models
        self._other_mentions: list[tuple[str, int]] = []
        self._reference = reference
        self._adjectives = adjectives
        self._page = page

    def read(
        self,
        events: Sequence[EventMentions],
        closed: frozenset[int],
        candidates: Sequence[Candidate],
    ) -> Mapping[EventMentions, EventPlace]:
        """Town, country and venue of each event: as the rules read them, and another town where the
        trained model is surer of it. `candidates` are all of the page.
        """
        by_rules = self.read_by_rules(events, closed, candidates)
        housed = by_rules
        if self._page.grammar.is_taught:
            houses = self.venue_choice(by_rules).choose(self._models)
            housed = {event: replace(by_rules[event], venue=houses[event]) for event in by_rules}
        places = self._with_chosen_towns(housed)
        places = {event: self._with_unlisted(event, place) for event, place in places.items()}
        if self._is_labelled_online():
            own = {e: EventPlace(venue=p.venue) for e, p in places.items() if not e.second}
            places = {**places, **own}
        places = {event: _without_titles(place, events) for event, place in places.items()}
        if not self._page.grammar.towns_open_bodies:
            return places
        return {event: _share_town(event, place, places) for event, place in places.items()}

    def with_countries(
        self,
        places: Mapping[EventMentions, EventPlace],
        parties: Mapping[EventMentions, Collection[str]],
    ) -> Mapping[EventMentions, EventPlace]:
        """The places of the events of the page, those without a country with the one that the
        trained model is sure of (`parties`: the countries that took part); of short texts and other
        languages it has learnt nothing.
        """
        if all(place.country for place in places.values()) or not may_doubt(self._page):
            return places
        countries = self.country_choice(places).choose(self._models, parties)
        return {e: replace(p, country=countries.get(e, p.country)) for e, p in places.items()}

    def towns_at(self, sentence: AnnotatedSentence, *, located: bool = True) -> list[Mention]:
        """The towns of a sentence that may be an event's, `located`: behind a preposition."""
        return [
            m
            for m in self._mentions.usable_in(sentence)
            if self._mentions.kind(m) in TOWNS
            and not self._mentions.is_region(m)
            and (not located or self._mentions.is_located(sentence, m))
        ]

    def place_of(self, town: Mention) -> EventPlace:
        """The place of an event that is held in a town again."""
        return self._town((_SURE_RANK, town), [], None, "placing.stop")

    def _with_chosen_towns(
        self, by_rules: dict[EventMentions, EventPlace]
    ) -> dict[EventMentions, EventPlace]:
        """Places with the towns of which the trained model is surer."""
        if self._model is None:
            return by_rules
        places = dict(by_rules)
        for event, judged in judge_values(self.measure_towns(by_rules), self._model).items():
            place, odds, town = by_rules[event], judged.odds_of_rules, judged.other
            if town and not _is_online(event) and event.may_be_told_in(town.sentence):
                ranked, odds = (_TRAINED_RANK, town.mention), judged.odds
                place = self._town(ranked, [], place.venue, "placing.town-trained")
            places[event] = replace(
                place, city=with_odds(place.city, odds), country=with_odds(place.country, odds)
            )
        return places

    def read_by_rules(
        self,
        events: Sequence[EventMentions],
        closed: frozenset[int],
        candidates: Sequence[Candidate],
    ) -> dict[EventMentions, EventPlace]:
        """What the rules say of each event."""
        places = {event: self._read_by_rules(event, closed, candidates) for event in events}
        self._part_towns(places)
        return {event: _share_venue(event, place, places) for event, place in places.items()}

    def _part_towns(self, places: dict[EventMentions, EventPlace]) -> None:
        """Give each event of a row of them the town behind it (a workshop on 3 May in Osh and a
        fair on 9 May in Bishkek).
        """
        for sentence, row in find_rows(self._page, list(places)):
            behind = behind_each(row, self.towns_at(sentence))
            for (before, _), (event, _) in pairwise(row if behind else ()):
                city = places[event].city
                if city and (city.part, city.start) in [(m.part, m.start) for m in behind[before]]:
                    own = (_SURE_RANK, behind[event][0])
                    places[event] = self._town(own, [], places[event].venue)

    def country_choice(self, places: Mapping[EventMentions, EventPlace]) -> CountryChoice:
        """What chooses the countries of events with these places, but of those online."""
        known = {
            event: place.country.value if place.country else None
            for event, place in places.items()
            if place.country or not _is_online(event)
        }
        return CountryChoice(self._page, self._mentions, known)

    def venue_choice(self, by_rules: Mapping[EventMentions, EventPlace]) -> VenueChoice:
        """What chooses the houses of events with these places."""
        ruled = {event: place.venue for event, place in by_rules.items()}
        return VenueChoice(self._page, self._venues, ruled)

    def measure_towns(self, by_rules: Mapping[EventMentions, EventPlace]) -> TownMeasures:
        """What speaks for each town of the page at events with these places."""
        ruled = {event: self._ruled(place) for event, place in by_rules.items()}
        return TownMeasures(self._page, self._mentions, list(by_rules), ruled)

    def _ruled(self, place: EventPlace) -> RuledTown:
        venue, city = place.venue, place.city
        span = (venue.part, venue.start, venue.end) if venue else None
        sentence = city and self._page.sentence_at(city.part, city.start)
        if not city or not sentence:
            return RuledTown(None, span)
        surface = self._page.cut(city.part, city.start, city.end)
        value = place.entry.id if place.entry else city.value
        named = Mention("places", city.part, city.start, city.end, surface, value)
        written = next((m for m in sentence.of("places") if m.start == city.start), named)
        return RuledTown(TownMention(sentence, written, city.value), span)

    def _read_by_rules(
        self, event: EventMentions, closed: frozenset[int], candidates: Sequence[Candidate]
    ) -> EventPlace:
        own = {id(c) for c in event.candidates}
        others = [c for c in candidates if id(c) not in own and not c.is_bare]
        self._other_mentions = sorted((c.sentence.part, c.name.end) for c in others)
        ranked = sorted(self._rank_places(event, closed), key=lambda r: (-r[0], r[1].start))
        least = _SURE_RANK if _is_online(event) else _MIN_RANK
        ranked = [r for r in ranked if r[0] >= least]
        towns = [r for r in ranked if self._mentions.kind(r[1]) in TOWNS | FINER | {"region"}]
        countries = [r for r in ranked if self._mentions.kind(r[1]) == "country"]
        areas = [r for r in towns if self._mentions.is_region(r[1])]
        towns = [r for r in towns if r not in areas]
        told = {c.sentence.index for c in others} if event.second else set()
        venue = self._venues.venue(event, closed | told)
        named = self._capital(event) or self._by_adjective(venue)
        named = named or self._in_house(venue) or self._by_name(event, ranked)
        if named and (not towns or towns[0][0] < _SURE_RANK):
            return self._from_table(named, venue)
        if towns and (not countries or towns[0][0] >= countries[0][0] - 1.5):
            return self._town(towns[0], countries, venue)
        inside = self._inside_venue(venue)
        if inside and (not countries or countries[0][0] < _SURE_RANK):
            return EventPlace(
                None,
                self._evidence(
                    self._mentions.country_code(inside) or "",
                    inside,
                    1.0,
                    "placing.country-of-venue",
                ),
                venue,
            )
        if countries:
            rank, mention = countries[0]
            code = self._mentions.country_code(mention)
            return EventPlace(
                None,
                self._evidence(code, mention, rank, "placing.country") if code else None,
                venue,
            )
        if areas:
            rank, mention = areas[0]
            return EventPlace(
                None,
                self._evidence(
                    self._mentions.country_code(mention) or "",
                    mention,
                    rank,
                    "placing.country-of-region",
                ),
                venue,
            )
        return EventPlace(venue=venue)

    def _with_unlisted(self, event: EventMentions, place: EventPlace) -> EventPlace:
        """With a town that no table has, or that nothing says to be one, where the event has none
        and is not online.
        """
        if place.city or _is_online(event):
            return place
        unlisted = find_unlisted_town(self._page, event)
        listed = find_listed_town(self._page, event, self._reference.towns)
        if unlisted or listed is None:
            return replace(place, city=unlisted)
        sentence, start, end = listed
        name = self._page.cut(sentence.part, start, end)
        country = self._reference.towns[name].country
        elsewhere = place.country and place.country.value != country
        mention = Mention("places", sentence.part, start, end, name, name)
        if elsewhere or self._mentions.tells_hour(mention):
            return place
        city = FoundValue(name, sentence.part, start, end, "placing.listed-town", 0.6)
        if place.country or country is None:
            return replace(place, city=city)
        return replace(place, city=city, country=replace(city, value=country))

    def _is_labelled_online(self) -> bool:
        """Whether what is told behind the labels of places is no town, but that it is online, and
        not in a house besides (Alte Börse und online): the towns of the text are what it is about.
        """
        told = [s for s in self._page.sentences if self._page.labelled(s, "venue_labels") > 0]
        is_online = any(self._is_alone(cue, s) for s in told for cue in s.cue("online"))
        return is_online and not any(s.of("places") for s in told)

    def _is_alone(self, online: CueHit, s: AnnotatedSentence) -> bool:
        """Whether nothing is joined to the word that says that something is online."""
        text = self._page.masked[s.part]
        before = _JOINED_BEFORE.search(text, s.start, online.start)
        return not (before or _JOINED_BEHIND.match(text, online.end, s.end))

    def _inside_venue(self, venue: FoundValue[str] | None) -> Mention | None:
        """The country in the name of the house (Außenministerium der Republik Kasachstan)."""
        if venue is None:
            return None
        return next(
            (
                m
                for s in self._page.sentences
                if s.part == venue.part
                for m in s.of("countries")
                if venue.start <= m.start and m.end <= venue.end
            ),
            None,
        )

    def _town(
        self,
        town: tuple[float, Mention],
        countries: list[tuple[float, Mention]],
        venue: FoundValue[str] | None,
        rule: str = "placing.town",
    ) -> EventPlace:
        rank, mention = town
        entry = self._mentions.entry(str(mention.value))
        city = self._evidence(self._mentions.town_name(mention), mention, rank, rule)
        code = entry.country if entry else None
        written = next((m for _, m in countries if self._mentions.country_code(m) == code), None)
        country = None
        if code and written:
            country = self._evidence(code, written, rank, "placing.country")
        elif code:
            country = FoundValue(
                code,
                mention.part,
                mention.start,
                mention.end,
                "placing.country-of-town",
                city.confidence,
                inferred=True,
            )
        return EventPlace(city, country, venue, entry)

    def _from_table(
        self, named: tuple[PlaceEntry, FoundValue[str]], venue: FoundValue[str] | None
    ) -> EventPlace:
        entry, span = named
        city = FoundValue(entry.names["en"][0], span.part, span.start, span.end, span.rule, 0.75)
        country = None
        if entry.country:
            country = FoundValue(
                entry.country, span.part, span.start, span.end, span.rule, 0.75, inferred=True
            )
        return EventPlace(city, country, venue, entry)

    def _capital(self, event: EventMentions) -> tuple[PlaceEntry, FoundValue[str]] | None:
        """The town of "in the capital of Uzbekistan", "in der tadschikischen Hauptstadt", "in
        Kazakhstan's capital".
        """
        for c in sorted(event.candidates, key=lambda c: -c.score):
            masked = self._page.masked[c.sentence.part]
            for cue in c.sentence.cue("capital"):
                for m in c.sentence.of("countries", "nationalities"):
                    behind = m.field == "countries" and 0 <= m.start - cue.end <= 8
                    before = m.field == "nationalities" and 0 <= cue.start - m.end <= 4
                    before = before or masked[m.end : cue.start] in _POSSESSIVE
                    entry = _capitals(self._reference).get(self._mentions.country_code(m))
                    if entry and (behind or before):
                        start, end = min(m.start, cue.start), max(m.end, cue.end)
                        return entry, FoundValue("", m.part, start, end, "placing.capital")
        return None

    def _by_adjective(
        self, venue: FoundValue[str] | None
    ) -> tuple[PlaceEntry, FoundValue[str]] | None:
        """The town in the adjective of a house: Berliner Haus der Wirtschaft."""
        if venue is None:
            return None
        word = venue.value.split()[0]
        entry = self._adjectives.town(word)
        if entry is None:
            return None
        end = venue.start + len(word)
        return entry, FoundValue("", venue.part, venue.start, end, "placing.town-adjective")

    def _in_house(self, venue: FoundValue[str] | None) -> tuple[PlaceEntry, FoundValue[str]] | None:
        """The town in the name of a house (Las Vegas Convention Center), but of no hotel's."""
        if venue is None or self._page.vocabulary.inns & set(venue.value.casefold().split()):
            return None
        for s in self._page.sentences:
            for m in s.of("places") if s.part == venue.part else ():
                entry = self._mentions.entry(str(m.value))
                if entry and entry.kind in TOWNS and venue.start <= m.start and m.end <= venue.end:
                    span = FoundValue("", m.part, m.start, m.end, "placing.town-of-house")
                    return entry, span
        return None

    def _by_name(
        self, event: EventMentions, ranked: Sequence[tuple[float, Mention]]
    ) -> tuple[PlaceEntry, FoundValue[str]] | None:
        """The town in the adjective that opens an event's name, where the text has no other."""
        if any(r >= _SURE_RANK or m.field != "countries" for r, m in ranked):
            return None
        for c in event.candidates:
            masked = self._page.masked[c.sentence.part]
            words = self._page.vocabulary.words(masked[c.name.start : c.head[0]])
            for word in words[:_OPENING_WORDS]:
                entry = self._adjectives.town(word.group())
                if entry:
                    start = c.name.start + word.start()
                    end = start + len(word.group())
                    return entry, FoundValue(
                        "", c.sentence.part, start, end, "placing.town-in-name"
                    )
        return None

    def _evidence(self, value: str, m: Mention, rank: float, rule: str) -> FoundValue[str]:
        return FoundValue(
            value, m.part, m.start, m.end, rule, round(min(0.97, 0.55 + 0.1 * rank), 2)
        )

    def _rank_places(
        self, event: EventMentions, closed: frozenset[int]
    ) -> Iterator[tuple[float, Mention]]:
        """Places with their rank; a journey takes its stations in the order of the text."""
        journey = event.is_journey
        for c in event.candidates:
            if journey and not c.is_journey:
                continue
            for m in self._mentions.usable_in(c.sentence):
                gap = min(abs(m.start - c.name.end), abs(c.name.start - m.end), 150) / 150
                rank = (2.0 if c.covers(m.start) else 1.0) + 0.1 * min(c.score, 4)
                rank -= 0.001 * m.start if journey else gap
                rank += _NEW_PLACE if _is_new_place(c.sentence, m) else 0.0
                yield rank + self._bonus(c.sentence, m), m
            yield from self._town_of_dateline(c)
        if not event.second or event.entry:
            yield from self._rank_other_sentences(event, closed)

    def _town_of_dateline(self, candidate: Candidate) -> Iterator[tuple[float, Mention]]:
        """The town of the dateline, where the sentence says that it is here."""
        s = candidate.sentence
        words = self._page.masked[s.part][max(s.start, s.dateline_end) : s.end].split()
        if s.dateline_end > 0 and any(w in self._page.vocabulary.here for w in words):
            yield from ((2.4, m) for m in s.of("places") if m.start < s.dateline_end)

    def _rank_other_sentences(
        self, event: EventMentions, closed: frozenset[int]
    ) -> Iterator[tuple[float, Mention]]:
        """Places of the other sentences that are open to the page's own event."""
        journey = event.is_journey
        own = event.sentences()
        for s in self._page.sentences:
            if (s.index in own and not journey) or s.index in closed or s.zone == "contact":
                continue
            if not event.may_be_told_in(s) or (event.second and s.entry is not event.entry):
                continue
            base = self._weight(s, min(abs(s.index - i) for i in own))
            base += _OF_ENTRY if s.entry and s.entry is event.entry else 0.0
            if journey and s.cue("first_stop"):
                base += 1.6
            if journey and s.cue("travel"):
                base += 0.8
            for m in self._mentions.usable_in(s):
                if not self._is_of_other_event(m):
                    yield base + self._bonus(s, m) - 0.0005 * m.start, m

    def _weight(self, sentence: AnnotatedSentence, distance: int) -> float:
        """What a sentence is worth for the place: a label, the headline, nearness, a verb."""
        worth = 0.4 if sentence.cue("takes_place", "will_take_place") else 0.0
        if self._page.labelled(sentence, "venue_labels") > 0:
            worth += _LABELLED
        if sentence.zone == "headline":
            return worth + 0.9
        if distance == 1:
            return worth + 0.7
        return worth + (0.3 if distance <= 3 or sentence.index <= 3 else -0.5)

    def _is_of_other_event(self, mention: Mention) -> bool:
        """Right behind the head of what is no mention of this event (the convention in Oslo)."""
        # Thousands of each in one text: the first that may be near is looked up.
        nearest = bisect_left(self._other_mentions, (mention.part, mention.start - _RIGHT_BEHIND))
        beside = self._other_mentions[nearest : nearest + 1]
        return bool(beside) and beside[0] <= (mention.part, mention.start)

    def _bonus(self, sentence: AnnotatedSentence, mention: Mention) -> float:
        """After in, nach, в it is where; a country without one of these is a party or a topic."""
        located = self._mentions.is_located(sentence, mention) or self._mentions.is_of_line(mention)
        kind = self._mentions.kind(mention)
        if kind == "country":
            return 0.2 if located else -1.6
        return (1.0 if located else -0.3) - (0.8 if kind == "region" else 0.0)


def _without_titles(place: EventPlace, events: Sequence[EventMentions]) -> EventPlace:
    """Without a house that is the title of an event in a line of its own (Law in the quarry)."""
    venue = place.venue
    titles = (c for event in events for c in event.candidates if c.titles_line)
    if venue is None or not any(
        venue.part == c.sentence.part and venue.overlaps(c.name.start, c.name.end) for c in titles
    ):
        return place
    return replace(place, venue=None)


def _is_new_place(sentence: AnnotatedSentence, mention: Mention) -> bool:
    """Behind the verb that tells when a moved event takes place (… moved and now held in Oslo)."""
    moved = [cue.start for cue in sentence.cue("moved")]
    held = [
        k.start for k in sentence.cue("will_take_place", "takes_place") if k.start < mention.start
    ]
    return bool(moved) and any(at > moved[0] for at in held)


def _share_venue(
    event: EventMentions, place: EventPlace, places: Mapping[EventMentions, EventPlace]
) -> EventPlace:
    """With the house of the event told before, where the text says that it is the same one."""
    said = next((cue for c in event.candidates for cue in c.sentence.cue("same_venue")), None)
    if place.venue or said is None:
        return place
    part = event.best.sentence.part
    told = [
        (other.venue.start, other)
        for other in places.values()
        if other.venue and other.venue.part == part and other.venue.end <= said.start
    ]
    if not told:
        return place
    _, before = max(told, key=lambda one: one[0])
    venue = before.venue and replace(
        before.venue, start=said.start, end=said.end, rule="placing.same-venue", inferred=True
    )
    return replace(before if place.city is None else place, venue=venue)


def _share_town(
    event: EventMentions, place: EventPlace, places: Mapping[EventMentions, EventPlace]
) -> EventPlace:
    """With the town of another event within whose days it is held, where it has none of its own."""
    own = event.dates[0].first if event.dates else ""
    if place.city or len(own) < _DAY_LENGTH or _is_online(event):
        return place
    for other, there in places.items():
        within = any(d.first <= own <= (d.last or d.first) for d in other.dates if d.is_day)
        if other is not event and there.city and within:
            city, country = (
                value and replace(value, rule="placing.within", inferred=True)
                for value in (there.city, there.country)
            )
            return replace(there, city=city, country=country, venue=place.venue)
    return place


def _is_online(event: EventMentions) -> bool:
    return any(c.sentence.cue("online") for c in event.candidates)


@lru_cache(maxsize=4)
def _capitals(reference: Reference) -> Mapping[str | None, PlaceEntry]:
    """Country → its capital."""
    return {p.country: p for p in reference.places.values() if p.kind == "capital"}
