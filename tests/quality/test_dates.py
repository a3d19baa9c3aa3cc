"""Floors of the date reader on its own labelled sentences (dates_own.jsonl); never lowered
silently.

A value is right where the spans overlap and both days are equal. The sentences were written by the
authors of the grammar: a fall is a loss, the figure itself is no measure of unseen texts.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from indexer.records.document import DateExpression
from tests.page_reader import packaged_dates

RECORDS: list[dict[str, Any]] = [
    json.loads(line)
    for line in (Path(__file__).parent / "dates_own.jsonl").read_text("utf-8").splitlines()
]
READER = packaged_dates()
PARAGRAPH = 200  # characters

FLOORS = {"de": 0.98, "en": 0.98, "ru": 0.98, "kk": 0.95, "ky": 0.95, "uz": 0.95}
PARAGRAPH_FLOOR = 0.98


def right(gold: list[dict[str, Any]], found: tuple[DateExpression, ...]) -> int:
    """How many labelled values have a reading of their own."""
    free = list(found)
    count = 0
    for label in gold:
        for reading in free:
            overlaps = reading.start < label["end"] and reading.end > label["start"]
            if overlaps and (reading.from_, reading.to) == (label["from"], label["to"]):
                free.remove(reading)
                count += 1
                break
    return count


def value_f1(records: list[dict[str, Any]], *, language_given: bool = True) -> float:
    hits = total = 0
    for record in records:
        lang = record["lang"] if language_given else None
        found = READER.find(record["text"], lang, record["reference_date"])
        hits += right(record["expressions"], found)
        total += len(record["expressions"]) + len(found)
    return 2 * hits / total


@pytest.mark.parametrize("lang", FLOORS)
def test_value_f1_by_language(lang: str) -> None:
    assert value_f1([r for r in RECORDS if r["lang"] == lang]) >= FLOORS[lang]


def test_value_f1_of_paragraphs() -> None:
    assert value_f1([r for r in RECORDS if len(r["text"]) > PARAGRAPH]) >= PARAGRAPH_FLOOR


def test_value_f1_with_unknown_language() -> None:
    assert value_f1(RECORDS, language_given=False) >= 0.90


def test_texts_without_a_date_get_none() -> None:
    dateless = [r for r in RECORDS if not r["expressions"]]
    hit = [r["text"] for r in dateless if READER.find(r["text"], r["lang"], r["reference_date"])]
    assert len(hit) <= len(dateless) // 10, hit


def test_there_are_enough_sentences() -> None:
    assert len(RECORDS) >= 120
    assert {r["lang"] for r in RECORDS} >= set(FLOORS)
