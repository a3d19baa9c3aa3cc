from __future__ import annotations

import pytest

from tests.event_texts import read_events, read_values, text_page


@pytest.mark.parametrize(
    ("lang", "text", "place", "rule"),
    [
        ("de", "Das Zinnforum fand am 5. Mai 2031 in Jena statt.", ("Jena", "DE"), "placing.town"),
        ("en", "The tin forum took place in Oslo on 5 May 2031.", ("Oslo", "NO"), "placing.town"),
        ("ru", "Форум по олову прошёл 5 мая 2031 года в Оше.", ("Osh", "KG"), "placing.town"),
        (
            "de",
            "Das Zinnforum fand am 5. Mai 2031 in der tadschikischen Hauptstadt statt.",
            ("Dushanbe", "TJ"),
            "placing.capital",
        ),
        (
            "en",
            "The tin forum was held on 5 May 2031 in the capital of Uzbekistan.",
            ("Tashkent", "UZ"),
            "placing.capital",
        ),
        (
            "de",
            "Das Berliner Zinnforum fand am 5. Mai 2031 statt.",
            ("Berlin", "DE"),
            "placing.town-in-name",
        ),
        (
            "ru",
            "Ташкентский форум по олову прошёл 5 мая 2031 года.",
            ("Tashkent", "UZ"),
            "placing.town-in-name",
        ),
        (
            "de",
            "Der Wirtschaftsrat tagte am 5. Mai 2031 im Berliner Haus der Wirtschaft.",
            ("Berlin", "DE"),
            "placing.town-adjective",
        ),
    ],
)
def test_the_town_of_an_event(lang: str, text: str, place: tuple[str, str], rule: str) -> None:
    values = read_values(text_page(text, lang))
    assert values["place.city"] == (place[0], rule)
    assert values["place.country"][0] == place[1]


def test_a_country_alone() -> None:
    (event,) = read_events("The tin forum took place in Kazakhstan on 5 May 2031.", "en")
    assert (event.place.city, event.place.country) == (None, "KZ")


@pytest.mark.parametrize(
    ("lang", "text", "city"),
    [
        ("de", "Beim Forum am 5. Mai 2031 in Jena sprachen Gäste aus Essen.", "Jena"),
        ("en", "Guests from Bergen met at the forum in Oslo on 5 May 2031.", "Oslo"),
        ("ru", "На форум 5 мая 2031 года в Оше приехали гости из Бишкека.", "Osh"),
    ],
)
def test_where_somebody_comes_from_is_no_place_of_the_event(
    lang: str, text: str, city: str
) -> None:
    assert [e.place.city for e in read_events(text, lang)] == [city]


def test_here_is_the_town_of_the_dateline() -> None:
    (event,) = read_events(
        "OSH (Ore Wire) – The tin council held its second session here on 5 May 2031.",
        "en",
        "2031-05-06",
    )
    assert event.place.city == "Osh"
