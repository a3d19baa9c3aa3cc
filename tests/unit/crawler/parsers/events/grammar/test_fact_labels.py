"""Labels in lists of facts, and what they tell."""

from __future__ import annotations

import pytest

from tests.event_texts import event_vocabulary


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("Ort\nJena\nTermin:\n\n5. Mai", "Ort:Jena\nTermin:  5. Mai"),
        ("Ort | Jena", "Ort:  Jena"),
        ("Veranstalter\n\nKontakt\n\nTom Roe", "Veranstalter\n\nKontakt\n\nTom Roe"),
        ("Veranstalter\n\nKontaktbüro", "Veranstalter: Kontaktbüro"),
        ("Ort\nTermin\nJena\n5. Mai", "Ort\nTermin\nJena\n5. Mai"),
        ("Ort | Termin\nJena | 5. Mai", "Ort | Termin\nJena | 5. Mai"),
        ("Ort | Termin | Thema", "Ort | Termin | Thema"),
        (
            "Datum 5. Mai\nOrt Goslar\nVeranstalter GIZ\nEintritt Frei",
            "Datum:5. Mai\nOrt:Goslar\nVeranstalter:GIZ\nEintritt Frei",
        ),
        ("Datum 5. Mai\nEintritt frei\nOrt Goslar", "Datum:5. Mai\nEintritt frei\nOrt:Goslar"),
        ("Ort Goslar\n\nDas Forum tagt.", "Ort Goslar\n\nDas Forum tagt."),
        ("Ort Goslar\nOrt Jena", "Ort Goslar\nOrt Jena"),
        ("Wann Montag, 5. Mai\nWo Alte Mensa", "Wann:Montag, 5. Mai\nWo:Alte Mensa"),
        ("Wann Zinn teuer wird\nWo Zinn liegt", "Wann Zinn teuer wird\nWo Zinn liegt"),
        ("Wo Zinn liegt\nOrt Goslar", "Wo Zinn liegt\nOrt Goslar"),
        ("Wo Zinn war, ist Blei.\nZeit 9 Uhr", "Wo Zinn war, ist Blei.\nZeit 9 Uhr"),
    ],
)
def test_labels_and_what_they_tell_are_one_line(text: str, joined: str) -> None:
    assert event_vocabulary("de").fact_labels.join(text) == joined
