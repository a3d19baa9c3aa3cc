from __future__ import annotations

import pytest

from indexer.events.listing import EventName, ListedEvent
from indexer.query.record import EventSummary
from indexer.records.reference import Reference, load_reference
from search_api.language import speaking
from search_api.problems import UnknownCountry
from search_api.town_names import TownNames


@pytest.fixture(scope="module")
def reference() -> Reference:
    return load_reference()


@pytest.mark.parametrize(
    ("code", "city", "country", "shown"),
    [
        ("en", "Tashkent", "UZ", "Tashkent, Uzbekistan"),
        ("de", "Tashkent", "UZ", "Taschkent, Usbekistan"),
        ("ru", "Tashkent", "UZ", "Ташкент, Узбекистан"),
        ("ru", "Cologne", "DE", "Кёльн, Германия"),
        ("ru", "Omsk", "RU", "Омск, Россия"),
        ("de", "Cologne", "DE", "Köln, Deutschland"),
        ("de", "Nizhny Novgorod", "RU", "Nischni Nowgorod, Russland"),
        ("ru", "Rostov-on-Don", "RU", "Ростов-на-Дону, Россия"),
        ("de", "Rostov-on-Don", "RU", "Rostow am Don, Russland"),
        ("de", "Rostov Veliky", "RU", "Rostow Weliki, Russland"),
        ("ru", "Uman", "UA", "Умань, Украина"),
        ("de", "Nicosia", "CY", "Nikosia, Zypern"),
        ("ru", "Nicosia", "CY", "Никосия, Кипр"),
        ("de", "Florence", "IT", "Florenz, Italien"),
        ("ru", "Florence", "IT", "Флоренция, Италия"),
        ("ru", "Cologne", "FR", "Cologne, Франция"),
        ("de", "Nowhere-on-Sea", None, "Nowhere-on-Sea"),
        ("de", None, "KZ", "Kasachstan"),
    ],
)
def test_towns_are_called_as_the_tables_call_them(
    reference: Reference, code: str, city: str | None, country: str | None, shown: str
) -> None:
    towns = TownNames(reference)
    event = EventSummary("x", "2031-05", None, city, country, "main")
    with speaking(code):
        assert towns.place(city, country) == shown
        assert (towns.line(event) or "").endswith(f" · {shown}")


@pytest.mark.parametrize(
    ("status", "line"),
    [
        ("cancelled", "12. Mai 2031 · Kasachstan · abgesagt"),
        ("moved", "12. Mai 2031 · Kasachstan · verlegt"),
        ("held", "12. Mai 2031 · Kasachstan"),
        (None, "12. Mai 2031 · Kasachstan"),
    ],
)
def test_what_became_of_an_event_is_said(status: str | None, line: str) -> None:
    event = EventSummary("x", "2031-05-12", None, None, "KZ", "main", status)
    with speaking("de"):
        assert TownNames(None).line(event) == line


def test_without_tables_and_without_a_place() -> None:
    with speaking("de"):
        assert TownNames(None).place("Tashkent", "UZ") == "Tashkent, Usbekistan"
        assert TownNames(None).place(None, None) is None


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("kz", "KZ"),
        ("Kasachstan", "KZ"),
        ("казахстан", "KZ"),
        ("Tajikistan", "TJ"),
    ],
)
def test_a_country_is_known_by_its_names(reference: Reference, typed: str, code: str) -> None:
    assert TownNames(reference).country_code(typed) == code


def test_a_country_that_there_is_not_is_a_mistake(reference: Reference) -> None:
    with pytest.raises(UnknownCountry) as caught:
        TownNames(reference).country_code("Nowhere")
    assert caught.value.meant is not None
    assert caught.value.meant[0] == "Nowhere"
    assert TownNames(reference).country_code("xx") == "XX"  # may be a code
    assert TownNames(None).country_code("Nowhere") == "NOWHERE"  # without tables nobody knows


def test_a_town_is_called_by_names_of_all_languages(reference: Reference) -> None:
    towns = TownNames(reference)
    assert {"Duschanbe", "Душанбе"} <= set(towns.called("Dushanbe", "TJ"))
    assert {"Köln", "Кёльн"} <= set(towns.called("Cologne", "DE"))
    assert not list(towns.called("Nowhere-on-Sea", None))
    assert not list(TownNames(None).called("Cologne", "DE"))


@pytest.mark.parametrize(
    ("code", "city", "called"),
    [
        ("de", "Tashkent", "Runder Tisch, Taschkent"),
        ("en", "Tashkent", "Round table, Tashkent"),
        ("ru", "Tashkent", "Круглый стол, Ташкент"),
        ("ru", None, "Круглый стол, Узбекистан"),
    ],
)
def test_an_event_of_a_bare_name_is_called_in_the_language_of_the_page(
    reference: Reference, code: str, city: str | None, called: str
) -> None:
    names = {
        lang: EventName(name, bare=True)
        for lang, name in [("de", "Runder Tisch"), ("en", "Round table"), ("ru", "Круглый стол")]
    }
    event = ListedEvent("a", "Runder Tisch", city=city, country="UZ", names=names, bare=True)
    with speaking(code):
        assert TownNames(reference).event_name(event) == called
