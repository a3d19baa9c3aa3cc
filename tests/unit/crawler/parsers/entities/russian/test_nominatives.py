"""Russian noun phrases in the nominative."""

from __future__ import annotations

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
    ],
)
def test_the_head_and_its_adjectives_move(phrase, head, wanted):
    start = phrase.index(head)
    assert nominative_phrase(phrase, (start, start + len(head))) == wanted


@pytest.mark.parametrize(
    ("phrase", "wanted"),
    [
        ("Кабинета министров", "Кабинет министров"),
        ("Межправительственной комиссии по торговле", "Межправительственная комиссия по торговле"),
        ("Steppe Forum", "Steppe Forum"),
    ],
)
def test_the_first_noun_is_the_head(phrase, wanted):
    assert nominative_of(phrase) == wanted


@settings(max_examples=60)
@given(st.text(alphabet="абвгд -ИА,«»1\n", max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_any_phrase_is_survived(phrase, start, end):
    assert isinstance(nominative_phrase(phrase, (min(start, end), max(start, end))), str)
    assert isinstance(nominative_of(phrase), str)
