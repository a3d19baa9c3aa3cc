"""Bodies in a row."""

from __future__ import annotations

import pytest

from crawler.parsers.events.people.body_chains import (
    are_joined,
    is_at_place,
    joined_before,
    joined_behind,
    outermost,
)
from indexer.records.document import Mention
from tests.event_texts import annotate, event_vocabulary

TEXT = "Geladen hatten die Kiesbank AG, der Sandfonds und die Tonwerke SE in der Lehmhaus AG."
GERMAN = event_vocabulary("de")


def bodies(*names: str) -> list[Mention]:
    return [_mention(name) for name in names]


def _mention(name: str) -> Mention:
    start = TEXT.index(name)
    return Mention("organisations", "text", start, start + len(name), name, name)


@pytest.mark.parametrize(
    ("names", "places", "joined"),
    [
        (("Kiesbank AG", "Sandfonds", "Tonwerke SE"), (), 3),
        (("Kiesbank AG", "Tonwerke SE"), (), 1),
        (("Tonwerke SE", "Lehmhaus AG"), ("in",), 1),
    ],
)
def test_a_row_ends_where_nothing_joins_it(
    names: tuple[str, ...], places: tuple[str, ...], joined: int
) -> None:
    assert len(joined_behind(TEXT, bodies(*names), GERMAN, frozenset(places))) == joined


def test_the_row_before_a_verb_opens_with_its_first_body() -> None:
    row = joined_before(TEXT, bodies("Kiesbank AG", "Sandfonds", "Tonwerke SE"), GERMAN)
    assert [m.surface for m in row] == ["Kiesbank AG", "Sandfonds", "Tonwerke SE"]


def test_a_part_of_a_longer_name_is_left_out() -> None:
    assert [m.surface for m in outermost(bodies("Kiesbank", "Kiesbank AG"))] == ["Kiesbank AG"]


@pytest.mark.parametrize(
    ("lang", "text", "at_place"),
    [
        ("de", "Man traf sich bei der Zinnwerk Nord AG.", True),
        ("de", "Man traf sich in der Firmenzentrale der Zinnwerk Nord AG.", True),
        ("de", "Man traf sich auf Einladung der Zinnwerk Nord AG.", False),
        ("en", "It was held at the headquarters of Northtin Ltd.", True),
        ("en", "It was held at the headquarters for Northtin Ltd.", True),
        ("en", "It was held at the invitation of Northtin Ltd.", False),
        ("ru", "Встреча прошла в лаборатории АО «Север».", True),
        ("ru", "Встреча прошла при поддержке АО «Север».", False),
    ],
)
def test_a_body_in_whose_house_something_is(lang: str, text: str, at_place: bool) -> None:
    [sentence] = (page := annotate(text, lang)).sentences
    [body] = outermost(sentence.of("organisations"))
    assert is_at_place(page, sentence, body) is at_place


@pytest.mark.parametrize(
    ("lang", "text", "joined"),
    [
        ("kk", "Шараны «Мыс» АҚ мен «Тау» ЖШС ұйымдастырды.", True),
        ("kk", "Шараны «Мыс» АҚ «Тау» ЖШС-мен бірлесіп өткізді.", True),
        ("kk", "Шараны «Мыс» АҚ, сондай-ақ «Тау» ЖШС ұйымдастырды.", True),
        ("kk", "«Мыс» АҚ жиынын «Тау» ЖШС ұйымдастырды.", False),
        ("kk", "Оны «Мыс» АҚ-ның «Тау» ЖШС ашты.", False),
        ("ky", "Иш-чараны «Жез» ААК жана «Тоо» ЖЧК уюштурду.", True),
        ("uz", "Tadbirni «Mis» AJ hamda «Tog‘» MChJ tashkil etdi.", True),
        ("tg", "Онро ҶСК «Мис» ва ҶДММ «Кӯҳ» ташкил карданд.", True),
        ("mn", "Хурлыг “Зэс” ХХК болон “Уул” ХК зохион байгуулав.", True),
    ],
)
def test_rows_of_languages_with_cases(lang: str, text: str, joined: bool) -> None:
    [sentence] = (page := annotate(text, lang)).sentences
    one, other = outermost(sentence.of("organisations"))
    masked = page.masked[sentence.part]
    assert are_joined(masked, one, other, page.vocabulary) is joined
