from __future__ import annotations

import pytest

from crawler.parsers.events.grammar.grammars import grammar_for
from crawler.parsers.events.values.town_adjectives import TownAdjectives
from indexer.records.reference import Reference


@pytest.mark.parametrize(
    ("lang", "word", "town"),
    [
        ("de", "Berliner", "Berlin"),
        ("de", "berliner", None),
        ("de", "Berlin", None),
        ("de", "Siegener", "Siegen"),
        ("de", "Karlsruher", "Karlsruhe"),
        ("de", "Keller", None),
        ("de", "Unternehmer", None),
        ("de", "Rigaer", None),
        ("ru", "Ташкентский", "Tashkent"),
        ("ru", "ташкентского", "Tashkent"),
        ("ru", "Алматинском", "Almaty"),
        ("ru", "горный", None),
        ("en", "Berliner", None),
        ("kk", "Ташкентский", None),
    ],
)
def test_the_town_of_an_adjective(
    reference: Reference, lang: str, word: str, town: str | None
) -> None:
    found = TownAdjectives(reference, lang, grammar_for(lang)).town(word)
    assert (found.names["en"][0] if found else None) == town
