from __future__ import annotations

import pytest

from indexer.text.german_names import spelled_in_german


@pytest.mark.parametrize(
    ("word", "german"),
    [
        ("шредер", "schroder"),
        ("штайнмайер", "steinmeier"),
        ("штейнмейер", "steinmeier"),
        ("бернштейн", "бернstein"),
        ("эйхгорн", "eichhorn"),
        ("рейнгард", "reinhард"),
        ("вильгельм", "вильхельм"),
        ("оппенхаймер", "оппенheimер"),
        ("фаррадей", "farraday"),
        ("хемингуэй", "хемингway"),
    ],
)
def test_what_is_german_is_written_so(word: str, german: str) -> None:
    assert spelled_in_german(word) == german


@pytest.mark.parametrize(
    "word",
    [
        *("байбут", "бейбут", "сейтов", "хайдар", "райхан", "сейран", "майерс", "токобаев"),
        *("грей", "сергей", "гордей", "фаддей", "уэй", "маккей", "уэйн", "асадей"),
        *("шпак", "штанько", "беккер", "байер", "айхан", "герман", "горн", "stein", "neumann"),
    ],
)
def test_other_names_stay(word: str) -> None:
    assert spelled_in_german(word) == word
