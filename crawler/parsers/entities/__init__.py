"""Entities in a text: places, countries, commodities, organisations, strategies, persons, contacts.

Tables come first (one pass of an automaton), patterns and persons after them, what a trained tagger
finds besides comes last; where readings of one place in the text exclude each other, they are set
against each other here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from crawler.parsers.entities.ambiguity import Ambiguity
from crawler.parsers.entities.cluster_sense import ClusterSense
from crawler.parsers.entities.commodities import CommodityFinder
from crawler.parsers.entities.contacts import ContactFinder
from crawler.parsers.entities.grammar import grammar_of
from crawler.parsers.entities.grammar.noun_genders import NounGenders
from crawler.parsers.entities.lexicon.tables import (
    COUNTRIES,
    ORGANISATIONS,
    PLACES,
    PROGRAMMES,
    STRATEGIES,
    Tables,
)
from crawler.parsers.entities.organisations import OrganisationFinder
from crawler.parsers.entities.persons import PersonFinder
from crawler.parsers.entities.regions import Regions
from crawler.parsers.entities.spans import EntityMatch, Spans, drop_overlapping
from crawler.parsers.entities.strategies import StrategyFinder
from crawler.parsers.entities.table_names import NameFinder
from crawler.parsers.entities.tagger import TaggedBodies
from crawler.parsers.entities.towns import TownFinder
from indexer.records.document import Contact, Mention, Part
from indexer.records.reference import Reference

_VAGUE_COMMODITIES = frozenset({"solid-minerals"})
_SURE_PERSON = 0.85
_NO_GENDERS = NounGenders({})
_CALLED_ALONE = frozenset({ORGANISATIONS, STRATEGIES, PROGRAMMES})
_FEWEST_WORDS = 2
"""What is left of a body's name before a person's is a name from so many words on."""


class EntityReader:
    """Reads the entities of a text; built once per process, used for every page.

    Lexicons are made on first use (about half a second for all tables and languages).
    """

    def __init__(self, reference: Reference) -> None:
        languages = reference.languages
        tables, ambiguity = Tables(reference), Ambiguity(languages)
        self._clusters = ClusterSense(languages)
        self._names = NameFinder(tables, ambiguity, languages)
        self._places, self._regions = reference.places, Regions(languages)
        self._town_table = reference.towns
        self._persons = PersonFinder(languages)
        self._towns = TownFinder(reference.towns, languages, self._persons.may_be_surname)
        self._commodities = CommodityFinder(tables, ambiguity, languages)
        self._organisations = OrganisationFinder(languages)
        self._strategies = StrategyFinder(languages, self._clusters)
        self._tagged = TaggedBodies(languages)
        self._genders = {
            lang: NounGenders(words.get("cues", {}).get("genders", {}))
            for lang, words in languages.items()
        }
        self._contacts = ContactFinder(languages, reference.email_disguises, self._persons)

    def find(self, part: Part, text: str, lang: str | None) -> list[Mention]:
        """Mentions sorted by start; those of one field never overlap.

        Fields: countries and nationalities (value: ISO code), places, commodities (value: id),
        organisations, strategies, programmes (value: id, or the name where no table knows it, that
        of a body in the nominative),
        persons (value: the name in the nominative). `lang` is ISO 639-1; None lets the letters and
        words of the text decide.
        """
        found = self._tagged.find(text, lang, self.find_by_rules(text, lang))
        found = self._strategies.drop_in_bodies(found, text)
        ordered = sorted(found, key=lambda f: (f.start, f.end, f.field))
        return [self._alone(f, text, lang).mention(part, text) for f in ordered]

    def _alone(self, match: EntityMatch, text: str, lang: str | None) -> EntityMatch:
        """A body or strategy that no table knows, called as one writes its name alone."""
        name = text[match.start : match.end]
        if match.field not in _CALLED_ALONE or match.value != name:
            return match
        genders = self._genders.get(lang or "", _NO_GENDERS)
        return replace(match, value=grammar_of(lang).alone(name, genders))

    def find_by_rules(self, text: str, lang: str | None) -> list[EntityMatch]:
        """What tables and patterns find, in no order; the tagger is trained on it."""
        known = [n for n in self._names.find(text, lang) if not self._elsewhere(n, text)]
        listed = [self._towns.whole(name, text) for name in known]
        names = Spans([*listed, *self._towns.find(text, listed, lang)])
        bodies = self._organisations.find(text, names, lang)
        persons = self._persons.find(text, names, bodies, lang=lang)
        sure = Spans(p for p in persons if p.confidence >= _SURE_PERSON)
        names = Spans(n for n in names if not _is_part_of_person(n, sure))
        organisations = [b for o in bodies if (b := _cut_before_person(o, text, sure)) is not None]
        strategies = drop_overlapping(self._strategies.find(text, names, lang), sure)
        commodities = self._commodities.find(text, lang)
        return [
            *(n for n in names if n.field not in (ORGANISATIONS, STRATEGIES, PROGRAMMES)),
            *drop_overlapping(organisations, sure),
            *strategies,
            *_select_commodities(commodities, text, names, sure, strategies),
            *_select_persons(persons, [*organisations, *strategies]),
        ]

    def _elsewhere(self, name: EntityMatch, text: str) -> bool:
        """Whether it is another town of that name: its state follows (Paris, Texas)."""
        if name.field != PLACES:
            return False
        country = self._places[name.value].country
        return self._regions.is_elsewhere(text, name.end, country)

    def is_namesake(self, place: Mention, text: str) -> bool:
        """Whether another part of its page says that a place is a town of that name elsewhere: the
        headline says Moscow, the text Moscow, Idaho.
        """
        entry = self._places.get(str(place.value)) or self._town_table.get(str(place.value))
        if place.field != PLACES or entry is None or place.surface not in text:
            return False
        name = re.escape(place.surface)  # first, as a search for plain letters is quick
        written = re.compile(rf"{name}(?<!\w{name})(?=,[ ]|[ ]\()")
        key, surface = str(place.value), place.surface
        return any(
            self._regions.is_elsewhere(text, found.end(), entry.country)
            or self._towns.has_another_river(key, surface, text, found.end())
            for found in written.finditer(text)
        )

    def contacts(
        self, part: Part, text: str, lang: str | None, country: str | None
    ) -> tuple[list[Contact], list[Mention]]:
        """Contacts of a text, with mentions of `contacts[i].name|role|phone|fax|email`.

        `country` (ISO code) is that of the page: numbers without country code are dialled from
        there.
        """
        return self._contacts.find(part, text, lambda t: self._names.find(t, lang), lang, country)

    def economic_cluster(self, text: str, start: int, end: int, lang: str | None) -> bool:
        """Whether the word "cluster" at this place is meant economically."""
        return self._clusters.economic_cluster(text, start, end, lang)


def _cut_before_person(body: EntityMatch, text: str, persons: Spans) -> EntityMatch | None:
    """A body's name cut where a person's begins (президент общества | А Б); None for no rest."""
    near = persons.touching(body.start, body.end)
    first = min((p.start for p in near if p.overlaps(body.start, body.end)), default=None)
    if first is None:
        return body
    end = body.start + len(text[body.start : max(first, body.start)].rstrip(' ,«„("-–'))
    if len(text[body.start : end].split()) < _FEWEST_WORDS:
        return None
    return EntityMatch(
        body.field, body.start, end, text[body.start : end], body.confidence, body.rule
    )


def _is_part_of_person(name: EntityMatch, persons: Spans) -> bool:
    near = persons.touching(name.start, name.end)
    return any(name.overlaps(p.start, p.end) for p in near)


def _select_commodities(
    commodities: Iterable[EntityMatch],
    text: str,
    names: Sequence[EntityMatch],
    persons: Sequence[EntityMatch],
    strategies: Sequence[EntityMatch],
) -> Iterable[EntityMatch]:
    """Commodities that are no country (Германии), no person (Stahl), no minerals as such in a
    title.
    """
    proper = Spans(n for n in names if n.field in (COUNTRIES, PLACES))
    plans = Spans(strategies)
    for one in drop_overlapping(commodities, persons):
        span = (one.start, one.end)
        same = any(n.start <= one.start and one.end <= n.end for n in proper.touching(*span))
        if same and text[one.start].isupper():
            continue
        titled = one.value in _VAGUE_COMMODITIES and any(
            one.inside(s) for s in plans.touching(*span)
        )
        if not titled:
            yield one


def _select_persons(
    persons: Iterable[EntityMatch], others: Sequence[EntityMatch]
) -> list[EntityMatch]:
    """Persons that are no part of a body's or a strategy's name."""
    spans = Spans(others)
    return [
        p
        for p in persons
        if not any(
            p.inside(o) or (p.start, p.end) == (o.start, o.end)
            for o in spans.touching(p.start, p.end)
        )
    ]


__all__ = ["EntityReader"]
