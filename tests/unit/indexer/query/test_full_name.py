from __future__ import annotations

import pytest

from indexer.query.full_name import full_name, name_apart
from indexer.query.record import event_summary
from indexer.records.document import Event


@pytest.mark.parametrize(
    ("name", "series", "told"),
    [
        (
            "Achtes Forum",
            "Deutsch-Usbekisches Erzforum",
            False,
        ),
        ("7. Deutsch-Usbekisches Erzforum", "Deutsch-Usbekisches Erzforum", True),
        ("dritte Sitzung des Erzforums Mittelasien", "Erzforum Mittelasien", True),
        ("Пятое заседание Межгосударственной группы", "Межгосударственная группа", True),
        (
            "Шестое заседание",
            "Межгосударственная группа",
            False,
        ),
        ("Ore Week", None, True),
    ],
)
def test_the_series_is_told_once(name: str, series: str | None, told: bool) -> None:
    assert full_name(name, series) == (name if told else f"{name} ({series})")


def test_a_series_goes_on_from_the_last_word_of_the_name() -> None:
    assert full_name("Nächste Sitzung", "Sitzung des Erzrats") == "Nächste Sitzung des Erzrats"
    assert full_name("Шестое заседание", "заседания группы") == "Шестое заседание группы"
    assert full_name("Zweites Forum", "Forum") == "Zweites Forum"
    assert full_name("Erzforum", "Forum der Erze") == "Erzforum (Forum der Erze)"


def test_a_bare_name_is_told_with_what_a_person_would_add() -> None:
    def told(theme: str | None, place: str | None, *organisers: str) -> str:
        return name_apart("Runder Tisch", theme=theme, place=place, organisers=organisers)

    assert told("Kupfer", "Naryn", "Erzrat") == "Runder Tisch: Kupfer"
    assert told(None, "Naryn", "Erzrat") == "Runder Tisch, Naryn"
    assert told(None, None, "Erzrat", "Bergamt") == "Runder Tisch (Erzrat, Bergamt)"
    assert told(None, None) == "Runder Tisch"


def test_a_hit_tells_of_which_series_its_event_is() -> None:
    event = Event("fourth summit", series="Tin and Tungsten Summit", start="2031-05")
    assert event_summary(event).name == "Fourth summit (Tin and Tungsten Summit)"
