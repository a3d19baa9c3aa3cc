"""Compounds find the words that say the same apart, and those find the compounds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import accumulate
from typing import Any

import pytest

from indexer.query import QueryCompiler, parse_query
from indexer.query.as_written import as_written
from indexer.query.evaluator import holds, matches
from indexer.records.document import Page, StoredDocument, document_id
from indexer.records.reference import load_reference
from indexer.text import analysis
from indexer.text.analysis import Analyzer
from indexer.text.words_apart import APART

COMPILER = QueryCompiler(load_reference(), {})


def document(text: str, lang: str) -> StoredDocument:
    return StoredDocument(
        document_id("x"),
        "https://example.org/",
        "s",
        1,
        datetime(2026, 1, 1, tzinfo=UTC),
        Page("https://example.org/", text=text, lang=lang),
    )


def found(query: str, text: str, lang: str) -> list[str]:
    """What the query marks in the text."""
    explanation = matches(COMPILER.compile(parse_query(query)), COMPILER.view(document(text, lang)))
    return [p.text[a:b] for p in explanation.passages for a, b in p.marks] if explanation else []


@pytest.mark.parametrize(
    ("query", "text", "lang", "mark"),
    [
        ("Lithiumförderung", "Die Förderung von Lithium ruht.", "de", "Förderung von Lithium"),
        ("Kobaltpreise", "Am Montag fiel der Preis für Kobalt.", "de", "Preis für Kobalt"),
        (
            "Wolframerkundung",
            "Es geht um die Erkundung von Zinn und Wolfram.",
            "de",
            "Erkundung von Zinn und Wolfram",
        ),
        (
            "Schrottausfuhr",
            "Ausfuhrverbot für Schrott",
            "de",
            "Ausfuhrverbot für Schrott",
        ),
        ("Antimonlager", "Die Lager der Antimonhütte sind voll.", "de", "Lager der Antimonhütte"),
        (
            "Bergwerksfinanzierung",
            "Die Finanzierung kleiner Bergwerke stockt.",
            "de",
            "Finanzierung kleiner Bergwerke",
        ),
        (
            "Zinnatlas",
            "Atlas der Zinnlagerstätten",
            "de",
            "Atlas der Zinnlagerstätten",
        ),
        ("Nickelförderung", "Dort wird Nickel gefördert.", "de", "Nickel gefördert"),
        ("Nickelförderung", "Ein Konzern fördert Nickel.", "de", "fördert Nickel"),
        ("оловодобыча", "Растёт добыча олова.", "ru", "добыча олова"),
        ("рудоперевозки", "Перевозки железной руды выросли.", "ru", "Перевозки железной руды"),
        ("добыча олова", "Оловодобыча растёт.", "ru", "Оловодобыча"),
        ("wastewater", "The waste water is cleaned.", "en", "waste water"),
        ("waste water", "The wastewater is cleaned.", "en", "wastewater"),
        (
            "Partnerschaft für Rohstoffe",
            "Eine Rohstoffpartnerschaft.",
            "de",
            "Rohstoffpartnerschaft",
        ),
    ],
)
def test_one_word_and_several_find_each_other(query: str, text: str, lang: str, mark: str) -> None:
    assert any(mark in marked for marked in found(query, text, lang))


@pytest.mark.parametrize(
    ("query", "text", "lang"),
    [
        ("Rohstoffdialog", "Der Rohstoffpreis und der Dialog.", "de"),
        ("Rohstoffdialog", "Der Dialog endet. Von Rohstoffen war keine Rede.", "de"),
        ("Rohstoffdialog", "Der Dialog, so hieß es, von Rohstoffen getragen", "de"),
        ("Rohstoffdialog", "Ein Dialog mit den Nachbarn über Rohstoffe", "de"),
        ("Rohstoffdialog", "Der Dialog von acht bis zehn ging auch um Rohstoffe", "de"),
        ("Dialogrohstoff", "Der Dialog über Rohstoffe", "de"),
        ("Lithiumförderung", "Der Verband fordert Lithium.", "de"),
        ("золотодобыча", "Добыча выросла. Золота стало больше.", "ru"),
        ("золотодобыча", "Золото и добыча", "ru"),
        ("wastewater", "They waste a lot of water.", "en"),
        ("wastewater", "No waste. Water is clean.", "en"),
    ],
)
def test_what_does_not_belong_together_is_not_found(query: str, text: str, lang: str) -> None:
    assert found(query, text, lang) == []


def test_a_word_between_others_that_only_binds_them_need_not_be_there() -> None:
    assert found("tents for nickel", "Nickel tents lapsed", "en") == ["Nickel", "tents"]
    assert found("tents for", "Nickel tents lapsed", "en") == []
    assert found('"tents for nickel"', "Nickel tents lapsed", "en") == []


@pytest.mark.parametrize(
    "query", ["Nickel MIT Lizenzen", "Nickel An Lizenzen", "nickel Aus lizenz"]
)
def test_a_word_with_capitals_is_a_name_and_has_to_be_there(query: str) -> None:
    assert found(query, "Lizenzen für Nickel", "de") == []


def test_a_query_can_take_compounds_as_they_are_written() -> None:
    root = COMPILER.compile(parse_query("Lithiumförderung OR -Kobaltpreis")).root
    apart = COMPILER.view(document("Die Förderung von Lithium und der Preis für Kobalt", "de"))
    whole = COMPILER.view(document("Die Lithiumförderung und der Kobaltpreis", "de"))
    assert holds(root, apart)
    assert holds(as_written(root), whole)
    root = COMPILER.compile(parse_query("Lithiumförderung")).root
    assert holds(root, apart)
    assert not holds(as_written(root), apart)


def test_the_tokens_are_told_from_those_of_compounds() -> None:
    analysed = Analyzer(load_reference()).analyse("Förderung von Lithium", "de")
    assert f"{APART}lithiumforder" in analysed.parts.split()
    assert analysed.runs_of_part(f"{APART}lithiumforder") == [(0, 2)]
    assert "lithiumforder" not in analysed.parts.split()


def test_words_said_apart_are_found_in_long_texts_as_in_short_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    analysed = Analyzer(load_reference()).analyse("Förderung von Lithium. " * 5, "de")
    counted: list[int] = []

    def count(*arguments: Any, **options: Any) -> Iterator[int]:
        counted.append(1)
        return accumulate(*arguments, **options)

    monkeypatch.setattr(analysis, "accumulate", count)
    runs = analysed.runs_of_part(f"{APART}lithiumforder")
    assert runs == [(3 * number, 3 * number + 2) for number in range(5)]
    assert len(counted) == 1  # not once for each
