"""What the towns of events are called in the language of the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import chain
from typing import TypeAlias

from indexer.events.listing import ListedEvent
from indexer.query.record import EventSummary
from indexer.records.interface_languages import DEFAULT
from indexer.records.reference import Reference
from indexer.text.folding import fold
from search_api import page_words
from search_api.language import language
from search_api.problems import UnknownCountry

_Key: TypeAlias = tuple[str, str | None]


class TownNames:
    """The tables of places; without them each town is called as events have it, in English."""

    def __init__(self, reference: Reference | None) -> None:
        self._reference = reference

    def place(self, city: str | None, country: str | None) -> str | None:
        """Town and country as one phrase; None without either."""
        return page_words.place_name(city and self.name(city, country), country)

    def event_name(self, event: ListedEvent) -> str:
        """What an event is called in the language of the page."""
        city = event.city and self.name(event.city, event.country)
        return page_words.event_name(event.in_language(language()), city)

    def line(self, event: EventSummary) -> str | None:
        """Days, place and fate of an event in one phrase; None if none is known."""
        return page_words.event_line(
            event._replace(city=event.city and self.name(event.city, event.country))
        )

    def country_of(self, place: str) -> str | None:
        """Country of a place or town by its id."""
        if self._reference is None:
            return None
        known = self._reference.places.get(place) or self._reference.towns.get(place)
        return known.country if known else None

    def name(self, city: str, country: str | None) -> str:
        """A town's name in the language of the page, else as it is."""
        if language() == DEFAULT:
            return city
        names = self._place_names.get((city, country)) or self._town_names(city, country)
        return names.get(language(), (city,))[0]

    def called(self, city: str, country: str | None) -> Iterator[str]:
        """What a town is called, in all languages."""
        names = self._place_names.get((city, country)) or self._town_names(city, country)
        return chain.from_iterable(names.values())

    def country_code(self, typed: str) -> str:
        """The code of a country that is typed so, or by its name in any language. What may be a
        code is not looked up; UnknownCountry where none is called so.
        """
        known = self._countries.get(fold(typed))
        if known is None and self._reference and len(typed) != len("KZ"):
            raise UnknownCountry(typed, [name for name, _ in self._country_names()])
        return known or typed.upper()

    @cached_property
    def _countries(self) -> Mapping[str, str]:
        return {fold(name): code for name, code in self._country_names()}

    def _country_names(self) -> Iterator[tuple[str, str]]:
        """What countries are called, in all languages, with their codes."""
        for place in self._reference.places.values() if self._reference else ():
            if place.kind == "country" and place.country:
                for name in chain.from_iterable(place.names.values()):
                    yield name, place.country

    def _town_names(self, city: str, country: str | None) -> Mapping[str, tuple[str, ...]]:
        """The names of a town that is called so in English, by which its table knows it."""
        town = self._reference.towns.get(city) if self._reference else None
        return town.names if town and town.country == country else {}

    @cached_property
    def _place_names(self) -> Mapping[_Key, Mapping[str, tuple[str, ...]]]:
        """English name and country → names; of two places in one country the first is meant."""
        if self._reference is None:
            return {}
        found: dict[_Key, Mapping[str, tuple[str, ...]]] = {}
        for place in self._reference.places.values():
            if place.kind != "country":
                for name in place.names.get(DEFAULT, (place.id,)):
                    found.setdefault((name, place.country), place.names)
        return found
