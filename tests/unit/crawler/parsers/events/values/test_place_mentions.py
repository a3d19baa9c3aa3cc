"""How the places of a page are said."""

from __future__ import annotations

import pytest

from crawler.parsers.events.page.annotated_page import AnnotatedSentence
from crawler.parsers.events.values.place_mentions import PlaceMentions
from indexer.records.document import Mention
from indexer.records.reference import load_reference
from tests.event_texts import annotate


def _first(text: str, lang: str) -> tuple[PlaceMentions, AnnotatedSentence, Mention]:
    page = annotate(text, lang)
    sentence = next(s for s in page.sentences if s.of("places", "countries"))
    return (
        PlaceMentions(load_reference(), page),
        sentence,
        sentence.of("places", "countries")[0],
    )


@pytest.mark.parametrize(
    ("lang", "text", "kind", "code"),
    [
        ("en", "They met in Bishkek.", "capital", "KG"),
        ("en", "They met in Mongolia.", "country", "MN"),
        ("ru", "Они встретились в Оше.", "city", "KG"),
    ],
)
def test_what_kind_of_place_it_is(lang: str, text: str, kind: str, code: str) -> None:
    places, _, mention = _first(text, lang)
    assert (places.kind(mention), places.country_code(mention)) == (kind, code)


@pytest.mark.parametrize(
    ("lang", "text", "located", "origin"),
    [
        ("en", "They met in Bishkek.", True, False),
        ("en", "They came from Bishkek.", False, True),
        ("de", "Das Treffen mit Gästen aus Bischkek.", False, True),
        ("ru", "Форум прошёл в городе Бишкек.", True, False),
        ("de", "Statt in Bischkek findet das Forum am Issyk-Kul statt.", True, True),
        ("de", "Das Forum findet statt in Bischkek.", True, False),
        ("en", "The forum is held here instead of Bishkek.", False, True),
        ("ru", "Форум прошёл не в Бишкеке.", True, True),
    ],
)
def test_what_stands_before_it(lang: str, text: str, located: bool, origin: bool) -> None:
    places, sentence, mention = _first(text, lang)
    assert places.is_located(sentence, mention) is located
    assert places.is_origin(sentence, mention) is origin
    assert (mention in places.usable_in(sentence)) is not origin


def test_a_region_that_is_called_like_its_town() -> None:
    places, _, mention = _first("Geologen arbeiten im Gebiet Navoi.", "de")
    assert places.is_region(mention)


def test_a_region_of_the_table_is_no_town() -> None:
    places, _, mention = _first("The forum toured Gorno-Badakhshan.", "en")
    assert places.is_region(mention)
    places, _, mention = _first("The forum met in Khorog.", "en")
    assert not places.is_region(mention)


@pytest.mark.parametrize(
    ("lang", "text", "opens"),
    [
        ("en", "Tin Days 2031\nBishkek, 14-15 October, Lakeview Hotel", True),
        ("en", "Tin Days 2031\nBishkek, Lakeview Hotel, 14-15 October", True),
        ("ru", "11–13 ноября. Ош. Дни олова", True),
        ("ru", "ПРОТОКОЛ\nг. Ош, 18 ноября 2031 г.", True),
        ("de", "11. Juni, Bischkek\nRohstoffabend", True),
        ("de", "Bischkek. Das Forum begann am 11. Juni.", False),
        ("en", "Bishkek first, then the lake.", False),
        ("en", "On 11 June the miners of Bishkek met.", False),
    ],
)
def test_a_town_that_a_line_opens_with(lang: str, text: str, opens: bool) -> None:
    places, _, mention = _first(text, lang)
    assert places.is_of_line(mention) is opens


def test_the_english_name_of_a_town() -> None:
    places, _, mention = _first("Они встретились в Бишкеке.", "ru")
    assert places.town_name(mention) == "Bishkek"
