"""Who holds all events of a page, as one of its sentences says."""

from __future__ import annotations

import pytest

from crawler.parsers.events.people.bodies_of_all import find_bodies_of_all
from tests.event_texts import annotate, read_events

UNION = "Nordic Tin Union"
LINES = "4 May 2031: Tin Seminar, Hull\n\n6 June 2031: Lead Forum, Leeds\n\n"


@pytest.mark.parametrize(
    ("lang", "text", "bodies", "unless"),
    [
        ("de", "Alle Veranstaltungen: Zinnverband Nord e.V.", ["Zinnverband Nord e.V."], False),
        ("de", "Alle Termine richtet der Zinnverband Nord e.V. aus.", ["Zinnverband Nord e.V."],
         False),
        ("de", "Wenn nicht anders vermerkt, ist der Zinnverband Nord e.V. Veranstalter.",
         ["Zinnverband Nord e.V."], True),
        ("de", "Alle Veranstaltungen sind beim Zinnverband Nord e.V. zu finden.", [], False),
        ("en", f"All events are run by the {UNION}.", [UNION], False),
        ("en", f"All events on 5 May 2031 are run by the {UNION}.", [], False),
        ("en", f"Unless stated otherwise, courses are hosted by the {UNION}.", [UNION], True),
        ("en", f"The events are run by the {UNION}.", [], False),
        ("en", f"All events run by the {UNION} are attended by Rio Tinto.", [UNION], False),
        ("en", f"All events: {UNION} and Rio Tinto.", [UNION, "Rio Tinto"], False),
        ("en", f"All meetings – the {UNION} had asked for five – were short.", [], False),
        ("en", f"All meetings – {UNION}, contact: 4711.", [UNION], False),
        ("ru", "Все мероприятия проводит Союз оловянщиков Севера.", ["Союз оловянщиков Севера"],
         False),
        ("ru", "Организатор всех мероприятий – Союз оловянщиков Севера.",
         ["Союз оловянщиков Севера"], False),
    ],
)  # fmt: skip
def test_a_sentence_about_all_events(lang: str, text: str, bodies: list[str], unless: bool) -> None:
    found = find_bodies_of_all(annotate(text, lang))
    assert [b.value for one in found for b in one.bodies] == bodies
    assert any(one.unless_stated for one in found) is unless


def test_all_events_of_a_calendar_are_of_that_body() -> None:
    events = read_events(f"Dates\n\n{LINES}All events: {UNION}", "en", "2031-03-01")
    assert [(e.name, e.organisers) for e in events] == [
        ("Tin Seminar", (UNION,)),
        ("Lead Forum", (UNION,)),
    ]


def test_what_names_an_organiser_keeps_it_alone_where_the_rest_is_spoken_of() -> None:
    lines = LINES.replace("Lead Forum", "Forum of the Lead Miners Association")
    text = f"Dates\n\n{lines}Unless stated otherwise, meetings are hosted by the {UNION}."
    organisers = [e.organisers for e in read_events(text, "en", "2031-03-01")]
    assert organisers == [(UNION,), ("Lead Miners Association",)]


def test_all_events_together_are_none() -> None:
    said = f"All seminars are given in the Tin Hall, Truro, and organised by the {UNION}."
    events = read_events(f"{said}\n\n{LINES}", "en", "2031-03-01")
    assert [e.name for e in events] == ["Tin Seminar", "Lead Forum"]
