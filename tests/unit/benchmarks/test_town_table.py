"""Which towns are added to the table, and by which names."""

from __future__ import annotations

import pytest

from benchmarks.town_table import new_rows


def town(name: str, country: str = "DE", *others: str) -> dict[str, object]:
    return {
        "name": name,
        "geonameid": 1,
        "countrycode": country,
        "latitude": 50.123,
        "longitude": 7.0,
        "population": 1,
        "alternatenames": others,
    }


def names(*towns: dict[str, object], taken: tuple[str, ...] = ()) -> list[list[str]]:
    return [row[5:] for row in new_rows(towns, set(taken))]


def test_a_row_has_the_columns_of_the_table() -> None:
    [row] = new_rows([town("Erzdorf", "AT")], set())
    assert row == ["Erzdorf", "1", "AT", "50.12", "7.0", "Erzdorf", "", ""]


def test_german_names_have_umlauts() -> None:
    assert names(town("Zinnhuetten", "DE", "Zinnhütten", "Cinhuten")) == [
        ["Zinnhuetten", "Zinnhütten", ""]
    ]


def test_letters_with_signs_are_written_without_them_too() -> None:
    assert names(town("Zinková", "CZ")) == [["Zinková|Zinkova", "", ""]]


def test_russian_is_the_name_that_sounds_most_like_the_own_one() -> None:
    spelt = ("Эрцдорф", "Ертсдорф", "Рудное", "Ерцдорф Ӏ")
    assert names(town("Ertsdorf", "DE", *spelt)) == [["Ertsdorf", "", "Ертсдорф"]]


@pytest.mark.parametrize("name", ["Erz", "Bergwerk", "Кокжиек", "erzdorf", "Erzdorf / Altstadt"])
def test_no_town_is_called_by_a_word_or_a_syllable(name: str) -> None:
    assert names(town(name), taken=("bergwerk",)) == []


def test_what_only_letter_heads_say_of_a_town_is_left_out() -> None:
    assert names(town("Erzdorf Lutherstadt")) == [["Erzdorf", "", ""]]


def test_of_two_towns_of_one_name_the_first_is_taken() -> None:
    assert len(names(town("Erzdorf"), town("Erzdorf", "AT"))) == 1


def test_a_russian_name_that_is_read_from_a_word_is_left_out() -> None:
    assert names(town("Gorn", "NL", "Горн")) == [["Gorn", "", ""]]
