"""Towns are known by each of their names, in every case."""

from __future__ import annotations

import pytest

from crawler.parsers.entities.town_index import TownNames
from indexer.records.reference import PlaceEntry


def town(key: str, **names: str) -> PlaceEntry:
    spelt = {"en": (key,), **{lang: (name,) for lang, name in names.items()}}
    return PlaceEntry(key, None, "DE", "city", None, None, spelt)


TOWNS = {
    t.id: t
    for t in (
        town("Erzdorf"),
        town("Kupferhuetten", de="Kupferhütten"),
        town("Bad Zinnau im Harz"),
        town("Haus am Berg"),
        town("Steinau am Erz"),
        town("Steinau am Fluss"),
        town("Nizhny Rudnik", ru="Нижний Рудник"),
        town("Medyanka", ru="Медянка"),
    )
}
NAMES = TownNames(TOWNS, "(?:am|im)", ["Haus"])


@pytest.mark.parametrize(
    ("surface", "key"),
    [
        ("Erzdorf", "Erzdorf"),
        ("Kupferhütten", "Kupferhuetten"),
        ("Kupferhuetten", "Kupferhuetten"),
        ("Bad Zinnau", "Bad Zinnau im Harz"),
        ("Медянке", "Medyanka"),
        ("Нижнем Руднике", "Nizhny Rudnik"),
        ("Нижнего Рудника", "Nizhny Rudnik"),
        ("Haus am Berg", "Haus am Berg"),
    ],
)
def test_a_town_is_known(surface: str, key: str) -> None:
    assert NAMES.key(surface) == key


@pytest.mark.parametrize("surface", ["Haus", "Steinau", "Zinnau", "Golddorf", "Верхнем Руднике"])
def test_other_words_are_no_town(surface: str) -> None:
    assert NAMES.key(surface) is None
