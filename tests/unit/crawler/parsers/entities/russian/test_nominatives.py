"""Russian noun phrases in the nominative."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.parsers.entities.russian.nominatives import nominative_of, nominative_phrase


@pytest.mark.parametrize(
    ("phrase", "head", "wanted"),
    [
        ("Концепцию развития отрасли", "Концепцию", "Концепция развития отрасли"),
        ("Дорожной карты до 2031 года", "Дорожной карты", "Дорожная карта до 2031 года"),
        ("Плана действий", "Плана действий", "План действий"),
        ("II Конгрессе обогатителей", "Конгрессе", "II Конгресс обогатителей"),
        ("27-й сессии совета", "сессии", "27-я сессия совета"),
        ("бизнес-форуме", "бизнес-форуме", "бизнес-форум"),
        ("круглом столе, посвящённом недрам", "круглом столе", "круглый стол, посвящённый недрам"),
        ("переговоров", "переговоров", "переговоры"),
        ("MINTECH форуме", "форуме", "MINTECH форум"),
        ("АБВ Гд", "Гд", "АБВ Гд"),
        ("Высшего горного совета", "совета", "Высший горный совет"),
        ("лучшей работы", "работы", "лучшая работа"),
    ],
)
def test_the_head_and_its_adjectives_move(phrase: str, head: str, wanted: str) -> None:
    start = phrase.index(head)
    assert nominative_phrase(phrase, (start, start + len(head))) == wanted


@pytest.mark.parametrize(
    ("phrase", "wanted"),
    [
        ("Кабинета министров", "Кабинет министров"),
        ("Межправительственной комиссии по торговле", "Межправительственная комиссия по торговле"),
        ("Steppe Forum", "Steppe Forum"),
        ("Казахстанско-Китайского Комитета", "Казахстанско-Китайский Комитет"),
        ("ИТ-компании", "ИТ-компания"),
        ("Горно-рудного союза", "Горно-рудный союз"),
        ("Степных железных дорог", "Степные железные дороги"),
    ],
)
def test_the_first_noun_is_the_head(phrase: str, wanted: str) -> None:
    assert nominative_of(phrase) == wanted


@pytest.mark.parametrize(
    "phrase",
    ["Степные железные дороги", "Горные сети", "Электрические станции", "Данные центра"],
)
def test_a_name_in_the_plural_stays(phrase: str) -> None:
    assert nominative_of(phrase) == phrase


_WORD = re.compile(r"[\w-]+")
_PIECES = [
    *("Концепцию", "развития", "круглом", "столе", "посвящённом", "бизнес-форуме", "27-й"),
    *("MINTECH", "недрам", "АБВ", "Гд", "-", " ", ", ", "«", "»", "\n", "1"),
]
_PHRASES = st.lists(st.sampled_from(_PIECES), max_size=12).map("".join) | st.text(
    alphabet="абвгд -ИА,«»1\n", max_size=40
)


@settings(max_examples=150)
@given(_PHRASES, st.integers(0, 40), st.integers(0, 40))
def test_only_words_change_and_keep_their_capitals(phrase: str, start: int, end: int) -> None:
    for moved in (
        nominative_phrase(phrase, (min(start, end), max(start, end))),
        nominative_of(phrase),
    ):
        assert _WORD.sub("", moved) == _WORD.sub("", phrase)
        words, written = _WORD.findall(moved), _WORD.findall(phrase)
        assert len(words) == len(written)
        assert [w[0].isupper() for w in words] == [w[0].isupper() for w in written]
