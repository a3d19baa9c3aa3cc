"""Persons are found by words in every script, and by a spelling of umlauts."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from indexer.query import QueryCompiler, parse_query
from indexer.query.as_written import as_written
from indexer.query.evaluator import holds
from indexer.query.person_words import person_of_word
from indexer.records.document import Event, Page, Person, StoredDocument, document_id
from indexer.records.reference import load_reference

COMPILER = QueryCompiler(load_reference(), {})


def found(query: str, name: str, lang: str, *, written: bool = False) -> bool:
    """Whether a query finds a page with an event at which a person spoke."""
    person = Person(name)
    page = Page(
        "https://example.org/", text=f"{name}.", lang=lang, events=(Event("x", persons=(person,)),)
    )
    seen = datetime(2026, 1, 1, tzinfo=UTC)
    view = COMPILER.view(StoredDocument(document_id("x"), page.url or "", "s", 1, seen, page))
    root = COMPILER.compile(parse_query(query)).root
    return holds(as_written(root) if written else root, view)


NAMES = {"Ida Bäcker": "de", "Ida Baecker": "en", "Ида Беккер": "ru"}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("query", [*NAMES, "Bäcker", "Baecker", "Беккер", 'person:"Ида Беккер"'])
def test_umlauts_and_scripts_find_each_other(query: str, name: str) -> None:
    assert found(query, name, NAMES[name])


@pytest.mark.parametrize(
    ("query", "name", "lang", "is_found"),
    [
        ("Dawletow", "Арман Давлетов", "ru", True),
        ("Давлетов", "Arman Davletov", "en", True),
        ("Röder", "Уве Рёдер", "ru", True),
        ("Bäcker", "Ida Becker", "de", False),
        ("Becker", "Ida Bäcker", "de", False),
        ("davletov", "Арман Давлетов", "ru", False),
        ("Davletov", "Арман Дауленов", "ru", False),
        ('"Davletov"', "Арман Давлетов", "ru", False),
    ],
)
def test_a_name_is_told_from_others(query: str, name: str, lang: str, is_found: bool) -> None:
    assert found(query, name, lang) is is_found


def test_who_takes_words_as_they_are_written_asks_for_no_persons() -> None:
    assert found("Беккер", "Ида Беккер", "ru", written=True)
    assert not found("Беккер", "Ida Bäcker", "de", written=True)
    assert not found("Bäcker", "Ида Беккер", "ru", written=True)


@pytest.mark.parametrize("word", ["zinn", "Al", "B2B", "2026", "X1"])
def test_what_is_written_as_no_name_is_none(word: str) -> None:
    assert person_of_word(word, word) is None
