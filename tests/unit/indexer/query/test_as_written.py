"""What is said otherwise counts less, and what is excluded or quoted is taken as it is written."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from indexer.query import QueryCompiler, parse_query
from indexer.query.as_written import umlauts_as_written
from indexer.query.compiled import OneOf, TokenSequence, Words
from indexer.query.evaluator import holds
from indexer.query.person_words import person_of_word
from indexer.query.topics import Topic
from indexer.records.document import Page, StoredDocument, document_id
from indexer.records.reference import load_reference

TOPIC = Topic("verse", "Verse", {"en": ("poet",), "de": ("Rückbau",)})
COMPILER = QueryCompiler(load_reference(), {TOPIC.id: TOPIC})


def found(query: str, text: str) -> bool:
    """Whether an English page is found: what stems take for one word in German is no case here."""
    page = Page("https://example.org/", text=text, lang="en")
    seen = datetime(2026, 1, 1, tzinfo=UTC)
    stored = StoredDocument(document_id("x"), "https://example.org/", "s", 1, seen, page)
    return holds(COMPILER.compile(parse_query(query)).root, COMPILER.view(stored))


@pytest.mark.parametrize("query", ["poet", "title:poet", "rueckbau"])
def test_what_two_letters_may_mean_counts_as_said_otherwise(query: str) -> None:
    root = COMPILER.compile(parse_query(query)).root
    words = root.operands[0] if isinstance(root, OneOf) else root  # a word may be a person's, too
    assert isinstance(words, Words)
    read = query.removeprefix("title:").replace("oe", "o").replace("ue", "u")
    assert TokenSequence("surface", (read,)) in words.otherwise


@pytest.mark.parametrize(
    ("query", "text", "is_found"),
    [
        ("Rueckbau", "Der Rückbau beginnt.", True),
        ("Rückbau", "Der Rueckbau beginnt.", True),
        ("poet", "Der Pot ist leer.", True),
        ('"poet"', "Der Pot ist leer.", False),
        ("topic:verse", "Der Pot ist leer.", False),
        ("topic:verse", "Der Rueckbau beginnt.", True),
        ("leer -poet", "Der Pot ist leer.", True),
        ("leer -poet", "Der Poet ist leer.", False),
        ("beginnt -Rückbau", "Der Rueckbau beginnt.", False),
    ],
)
def test_only_what_is_asked_for_may_be_read_with_umlauts(
    query: str, text: str, is_found: bool
) -> None:
    assert found(query, text) is is_found


def test_persons_in_other_scripts_are_excluded_too() -> None:
    person = person_of_word("Baecker", "Baecker")
    assert person is not None
    assert umlauts_as_written(person) == person
