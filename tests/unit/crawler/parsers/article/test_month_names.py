"""What months are called, in the languages of pages."""

from __future__ import annotations

import re

import pytest

from crawler.parsers.article.month_names import MonthNames
from indexer.records.reference import load_reference

NAMES = MonthNames(load_reference().languages)


@pytest.mark.parametrize(
    ("name", "month"),
    [
        ("March", 3),
        ("Sept", 9),
        ("Jänner", 1),
        ("июня", 6),
        ("июнь", 6),
        ("мамырда", 5),
        ("тавдугаар сарын", 5),
        ("12-р сарын", 12),
        ("czerwca", 6),
        ("août", 8),
    ],
)
def test_a_month_has_its_names_in_all_languages(name: str, month: int) -> None:
    found = [n for n in range(1, 13) if re.fullmatch(NAMES.expression(n), name, re.IGNORECASE)]
    assert found == [month]


@pytest.mark.parametrize("word", ["minutes", "comments", "Sitzung", "Junioren", "ма", "6", "set"])
def test_another_word_is_none(word: str) -> None:
    assert not any(re.fullmatch(NAMES.expression(n), word, re.IGNORECASE) for n in range(1, 13))


def test_a_code_that_is_no_language_adds_what_its_file_says() -> None:
    names = MonthNames({"xx-none": {"dates": {"months": {"2": ["Hornung"]}}}})
    assert re.fullmatch(names.expression(2), "hornung", re.IGNORECASE)
