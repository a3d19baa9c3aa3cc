"""Towns in adjectives: Berliner Forum, Ташкентский форум."""

from __future__ import annotations

import re

from indexer.records.reference import PlaceEntry, Reference

TOWNS = frozenset({"city", "capital"})
_RUSSIAN = re.compile(r"(\w[\w-]+ск)(?:ий|ого|ому|им|ом|ая|ой|ую|ое)")
_VOWELS = "аеиоуыьэюя"


class TownAdjectives:
    """Adjectives of the towns in the table of places, in one language."""

    def __init__(self, reference: Reference, lang: str) -> None:
        self._places = reference.places
        self._lang = lang
        names = tuple(
            (name, key)
            for key, place in reference.places.items()
            if place.kind in TOWNS
            for name in place.names.get(lang, ())
            if " " not in name
        )
        self._known = {"de": _german, "ru": _russian}.get(lang, _none)(names)

    def town(self, word: str) -> PlaceEntry | None:
        """The town of an adjective in any case; Russian ones are written small but at the start of
        a name.
        """
        low = word.casefold()
        if self._lang == "ru":
            ending = _RUSSIAN.fullmatch(low)
            low = ending.group(1) if ending else ""
        key = self._known.get(low) if self._lang == "ru" or word[:1].isupper() else None
        return self._places[key] if key else None


def _german(names: tuple[tuple[str, str], ...]) -> dict[str, str]:
    return {name.casefold() + "er": key for name, key in names}


def _russian(names: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Stems: Ташкент, ташкентск-; Алматы, алматинск-."""
    made: dict[str, str] = {}
    for name, key in names:
        stem = name.casefold().rstrip(_VOWELS)
        for adjective in (stem + "ск", stem + "инск"):
            made.setdefault(adjective, key)
    return made


def _none(names: tuple[tuple[str, str], ...]) -> dict[str, str]:
    return {}
