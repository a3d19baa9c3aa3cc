"""What is said of raw materials is found in every language, and nothing else is."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from indexer.query import QueryCompiler, parse_query
from indexer.query.as_written import as_written
from indexer.query.document_batch import DocumentBatch
from indexer.query.evaluator import holds, matches
from indexer.query.topics import Topic
from indexer.records.document import Page, StoredDocument, document_id
from indexer.records.reference import load_reference

TOPIC = Topic("smelting", "Smelting", {"de": ("Kupferverhüttung", "Zinn Verhüttung")})
COMPILER = QueryCompiler(load_reference(), {TOPIC.id: TOPIC})
SAID = {
    "de": "Die Lithiumförderung ruht.",
    "en": "They stopped lithium mining.",
    "ru": "Добыча лития остановлена.",
    "kk": "Литий өндіру тоқтады.",
}


def document(text: str, lang: str) -> StoredDocument:
    page = Page("https://example.org/", text=text, lang=lang)
    seen = datetime(2026, 1, 1, tzinfo=UTC)
    return StoredDocument(document_id("x"), "https://example.org/", "s", 1, seen, page)


def found(query: str, text: str, lang: str) -> list[str]:
    """What the query marks in the text."""
    explanation = matches(COMPILER.compile(parse_query(query)), COMPILER.view(document(text, lang)))
    return [p.text[a:b] for p in explanation.passages for a, b in p.marks] if explanation else []


@pytest.mark.parametrize("lang", SAID)
@pytest.mark.parametrize(
    "query",
    [
        "Lithiumförderung",
        "Lithium-Förderung",
        "Förderung von Lithium",
        "lithium mining",
        "mining of lithium",
        "добыча лития",
        "литий өндіру",
        "text:Lithiumförderung",
    ],
)
def test_what_is_said_in_one_language_is_found_in_all(query: str, lang: str) -> None:
    assert found(query, SAID[lang], lang)


@pytest.mark.parametrize(
    ("query", "text", "lang", "mark"),
    [
        ("Kupfertagebau", "An open-pit copper mine opens.", "en", "open-pit copper"),
        ("copper open pit", "Медный карьер углубят.", "ru", "Медный карьер"),
        ("медный карьер", "Der Kupfertagebau wird tiefer.", "de", "Kupfertagebau"),
        (
            "Seltenerdverarbeitung",
            "A plant for rare earth processing",
            "en",
            "rare earth processing",
        ),
        (
            "rare earth processing",
            "Zentrum für die Verarbeitung Seltener Erden",
            "de",
            "Verarbeitung Seltener Erden",
        ),
        ("gold mining", "В области растёт золотодобыча.", "ru", "золотодобыча"),
        ("Nickelnachfrage", "Спрос на никель упал.", "ru", "Спрос на никель"),
        ("lithium price", "Der Preis für Lithium fällt.", "de", "Preis für Lithium"),
        ("Rohstoffpartnerschaft", "a raw materials partnership", "en", "raw materials partnership"),
        ("lead mining", "Добыча свинца выросла.", "ru", "Добыча свинца"),
    ],
)
def test_it_is_marked_where_it_is_said(query: str, text: str, lang: str, mark: str) -> None:
    assert mark in found(query, text, lang)


@pytest.mark.parametrize(
    ("query", "text", "lang"),
    [
        ("Lithiumförderung", "Lithium is scarce. The mining museum opens.", "en"),
        ("Lithiumförderung", "Добыча меди растёт, литий дешевеет.", "ru"),
        ("Lithiumförderung", "The lithium price fell.", "en"),
        ("Kupfertagebau", "A copper mine below ground", "en"),
        ('"lithium mining"', SAID["ru"], "ru"),
        ("SEE-Verarbeitung", "rare earth processing", "en"),
        ("person:Lithiumförderung", SAID["en"], "en"),
    ],
)
def test_what_says_something_else_is_not_found(query: str, text: str, lang: str) -> None:
    assert found(query, text, lang) == []


def test_words_beside_it_have_to_be_there_as_before() -> None:
    query = "licences for mining of lithium in Kazakhstan"
    said = "Licences: lithium mining is allowed in Kazakhstan."
    assert found(query, said, "en")
    assert not found(query, said.replace("Licences", "News"), "en")
    assert not found(query, said.replace("Kazakhstan", "Chile"), "en")
    assert found(query, said.replace("lithium mining", "Lithiumförderung"), "en") == []


def test_names_of_several_words_are_names_here_too() -> None:
    said = "Der Markt für kritische Rohstoffe wächst."
    assert "Markt für kritische Rohstoffe" in found("critical raw materials market", said, "de")


@pytest.mark.parametrize("query", ["Lithiumförderung", "lithium mining", "-Lithiumförderung zinn"])
def test_it_can_be_taken_as_it_is_written(query: str) -> None:
    root = COMPILER.compile(parse_query(query)).root
    view = COMPILER.view(document(f"{SAID['ru']} Олово дорожает.", "ru"))
    assert holds(as_written(root), view) is query.startswith("-")
    assert holds(root, view) is not query.startswith("-")


def test_a_query_of_very_many_of_them_takes_all_as_they_are_written() -> None:
    few, many = ("Lithiumförderung OR Zinnpreis", " OR ".join(["Lithiumförderung", "Bleierz"] * 40))
    assert found(few, SAID["ru"], "ru")
    assert not found(many, SAID["ru"], "ru")
    assert found(many, "Die Förderung von Lithium ruht.", "de")


def test_topics_list_what_says_the_same_themselves() -> None:
    topic = COMPILER.compile(parse_query("topic:smelting")).root
    assert holds(topic, COMPILER.view(document("Die Kupferverhüttung ruht.", "de")))
    for text in ("Выплавка меди остановлена.", "Выплавка олова остановлена."):
        assert not holds(topic, COMPILER.view(document(text, "ru")))


@pytest.mark.parametrize("lang", SAID)
def test_watches_look_at_what_says_it_in_another_language(lang: str) -> None:
    batch = DocumentBatch([COMPILER.view(document(SAID[lang], lang))])
    for text, expected in (("Lithiumabbau", [0]), ("добыча лития", [0]), ("Gold", [])):
        assert batch.matching(COMPILER.compile(parse_query(text))) == expected
