"""The body whose page it is, and which events it calls its own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.parsers.events.people.own_bodies import organises_own, own_body
from tests.event_texts import annotate, event_reader, read_events

OURS = "Our spring seminar in Hull on 4 May 2031 drew 40 guests.\n"


@pytest.mark.parametrize(
    ("lang", "text", "body"),
    [
        ("en", f"Northern Tin Society – Newsletter 4\n\n{OURS}", "Northern Tin Society"),
        ("en", f"Newsletter of the Lead Club | 5 June 2031\n\n{OURS}", "Lead Club"),
        ("en", f"TinLink Newsletter | Issue 9\n\n{OURS}", "TinLink"),
        ("en", f"LEAD Newsletter | Issue 9\n\n{OURS}", None),
        ("en", f"Northern Tin Society – Annual report\n\n{OURS}", None),
        ("de", "Rundbrief 2 des Vereins Zinnfreunde Nord\n\nWir laden zum Seminar am 4. Mai ein.\n",
         "Vereins Zinnfreunde Nord"),
        ("de", "Der Verein Zinnfreunde Nord e.V. dankt allen Gästen.",
         "Verein Zinnfreunde Nord e.V."),
        ("de", "Dem Verein Zinnfreunde Nord e.V. danken alle Gäste.", None),
        ("en", "The Northern Tin Society thanks all guests.", "Northern Tin Society"),
        ("ru", "Вестник Ассоциации олова\n\n4 мая мы провели семинар в Оше.\n", "Ассоциации олова"),
    ],
)  # fmt: skip
def test_the_body_of_a_newsletter(lang: str, text: str, body: str | None) -> None:
    found = own_body(annotate(text, lang))
    assert (found and found.value) == body


def test_without_a_newsletter_the_body_of_the_address() -> None:
    text = f"Looking back\n\nThe Northern Tin Society grew.\n\n{OURS}"
    page = annotate(text, "en")
    assert own_body(page) is None
    page = replace(page, draft=replace(page.draft, url="https://northern-society.example/2031"))
    found = own_body(page)
    assert found is not None
    assert found.value == "Northern Tin Society"


@pytest.mark.parametrize(
    ("lang", "text", "own"),
    [
        ("en", OURS, True),
        ("en", "We invite you to the seminar in Hull on 4 May 2031.", True),
        ("en", "We saw the seminar in Hull on 4 May 2031.", False),
        ("en", "“Our seminar on 4 May 2031 is full,” she said.", False),
        ("de", "Unser Seminar am 4. Mai 2031 ist ausgebucht.", True),
        ("de", "Ihr Seminar am 4. Mai 2031 ist ausgebucht.", False),
        ("de", "Es gab das Seminar, das wir am 4. Mai 2031 ausgerichtet haben.", True),
        ("ru", "Приглашаем вас на семинар 4 мая 2031 года.", True),
        ("ru", "Семинар пройдёт 4 мая 2031 года.", False),
    ],
)
def test_what_a_page_calls_its_own(lang: str, text: str, own: bool) -> None:
    page = annotate(text, lang)
    assert organises_own(page, event_reader().candidates(page)) is own


def test_it_organises_where_no_other_body_does() -> None:
    masthead = "Northern Tin Society – Newsletter 4\n\n"
    (event,) = read_events(f"{masthead}{OURS}", "en", "2031-06-01")
    assert event.organisers == ("Northern Tin Society",)
    other = OURS.replace("drew", ", hosted by the Lead Bank, drew")
    (event,) = read_events(f"{masthead}{other}", "en", "2031-06-01")
    assert event.organisers == ("Lead Bank",)
