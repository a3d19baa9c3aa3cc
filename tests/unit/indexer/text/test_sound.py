"""One key for the spellings of a name in several languages and scripts."""

from __future__ import annotations

import pytest

from indexer.text.sound import sound_key


@pytest.mark.parametrize(
    "spellings",
    [
        ("Жезказган", "Zhezkazgan", "Scheskasgan"),
        ("Сапарова", "Saparova", "Saparowa"),
        ("Сапаровой", "Сапарову", "SAPAROVA"),
        ("Тулегенов", "Tulegenov", "Tulegenow"),
        ("Линдквист", "Lindqvist", "LINDQVIST"),
        ("Балхаш", "Balkhash", "Balchasch"),
        ("Бейсенов", "Beisenov", "Beisenow"),
    ],
)
def test_spellings_of_a_name_have_one_key(spellings: tuple[str, ...]) -> None:
    (key,) = {sound_key(spelling) for spelling in spellings}
    assert key


@pytest.mark.parametrize(
    ("one", "other"), [("Saparova", "Karimova"), ("Tulegenov", "Nazarov"), ("Navoi", "Aktau")]
)
def test_other_names_have_other_keys(one: str, other: str) -> None:
    assert sound_key(one) != sound_key(other) or not sound_key(one)


@pytest.mark.parametrize("word", ["Bo", "Oyu", "42", "北京", "", "H2O"])
def test_what_has_few_consonants_has_no_key(word: str) -> None:
    assert sound_key(word) == ""
