from __future__ import annotations

import pytest

from search_api.names.letters import Letters, matches

NAMES = (
    ("Askar Tokobajew", "Аскар Токобаев"),
    ("Müller & Söhne", "Mueller"),
    ("Anna Weber", "Weber, Anna"),
    ("3. Rohstoffdialog 2026",),
    ("Bank Askar", "Tokobai"),
    ("",),
)


@pytest.mark.parametrize(
    "asked",
    ["tokob", "ТОКОБ", "ask tok", "tok ask", "müll", "weber", "2026", "202", "33", "xyz", "a", "ь"],
)
def test_letters_made_ready_find_what_a_comparison_finds(asked: str) -> None:
    found = [number for number, forms in enumerate(NAMES) if matches(asked, forms)]
    assert list(Letters(NAMES).having(asked)) == found


def test_all_words_stand_in_one_form() -> None:
    assert list(Letters(NAMES).having("askar tokob")) == [0]
