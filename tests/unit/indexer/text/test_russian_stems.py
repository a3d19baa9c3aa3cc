"""Stems by which Russian words of one root are found."""

from __future__ import annotations

import pytest

from indexer.text.russian_stems import noun_of_adjective, without_fleeting_vowel


@pytest.mark.parametrize(
    ("surface", "noun"),
    [("кластерная", "кластер"), ("геологические", "геолог"), ("горный", None), ("кластер", None)],
)
def test_noun_of_adjective(surface: str, noun: str | None) -> None:
    assert noun_of_adjective(surface) == noun


@pytest.mark.parametrize(("noun", "shorter"), [("угол", "угл"), ("мед", None), ("руд", None)])
def test_without_fleeting_vowel(noun: str, shorter: str | None) -> None:
    assert without_fleeting_vowel(noun) == shorter
