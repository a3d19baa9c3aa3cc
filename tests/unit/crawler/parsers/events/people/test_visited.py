import pytest

from tests.event_texts import read_events


@pytest.mark.parametrize(
    ("lang", "text", "organiser", "visited"),
    [
        (
            "ru",
            "11 мая 2031 года Навоийский комбинат посетила делегация компании «Рудстрой».",
            "компания «Рудстрой»",
            "Навоийский комбинат",
        ),
        (
            "de",
            (
                "Die Bergakademie Freiberg besuchte am 11. Mai 2031 eine Delegation des "
                "Ministeriums für Bergbau der Mongolei."
            ),
            "Ministerium für Bergbau der Mongolei",
            "Bergakademie Freiberg",
        ),
    ],
)
def test_who_is_visited_took_part_and_organised_nothing(
    lang: str, text: str, organiser: str, visited: str
) -> None:
    (event,) = read_events(text, lang, "2031-05-12")
    assert (event.organisers, event.participants.organisations) == ((organiser,), (visited,))


def test_who_travels_with_a_delegation_is_not_visited() -> None:
    (event,) = read_events(
        "Die Bergakademie Freiberg besuchte am 11. Mai 2031 mit einer Delegation die Stadt Osch.",
        "de",
        "2031-05-12",
    )
    assert "Bergakademie Freiberg" not in event.participants.organisations
