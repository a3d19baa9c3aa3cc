"""Initials of given names across scripts."""

from __future__ import annotations

import pytest

from indexer.text.name_initials import initials_of_person, is_initial, tokens_of_initial


def stands_for(initial: str, given: str) -> bool:
    """Whether an initial may stand for a given name."""
    asked = set(tokens_of_initial(initial, "Kim"))
    return not asked.isdisjoint(initials_of_person(f"{given} Kim"))


@pytest.mark.parametrize(
    ("initial", "given"),
    [
        *(("Ж", name) for name in ("Жанна", "Zhanna", "Schanna", "Jomart", "Dschyldys")),
        *(("Х", name) for name in ("Хамид", "Hamid", "Khamid", "Chamid", "Xolida", "Ҳамид")),
        *(("Г", name) for name in ("Герхард", "Heinrich", "Gulnara")),
        *(("Я", name) for name in ("Яна", "Yana", "Jana")),
        *(("J", name) for name in ("Jana", "Яна", "Юрген", "Yana", "Жылдыз", "Jörg", "Йорг")),
        *(("Z", name) for name in ("Зафар", "Safar", "Жанна", "Zhanna", "Целина")),
        *(("W", name) for name in ("Виктор", "Viktor", "Уильям", "William")),
        ("К", "Қанат"),
        ("Дж", "Джамшед"),
        ("Дж", "Jamshed"),
        ("V", "Фолькер"),
        ("Ye", "Елена"),
        ("A", "Аннегрет"),  # the Latin letter before a name in Cyrillic
        ("Y", "Y."),
    ],
)
def test_an_initial_stands_for_names_in_every_script(initial: str, given: str) -> None:
    assert stands_for(initial, given)


@pytest.mark.parametrize(
    ("initial", "given"),
    [
        ("С", "Зафар"),
        ("К", "Хамид"),
        ("Ж", "Zafar"),
        ("К", "Helmut"),
        ("Ш", "Christian"),
        ("H", "Christian"),
        ("K", "Helmut"),
        ("Zh", "Zafar"),
        ("I", "Юлия"),
        ("М", "А. М."),  # the father's name
    ],
)
def test_other_initials_are_of_others(initial: str, given: str) -> None:
    assert not stands_for(initial, given)


@pytest.mark.parametrize("name", ["Weber", "A.", "", "von der", "Dr. Weber"])
def test_one_word_is_no_name_with_an_initial(name: str) -> None:
    assert initials_of_person(name) == ()


def test_a_long_list_of_titles_has_few() -> None:
    assert len(initials_of_person("Anna Berta Carla Dora Emma Frieda Gerda Hanna")) <= 12


@pytest.mark.parametrize(
    ("word", "is_one"),
    [
        ("A", True),
        ("Zh", True),
        ("Дж", True),
        ("a", False),
        ("St", False),
        ("Dr", False),
        ("1", False),
    ],
)
def test_some_beginnings_are_initials(word: str, is_one: bool) -> None:
    assert is_initial(word) is is_one
