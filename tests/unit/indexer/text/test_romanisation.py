from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text.romanisation import romanise


@pytest.mark.parametrize(
    "spellings",
    [
        ("Токобаев", "Tokobajew", "Tokobaev", "Tokobayev", "ТОКОБАЕВ"),
        ("Назарбаев", "Nasarbajew", "Nazarbayev"),
        ("Мирзиёев", "Mirsijojew", "Mirziyoyev"),
        ("Горбачёв", "Gorbatschow", "Gorbachev"),
        ("Хрущёв", "Chruschtschow", "Khrushchev"),
        ("Юрий", "Jurij", "Juri", "Yuri", "Yuriy"),
        ("Фёдор", "Федор", "Fjodor", "Fyodor"),
        ("Ельцин", "Jelzin", "Yeltsin"),
        ("Шархан", "Scharchan", "Sharkhan", "Sharhan"),
        ("Хасан", "Hasan", "Chasan", "Khasan"),
        ("Мюллер", "Müller", "Mueller"),
        ("Иванов", "Iwanow", "Ivanov", "Iwanoff"),
        ("Қасым", "Касым", "Kasym"),
    ],
)
def test_spellings_of_one_name_are_one(spellings: tuple[str, ...]) -> None:
    assert len({romanise(name) for name in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("Токобаев", "Токобаева"), ("Weber", "Meyer"), ("Иванов", "Исаков"), ("Anna", "Arne")],
)
def test_names_that_sound_otherwise_stay_apart(one: str, other: str) -> None:
    assert romanise(one) != romanise(other)


@given(st.text(alphabet=st.characters(categories=("L", "N")), max_size=30))
def test_the_spelling_of_a_spelling_is_itself(word: str) -> None:
    assert romanise(romanise(word)) == romanise(word)
