"""Towns in adjectives: Berliner Forum, Ташкентский форум."""

from __future__ import annotations

from crawler.parsers.events.grammar.base import Grammar
from indexer.records.reference import PlaceEntry, Reference

TOWNS = frozenset({"city", "capital"})
_GERMAN_SPEAKING = frozenset({"DE", "AT", "CH", "LI", "LU"})


class TownAdjectives:
    """Adjectives of towns, in one language: those in the table of places, and of towns of the
    countries where German is spoken, but for those that lose an ending (Göttinger).
    """

    def __init__(self, reference: Reference, lang: str, grammar: Grammar) -> None:
        self._places, self._towns = reference.places, reference.towns
        self._grammar = grammar
        self._known: dict[str, str] = {}
        for key, place in reference.places.items():
            if place.kind not in TOWNS:
                continue
            for name in place.names.get(lang, ()):
                adjectives = grammar.town_adjectives(name) if " " not in name else ()
                for adjective in adjectives:
                    self._known.setdefault(adjective, key)

    def town(self, word: str) -> PlaceEntry | None:
        """The town of an adjective in any case, None for any other word."""
        key = self._known.get(self._grammar.town_adjective(word))
        if key:
            return self._places[key]
        towns = map(self._towns.get, self._grammar.towns_of_adjective(word))
        return next((t for t in towns if t and t.country in _GERMAN_SPEAKING), None)
