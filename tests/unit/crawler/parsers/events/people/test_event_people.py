from __future__ import annotations

import pytest

from tests.event_texts import event_reader, read_events, text_page

NEWS = "Auf der Zinntagung am 5. Mai 2031 in Jena sprach Petra Gros."


@pytest.mark.parametrize(
    "behind",
    [
        "\n\nAnsprechpartner: Anna Wolf, Tel.: 0123 456",
        " Foto: Anna Wolf",
        "\n\nAnna Wolf\n\nAnsprechpartner\nPressestelle",
    ],
)
def test_contacts_photographers_and_signatures_take_no_part(behind: str) -> None:
    (event,) = read_events(NEWS + behind, "de")
    assert [p.name for p in event.persons] == ["Petra Gros"]


def test_an_author_takes_no_part() -> None:
    text = NEWS + " Die Moderation hatte Anna Wolf."
    page = text_page(text, "de", authors=("Anna Wolf",))
    persons = [p.name for e in event_reader().find(page)[0] for p in e.persons]
    assert [p.name for e in read_events(text, "de") for p in e.persons] == [*persons, "Anna Wolf"]
    assert persons == ["Petra Gros"]
