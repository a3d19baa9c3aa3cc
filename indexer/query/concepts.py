"""Concepts (commodities, countries, places, organisations, strategies) by their labels.

Words of a query are compared with the labels of all languages, folded and stemmed, so that
inflected words match, too. In turn, texts are searched for a concept by its labels.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import chain

from indexer.query.compiled import TokenSequence
from indexer.query.name_words import NameWords
from indexer.records.reference import NATIVE, PlaceEntry, Reference
from indexer.text import compounds
from indexer.text.analysis import stem_tokens
from indexer.text.compounds import part_stem
from indexer.text.folding import surfaces_of, umlauts_read
from indexer.text.stemming import is_cyrillic, languages_of

LONGEST_ACRONYM = 3
"""Letters of an acronym that folding turns into an ordinary word: SEE, US. Longer ones (EITI) are
safe.
"""

PROPER_NAMES = frozenset({"country", "place", "organisation"})


@dataclass(frozen=True, slots=True)
class Concept:
    """An entry of a reference table."""

    field: str
    """country, place, commodity, organisation or strategy."""
    id: str
    name: str
    """English, else the first one."""


@dataclass(frozen=True, slots=True)
class Label:
    """A name of a concept in one language (None: in any)."""

    concept: Concept
    text: str
    lang: str | None
    surfaces: tuple[str, ...]
    ambiguous: bool
    """Also an ordinary word: texts are not searched for it, and it matches only as spelled."""

    @property
    def acronym(self) -> bool:
        """Short and all capitals: it matches only in capitals."""
        return self.text.isupper() and len(self.text) <= LONGEST_ACRONYM


@dataclass
class _Tables:
    labels: dict[Concept, list[Label]] = field(default_factory=dict)
    by_surface: dict[tuple[str, ...], tuple[Label, ...]] = field(default_factory=dict)
    by_stem: dict[tuple[str, ...], tuple[Label, ...]] = field(default_factory=dict)


class Concepts:
    """All concepts of the reference tables."""

    def __init__(self, reference: Reference) -> None:
        ambiguous = {
            (lang, surfaces_of(label))
            for lang, words in reference.languages.items()
            for label in words.get("search", {}).get("ambiguous_labels", ())
        }
        self._people_endings = {
            lang: tuple(words.get("search", {}).get("people_endings", ()))
            for lang, words in reference.languages.items()
        }
        self._tables = _Tables()
        for concept, lang, text in _all_labels(reference):
            surfaces = surfaces_of(text)
            if surfaces:
                label = Label(concept, text, lang, surfaces, (lang, surfaces) in ambiguous)
                self._add(label)
        self._places, self._towns = reference.places, reference.towns
        self._reference = reference
        self.longest = max((len(key) for key in self._tables.by_surface), default=0)
        self._by_id = {(c.field, c.id.casefold()): c for c in self._tables.labels}
        self._values: dict[str, dict[str, str]] = {}
        for concept in self._tables.labels:
            self._values.setdefault(concept.field, {})[concept.id] = concept.name

    def _add(self, label: Label) -> None:
        tables = self._tables
        tables.labels.setdefault(label.concept, []).append(label)
        tables.by_surface[label.surfaces] = (*tables.by_surface.get(label.surfaces, ()), label)
        if label.lang and not label.ambiguous and not label.acronym:
            key = _stem_key(label)
            tables.by_stem[key] = (*tables.by_stem.get(key, ()), label)

    def names(self, field: str) -> Mapping[str, str]:
        """Value of a field → its English name; only values that are concepts."""
        return self._values.get(field, {})

    def country_of(self, place: str) -> str | None:
        """Country of a place (a value of the field), where a table knows it."""
        known = self._places.get(place) or self._towns.get(place)  # towns are read when needed
        return known.country if known else None

    @cached_property
    def name_words(self) -> NameWords:
        """What names say word by word."""
        return NameWords(self._reference.languages, self)

    def body_of(self, value: str) -> str | None:
        """Id of the body of the table whose name says this word by word, in its country."""
        return self._bodies.get(value)

    def plan_of(self, name: str, countries: Collection[str] | None = None) -> str | None:
        """Id of the strategy of the table that this name says word by word: the one of the country
        that it names, or else of one of these (of any where there are none; None: of no other).
        """
        sense = self.name_words.plan(name)
        found = self._plans.get(sense.plan or "") if sense else None
        if sense is None or found is None:
            return None
        identity, country = found
        asked = (sense.country.upper(),) if sense.country else countries
        return identity if asked is not None and (not asked or country in asked) else None

    @cached_property
    def _plans(self) -> Mapping[str, tuple[str, str | None]]:
        """What they say → id and country of those that are the only ones to say it."""
        found: dict[str, set[tuple[str, str | None]]] = {}
        for strategy in self._reference.strategies.values():
            for name in chain.from_iterable(strategy.names.values()):
                sense = self.name_words.plan(name)
                if sense and sense.plan:
                    found.setdefault(sense.plan, set()).add((strategy.id, strategy.country))
        return {plan: next(iter(ones)) for plan, ones in found.items() if len(ones) == 1}

    @cached_property
    def _bodies(self) -> Mapping[str, str]:
        found: dict[str, set[str]] = {}
        for body in self._reference.organisations.values():
            for name in chain.from_iterable(body.names.values()):
                sense = self.name_words.body(name)
                if sense and body.country and sense.country in (None, body.country.lower()):
                    value = sense.in_country(body.country.lower()).value
                    found.setdefault(value, set()).add(body.id)
        return {value: min(ids) for value, ids in found.items() if len(ids) == 1}

    def known(self, field: str) -> list[str]:
        """Ids and labels of a field, for suggestions."""
        return [
            known
            for concept, labels in self._tables.labels.items()
            if concept.field == field
            for known in (concept.id, *(label.text for label in labels))
        ]

    def resolve(self, fields: Sequence[str], text: str) -> list[Concept]:
        """Concepts of these fields with this id or label."""
        for name in fields:
            concept = self._by_id.get((name, text.casefold()))
            if concept:
                return [concept]
        surfaces = surfaces_of(text)
        found = self.find(surfaces, text, inexact_acronyms=True) if surfaces else []
        return [concept for concept in found if concept.field in fields]

    def find(
        self, surfaces: tuple[str, ...], written: str, *, inexact_acronyms: bool = False
    ) -> list[Concept]:
        """Concepts that folded words are a label of; `written`: the same words as typed.

        A label as spelled in the tables wins over labels with the same stems (Германия over
        германий, whose genitive it is); among those a capital letter prefers proper names.
        """
        exact = [
            label.concept
            for label in self._tables.by_surface.get(surfaces, ())
            if inexact_acronyms or not label.acronym or written.strip().isupper()
        ]
        if exact:
            return list(dict.fromkeys(exact))
        inflected = list(
            dict.fromkeys(
                label.concept
                for _, stems in by_stems(surfaces)
                for label in self._tables.by_stem.get(stems, ())
                if not self._is_of_people(surfaces, label)
            )
        )
        if is_cyrillic(surfaces[0]) and written.strip()[:1].isupper():
            proper = [concept for concept in inflected if concept.field in PROPER_NAMES]
            return proper or inflected
        return inflected

    def names_people(self, surfaces: tuple[str, ...]) -> bool:
        """Whether a word has the stem of a material, but names whoever has to do with it, mostly a
        family of that name (Köhler, Golder).
        """
        return any(
            self._is_of_people(surfaces, label)
            for _, stems in by_stems(surfaces)
            for label in self._tables.by_stem.get(stems, ())
        )

    def _is_of_people(self, surfaces: tuple[str, ...], label: Label) -> bool:
        """Adjectives may have the same ending where they are inflected (kupferner): they are labels
        in small letters.
        """
        if label.concept.field != "commodity" or not label.text[0].isupper():
            return False
        *before, last = label.surfaces
        named = {
            (*before, f"{last.removesuffix('e')}{ending}{case}")
            for ending in self._people_endings.get(label.lang or "", ())
            for case in ("", "s")
        }
        return surfaces in named or umlauts_read(surfaces) in named  # Köhler, Koehler

    def in_texts(self, concept: Concept) -> Iterator[TokenSequence]:
        """Token sequences for the concept in texts: its labels that are not ordinary words."""
        for label in self._tables.labels[concept]:
            if label.ambiguous or label.acronym:
                continue
            if label.lang is None or self._collides(label):
                yield TokenSequence("surface", label.surfaces)
            else:
                yield TokenSequence("stem", _stem_key(label))
                if label.lang == compounds.LANGUAGE and len(label.surfaces) == 1:
                    yield TokenSequence("parts", (part_stem(label.surfaces[0]),))

    def texts_of(self, field: str) -> Iterator[tuple[str, str, str]]:
        """Language, text and id of all labels of a field's concepts but short acronyms."""
        for concept, labels in self._tables.labels.items():
            if concept.field == field:
                yield from (
                    (label.lang, label.text, concept.id)
                    for label in labels
                    if label.lang and not label.acronym
                )

    def as_names(self, concept: Concept) -> Iterator[TokenSequence]:
        """Token sequences for the concept among names: all its labels as they are spelled."""
        for label in self._tables.labels[concept]:
            yield TokenSequence("surface", label.surfaces)

    def _collides(self, label: Label) -> bool:
        """Whether other words than this label's have the same stems (Индия, индий)."""
        return any(
            other.surfaces != label.surfaces and other.concept != label.concept
            for other in self._tables.by_stem.get(_stem_key(label), ())
        )


@lru_cache(maxsize=2)
def concepts_of(reference: Reference) -> Concepts:
    """The concepts of these tables, made once: nothing changes them."""
    return Concepts(reference)


def by_stems(surfaces: tuple[str, ...]) -> tuple[TokenSequence, ...]:
    """Adjacent words by their stems in each language that they may belong to."""
    return tuple(
        TokenSequence("stem", stem_tokens(surfaces, lang)) for lang in languages_of(surfaces)
    )


def _stem_key(label: Label) -> tuple[str, ...]:
    return stem_tokens(label.surfaces, label.lang)


def _all_labels(reference: Reference) -> Iterator[tuple[Concept, str | None, str]]:
    for commodity in reference.commodities.values():
        concept = Concept("commodity", commodity.id, _english_name(commodity.id, commodity.names))
        yield from _labels_in(concept, commodity.names)
        yield from (
            (concept, lang, adjective)
            for lang, adjectives in commodity.adjectives.items()
            for adjective in adjectives
        )
    for place in reference.places.values():
        yield from _labels_in(_place(place), place.names)
    for organisation in reference.organisations.values():
        yield from _labels_in(
            Concept(
                "organisation", organisation.id, _english_name(organisation.id, organisation.names)
            ),
            organisation.names,
        )
    for strategy in reference.strategies.values():
        yield from _labels_in(
            Concept("strategy", strategy.id, _english_name(strategy.id, strategy.names)),
            strategy.names,
        )


def _place(place: PlaceEntry) -> Concept:
    name = _english_name(place.id, place.names)
    if place.kind == "country" and place.country:
        return Concept("country", place.country, name)
    return Concept("place", place.id, name)


def _labels_in(
    concept: Concept, names: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[Concept, str | None, str]]:
    for lang, texts in names.items():
        yield from ((concept, None if lang == NATIVE else lang, text) for text in texts)


def _english_name(identity: str, names: Mapping[str, tuple[str, ...]]) -> str:
    return next((texts[0] for texts in (names.get("en"), *names.values()) if texts), identity)
