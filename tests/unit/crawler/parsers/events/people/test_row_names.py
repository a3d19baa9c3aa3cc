"""Names that stand in a row with bodies that took part."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.parsers.events.page.annotated_page import AnnotatedPage
from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.people.row_names import names_in_rows
from tests.event_texts import event_reader, text_page

BODY = "Zinc Bank Ltd"


def _annotate(text: str, lang: str) -> AnnotatedPage:
    """A page on which one body alone is known."""
    page = text_page(text, lang, "2031-05-02")
    known = [m for m in page.mentions if m.field != "organisations" or m.surface == BODY]
    return event_reader().annotate(replace(page, mentions=tuple(known)))


def _body(page: AnnotatedPage, name: str) -> FoundValue[str]:
    start = page.texts["text"].index(name)
    return FoundValue(name, "text", start, start + len(name), "participants.cue", 0.7)


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("en", "Also seen: Zinc Bank Ltd, Delta Fluxing and Osier Pumpery.", "Delta Fluxing"),
        ("en", "Delta Fluxing and Zinc Bank Ltd have booked stands.", "Delta Fluxing"),
        ("en", "Here came Zinc Bank Ltd and partner Suhl Fluxing.", "Suhl Fluxing"),
        (
            "de",
            "Es kamen die Zinc Bank Ltd (Jena) sowie die Fördertechnik Ahorn.",
            "Fördertechnik Ahorn",
        ),
        ("ru", "Прибыли Zinc Bank Ltd и турецкая Osier Pumpery.", "Osier Pumpery"),
        ("ru", "Прибыли Zinc Bank Ltd, «Дельта Флюс».", "«Дельта Флюс»"),
    ],
)
def test_a_name_joined_with_a_body(lang, text, wanted):
    page = _annotate(text, lang)
    body = _body(page, BODY)
    found = [name.value for name in names_in_rows(page, [body])]
    assert wanted in found
    assert all(page.texts["text"][n.start : n.end] == n.value for n in names_in_rows(page, [body]))


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Zinc Bank Ltd and Fluxing took part."),
        ("en", "Zinc Bank Ltd met Delta Fluxing there."),
        ("en", "Zinc Bank Ltd and the Delta Forum were there."),
        ("en", "Zinc Bank Ltd, Chief Engineer of it, came."),
        ("en", "Zinc Bank Ltd and Kazakhstan took part."),
        ("en", "Zinc Bank Ltd, Critical Raw Materials and Rare Earths were there."),
        ("en", "Zinc Bank Ltd came, Last October it did not."),
        ("de", "Zwei Mitreisende, die Zinc Bank Ltd ist einer, fehlten."),
        ("de", "Zinc Bank Ltd, Anna Weber und andere kamen."),
        ("ru", "Прибыли Zinc Bank Ltd, Мусин Т. Е."),
    ],
)
def test_what_is_no_body_beside_one(lang, text):
    page = _annotate(text, lang)
    assert list(names_in_rows(page, [_body(page, BODY)])) == []


def test_rows_end():
    page = _annotate(BODY + ", Delta Fluxing" * 500 + ".", "en")
    assert len(list(names_in_rows(page, [_body(page, BODY)]))) == 12
