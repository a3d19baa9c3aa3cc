"""The reference tables as lexicons: names with all their forms, per script or language, on demand.

Proper names (places, organisations, strategies, adjectives of nationality) of all languages are
looked up at once, since pages mix them; commodities, being common words, only in the language of
the text. A lexicon is built when the first text needs it, so a worker that meets no Russian never
loads the Russian dictionary.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache

from crawler.parsers.entities.folding import fold, has_cyrillic
from crawler.parsers.entities.lexicon.automaton import LexiconName, NameLexicon
from crawler.parsers.entities.lexicon.forms import adjective_forms, forms
from indexer.records.reference import Reference

COUNTRIES, PLACES, COMMODITIES = "countries", "places", "commodities"
ORGANISATIONS, NATIONALITIES, PERSONS = "organisations", "nationalities", "persons"
STRATEGIES, PROGRAMMES, CONTACTS = "strategies", "programmes", "contacts"
AS_LISTED, WITH_SUFFIX = "table", "table+suffix"
"""Rules of names of the tables, as they stand there and with an ending."""


class Tables:
    """The lexicons of one Reference."""

    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        self._commodities = lru_cache(maxsize=None)(self._commodity_lexicon)

    @cached_property
    def latin_names(self) -> NameLexicon:
        """Proper names in Latin and all other scripts but Cyrillic."""
        return NameLexicon(n for n in self._proper_names(cyrillic=False))

    @cached_property
    def cyrillic_names(self) -> NameLexicon:
        """Proper names that hold a Cyrillic letter."""
        return NameLexicon(n for n in self._proper_names(cyrillic=True))

    def commodities(self, language: str) -> NameLexicon:
        """Commodities by the names of one column of the table."""
        return self._commodities(language)

    def _commodity_lexicon(self, language: str) -> NameLexicon:
        return NameLexicon(self._commodity_names(language))

    def _commodity_names(self, language: str) -> Iterator[LexiconName]:
        for entry in self._reference.commodities.values():
            for alias in entry.names.get(language, ()):
                for form in forms(alias, language, plural=not alias.isupper()):
                    yield LexiconName(form, COMMODITIES, entry.id, alias, language)
            for adjective in entry.adjectives.get(language, ()):
                for form in adjective_forms(adjective, language):
                    yield LexiconName(
                        form, COMMODITIES, entry.id, adjective, language, adjective=True
                    )

    def _proper_names(self, *, cyrillic: bool) -> Iterator[LexiconName]:
        for kind, value, alias, language in self._aliases():
            if has_cyrillic(alias) == cyrillic:
                for form in forms(alias, language):
                    yield LexiconName(form, kind, value, alias, language)
        for language, content in self._reference.languages.items():
            own = content.get("cues", {}).get("country_names", {})
            for name, country in own.items():
                if has_cyrillic(name) == cyrillic:
                    yield LexiconName(fold(name), COUNTRIES, country, name, language)
            adjectives = content.get("cues", {}).get("nationality_adjectives", {})
            for adjective, country in adjectives.items():
                if has_cyrillic(adjective) == cyrillic:
                    code = country.upper() if len(country) == 2 else country
                    for form in adjective_forms(adjective, language):
                        yield LexiconName(
                            form, NATIONALITIES, code, adjective, language, adjective=True
                        )

    def _aliases(self) -> Iterator[tuple[str, str, str, str]]:
        """Kind, value, alias and column of every proper name."""
        for place in self._reference.places.values():
            country = place.kind == "country" and place.country
            kind, value = (COUNTRIES, str(place.country)) if country else (PLACES, place.id)
            for language, alias in _each(place.names):
                yield kind, value, alias, language
        for organisation in self._reference.organisations.values():
            for language, alias in _each(organisation.names):
                yield ORGANISATIONS, organisation.id, alias, language
        for strategy in self._reference.strategies.values():
            if strategy.field is not None:
                for language, alias in _each(strategy.names):
                    yield strategy.field, strategy.id, alias, language


def _each(names: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    for language, aliases in names.items():
        for alias in aliases:
            yield language, alias
