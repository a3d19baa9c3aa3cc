"""What marked words mean as a day or a town."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from crawler.parsers.dates import DateReader
from indexer.records.labels import Labels
from indexer.records.reference import PlaceEntry, Reference, place_names


class Days(NamedTuple):
    """Partial ISO dates; `end` only where it is another day."""

    start: str | None
    end: str | None


class Town(NamedTuple):
    """Its English name, and the code of its country."""

    city: str
    country: str | None


class ValueWords:
    """Reads marked words with the program's tables and date grammars."""

    def __init__(self, reference: Reference) -> None:
        self._reference = reference

    @cached_property
    def _dates(self) -> DateReader:
        return DateReader(self._reference.languages)

    @cached_property
    def _keys(self) -> Mapping[str, str]:
        """Every name of a place, in small letters, and its key; those of the smaller table come
        first.
        """
        tables = (self._reference.towns, self._reference.places)
        return {
            n.casefold(): k for table in tables for k, names in place_names(table) for n in names
        }

    def days(self, words: str, labels: Labels) -> Days | None:
        """The days that words mean on a page; None where they mean none."""
        found = self._dates.find_partial(words, labels.lang, labels.published)
        if not found:
            return None
        return Days(found[0].iso, found[0].iso_end if found[0].iso else None)

    def town(self, words: str, places: Mapping[str, str]) -> Town | None:
        """The town that words name; `places`: words of the page and the places that they were read
        as. None: it is in no table.
        """
        entry = self._place(places.get(words, ""))
        entry = entry or self._place(self._keys.get(words.casefold(), ""))
        if entry is None or entry.kind == "country":
            return None
        names = entry.names.get("en") or (entry.id,)
        return Town(names[0], entry.country)

    def _place(self, key: str) -> PlaceEntry | None:
        return self._reference.places.get(key) or self._reference.towns.get(key)
