from __future__ import annotations

from dataclasses import replace

from indexer.records.document import Event, Mention, Page, Place
from indexer.records.reference import load_reference
from search_api.language import speaking
from search_api.pages.marked_text import MarkedText, TextPiece
from search_api.pages.record import Names
from tests.web.sample_site import EVENT_PAGE

NAMES = Names(None)


def paragraphs(page: Page) -> list[tuple[TextPiece, ...]]:
    return list(MarkedText(page, NAMES).paragraphs())


def test_the_text_stays_whole_and_every_value_is_marked() -> None:
    found = paragraphs(EVENT_PAGE)
    assert ["".join(p.text for p in pieces) for pieces in found] == EVENT_PAGE.text.split("\n\n")
    assert [(p.text, p.label) for p in found[2] if p.label] == [
        ("vierte Sitzung", "Event, Name: vierte Sitzung"),
        ("Herbst 2025", "Event, Date: autumn 2025"),
        ("Darchan", "Event, City: Darchan; Event, Country: Mongolia (inferred)"),
    ]


def test_values_lead_to_their_searches_and_events_to_their_record() -> None:
    pieces = {p.text: p for pieces in paragraphs(EVENT_PAGE) for p in pieces if p.label}
    assert pieces["Lithium"].address == "/?commodity=lithium"
    assert pieces["Erze 2040"].address == "/?strategy=Erze+2040"
    assert pieces["Darchan"].address == "#event-1"
    assert pieces["Mongolei"].address == "/?country=MN"
    assert pieces["Mongolei"].label == "Event, Country taking part: Mongolia; Country: Mongolia"


def test_values_that_touch_are_one_place() -> None:
    text = "Das Deutsch-Kasachische Forum tagt."
    mentions = (
        Mention("events[0].name", "text", 4, 29, "Deutsch-Kasachische Forum", None),
        Mention("countries", "text", 4, 11, "Deutsch", "DE"),
    )
    (pieces,) = paragraphs(replace(EVENT_PAGE, text=text, mentions=mentions))
    assert [p.text for p in pieces] == ["Das ", "Deutsch-Kasachische Forum", " tagt."]
    assert pieces[1].label == "Event, Name: Deutsch-Kasachische Forum; Country: Germany"
    assert pieces[1].address == "#event-0"


def test_towns_and_states_of_events_are_told_in_the_language_of_the_page() -> None:
    event = Event("Forum", role="main", place=Place(city="Tashkent", country="UZ"))
    mentions = (
        Mention("events[0].place.city", "text", 0, 9, "Taschkent", "Tashkent"),
        Mention("events[0].status", "text", 10, 18, "abgesagt", "cancelled"),
        Mention("events[1].place.city", "text", 20, 24, "Wien", "Vienna"),
    )
    page = Page(None, text="Taschkent abgesagt, Wien.", events=(event,), mentions=mentions)
    with speaking("de"):
        (pieces,) = MarkedText(page, Names(load_reference())).paragraphs()
    assert [piece.label for piece in pieces if piece.label] == [
        "Veranstaltung, Stadt: Taschkent",
        "Veranstaltung, Status: abgesagt",
        "Veranstaltung, Stadt: Vienna",
    ]


def test_blank_paragraphs_are_left_out() -> None:
    page = replace(EVENT_PAGE, text="a\n\n \n\nb", mentions=())
    assert paragraphs(page) == [(TextPiece("a"),), (TextPiece("b"),)]
    assert paragraphs(Page(url=None)) == []
