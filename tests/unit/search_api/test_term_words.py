from __future__ import annotations

import pytest

from search_api.language import speaking
from search_api.term_words import term_words


@pytest.mark.parametrize(
    ("term", "words"),
    [
        ("country:KZ", "Land: Kasachstan"),
        ("country:kz", "Land: Kasachstan"),
        ("country:xq", "country:xq"),
        ("country:kasachstan", "country:kasachstan"),
        ("commodity:lithium", "commodity:lithium"),
        ("lang:de", "Sprache: Deutsch"),
        ("year:2026", "Jahr: 2026"),
        ("source:dienst", "Quelle: Bergbau-Dienst"),
        ('place:"Ulan-Bator"', "Ort: Ulan-Bator"),
        ("has:event", "Veranstaltung"),
        ("Kupfer", "Kupfer"),
        ("about:x", "about:x"),
    ],
)
def test_terms_of_fields_are_said_in_words(term: str, words: str) -> None:
    with speaking("de"):
        assert term_words(term, "Bergbau-Dienst") == words
