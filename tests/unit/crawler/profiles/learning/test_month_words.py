from __future__ import annotations

import pytest

from crawler.profiles.learning.month_words import month_words


@pytest.mark.parametrize(
    ("lang", "word", "month"),
    [("de", "mär", 3), ("ru-RU", "мая", 5), ("ru", "май", 5), ("EN", "dec", 12)],
)
def test_a_month_is_known_by_how_it_begins(lang: str, word: str, month: int) -> None:
    assert month_words(lang)[word] == month


@pytest.mark.parametrize("lang", ["", "xx", "de_DE_x_y_z", "-", "\x00"])
def test_an_unknown_language_has_no_months(lang: str) -> None:
    assert not month_words(lang)
