"""Whose minutes a page has, and for whom those present spoke."""

from __future__ import annotations

import pytest

from crawler.parsers.events.people.minutes import (
    bodies_of_absent,
    body_of_minutes,
    present_at_head,
    represented,
)
from tests.event_texts import annotate

RUNNING = "Am Montag kamen die Fachleute in die Stadt und sprachen lange über Erze."


@pytest.mark.parametrize(
    ("lang", "text", "body"),
    [
        ("de", f"Protokoll der 3. Sitzung: Arbeitskreis Zinn\n\n{RUNNING}", "Arbeitskreis Zinn"),
        ("de", f"Arbeitskreis Zinn\nNiederschrift vom 5. Mai\n\n{RUNNING}", "Arbeitskreis Zinn"),
        ("de", f"Arbeitskreis Zinn\nMitteilung vom 5. Mai\n\n{RUNNING}", None),
        ("de", f"Niederschrift\nSitzung im Zinnmuseum Nord\n\n{RUNNING}", None),
        ("de", f"Protokollabteilung des Arbeitskreises Zinn\n\n{RUNNING}", None),
        ("en", "Minutes after the opening, the Tin Liaison Group left.", None),
        ("en", "Minutes after the Tin Liaison Group", None),
        ("ru", "Протокол о сотрудничестве подписали Ассоциация цинка и АО «Север».", None),
        ("ru", "Протокол намерений с Ассоциацией цинка", None),
        ("en", "Tin Liaison Group\nMinutes of 5 May, Lead Centre", "Tin Liaison Group"),
        ("ru", "Протокол заседания Ассоциации цинка", "Ассоциации цинка"),
        ("en", f"MINUTES (signed)\nLead Group, third meeting\n\n{RUNNING}", "Lead Group"),
        ("en", f"MINUTES (approved)\nPresent: Mary Gross (Tin Liaison Group)\n\n{RUNNING}", None),
    ],
)  # fmt: skip
def test_whose_minutes_they_are(lang: str, text: str, body: str | None) -> None:
    found = body_of_minutes(annotate(text, lang))
    assert (found and found.value) == body


@pytest.mark.parametrize(
    ("lang", "text", "bodies"),
    [
        ("de", "Anwesend: Petra Gros für die Zinn AG, Ute Klamm (Erz AG)", ["Zinn AG", "Erz AG"]),
        ("de", "Anwesend: Petra Gros (Zinn AG, Gast), Ute Klamm, einst bei Erz AG", ["Zinn AG"]),
        ("de", "Petra Gros sprach. Sie kam für die Zinnwerk Nord AG", []),
        ("de", "Anwesend waren Petra Gros für die Zinn AG und andere.", ["Zinn AG"]),
        ("de", "Teilnehmerzahl steigt: Petra Gros für die Zinn AG", []),
        ("de", "Teilnehmerinnen und Teilnehmer: Petra Gros für die Zinn AG", ["Zinn AG"]),
        ("de", "Teilnehmer*innen: Petra Gros für die Zinn AG", ["Zinn AG"]),
        ("en", "Present at the meeting: Mary Gross for Northtin Ltd", ["Northtin Ltd"]),
        ("en", "Presenting Mary Gross for Northtin Ltd", []),
        ("en", "Attendees (online): Mary Gross for Northtin Ltd", ["Northtin Ltd"]),
        ("en", "Present: Mary Gross and John Clam for Northtin Ltd", ["Northtin Ltd"]),
        ("ru", "Присутствовали: Анна Громова от АО «Север»", ["АО «Север»"]),
        ("en", "Present: Northtin Ltd, the Lead Bank and John Clam", ["Northtin Ltd", "Lead Bank"]),
        ("en", "Present: John Clam, once of Northtin Ltd", []),
    ],
)  # fmt: skip
def test_for_whom_those_present_spoke(lang: str, text: str, bodies: list[str]) -> None:
    page = annotate(text, lang)
    assert [f.value for s in page.sentences for f in represented(page, s)] == bodies


@pytest.mark.parametrize(
    ("lang", "text", "bodies"),
    [
        ("de", "Entschuldigt: Otto Klamm, Blei AG", ["Blei AG"]),
        ("de", "Entschuldigte sich: niemand. Die Blei AG kam.", []),
        ("de", "Anwesend: Otto Klamm, Blei AG", []),
        ("en", "Apologies received: John Clam, Northlead Ltd", ["Northlead Ltd"]),
        ("ru", "Не прибыли: АО «Север»", ["АО «Север»"]),
    ],
)  # fmt: skip
def test_whose_people_were_not_there(lang: str, text: str, bodies: list[str]) -> None:
    page = annotate(text, lang)
    assert [m.surface for s in page.sentences for m in bodies_of_absent(page, s)] == bodies


def test_those_present_whose_line_stands_among_headlines() -> None:
    title = "Protokoll der 3. Sitzung: Arbeitskreis Zinn"
    text = f"{title}\nOrt: Rathaus\nAnwesend: Petra Gros (Zinn AG)\n\n{RUNNING}"
    page = annotate(text, "de")
    assert {s.zone for s in page.sentences if "Anwesend" in page.text(s)} == {"headline"}
    assert [f.value for f in present_at_head(page)] == ["Zinn AG"]
