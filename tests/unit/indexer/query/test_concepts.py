"""Concepts are found by their labels, not by other words of the same stems."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from indexer.query import QueryCompiler, parse_query
from indexer.query.evaluator import holds
from indexer.records.document import Page, StoredDocument, document_id
from indexer.records.reference import load_reference
from indexer.text.folding import surfaces_of

COMPILER = QueryCompiler(load_reference(), {})


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Köhler", []),
        ("Kohlers", []),
        ("Koehler", []),
        ("Koehlers", []),
        ("Zinner", []),
        ("Silberer", []),
        ("Kohle", ["coal"]),
        ("Kohlen", ["coal"]),
        ("Kupfers", ["copper"]),
        ("Silber", ["silver"]),
        ("goldener", ["gold"]),
        ("Berliner", ["berlin"]),
    ],
)
def test_who_has_to_do_with_a_material_is_not_the_material(
    written: str, expected: list[str]
) -> None:
    found = COMPILER.concepts.find(surfaces_of(written), written)
    assert [concept.id for concept in found] == expected


@pytest.mark.parametrize(
    ("query", "text", "lang", "expected"),
    [
        ("Köhler", "Каменный уголь дорожает.", "ru", False),
        ("Köhler", "Die Kohle wird teurer.", "de", False),
        ("Köhler", "Es sprach Petra Köhler.", "de", True),
        ("Koehler", "Es sprach Petra Köhler.", "de", True),
        ("Köhler", "Petra Köhlers Rede war kurz.", "de", True),
        ("Petra Köhler", "Es sprach Petra Koehler.", "en", True),
        ("Koehler", "Die Kohle wird teurer.", "de", False),
        ("koehler", "Die Kohle wird teurer.", "de", False),
        ("text:Köhler", "Die Kohle wird teurer.", "de", False),
        ("text:Koehler", "Die Kohle wird teurer.", "de", False),
        ("text:Golder", "Das Gold wird teurer.", "de", False),
        ('"Köhler"', "Die Kohle wird teurer.", "de", False),
        ('"Golder"', "Das Gold wird teurer.", "de", False),
        ("Golder works", "The mine works on: Gold, Works.", "de", False),
        ("Golder works", "Golder works in Essen.", "de", True),
        ("Golder works", "Golderworks in Essen.", "de", True),
        ("text:Köhler", "Petra Köhlers Rede war kurz.", "de", True),
        ('"Köhler"', "Petra Köhlers Rede war kurz.", "de", True),
        ("Köhlers", "Es sprach Petra Köhler.", "de", True),
        ("Köhlers", "Es sprach Petra Koehler.", "de", True),
        ("Koehlers", "Es sprach Petra Köhler.", "de", True),
        ("Koehler", "Petra Köhlers Rede war kurz.", "de", True),
        ("Kohle", "Каменный уголь дорожает.", "ru", True),
    ],
)
def test_a_family_name_finds_people_of_that_name(
    query: str, text: str, lang: str, *, expected: bool
) -> None:
    url, seen = "https://example.org/", datetime(2026, 1, 1, tzinfo=UTC)
    page = Page(url, text=text, lang=lang)
    view = COMPILER.view(StoredDocument(document_id(url), url, "s", 1, seen, page))
    assert holds(COMPILER.compile(parse_query(query)).root, view) is expected
