"""Which languages dateparser is asked with where none is known."""

import pytest

from crawler.parsers.dates.foreign_months import languages_of


@pytest.mark.parametrize(
    ("string", "language"),
    [
        ("17 de agosto de 2016", "es"),
        ("3 Febbraio 2020", "it"),
        ("12. Sept. 2020", "de"),
        ("12 aout 2031", "fr"),
        ("12 de marco de 2031", "pt"),
        ("3 brezna 2031", "cs"),
        ("2013年04月09", "ja"),
    ],
)
def test_a_word_names_a_month(string: str, language: str) -> None:
    assert language in languages_of(string)


@pytest.mark.parametrize("string", ["2024 Cohort 7", "10 picks for 2025", "ovember 18, 2019"])
def test_no_word_names_a_month(string: str) -> None:
    assert languages_of(string) == []


def test_numbers_are_asked_for_once() -> None:
    assert languages_of("12/19 - 2025") == ["en"]
