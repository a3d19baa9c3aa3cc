from __future__ import annotations

import sys
from types import FrameType

import pytest

from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.candidates.value_choice import OF_EVENT
from crawler.parsers.events.trained.joint_model import JointModel
from crawler.parsers.events.trained.linear_model import LinearModel
from crawler.parsers.events.values.event_places import PlaceReader
from crawler.parsers.events.values.town_adjectives import TownAdjectives
from indexer.records.reference import load_reference
from tests.event_texts import annotate, event_reader, read_events, read_values, text_page


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
            "de",
            "5. Siegener Zinntag\nDonnerstag, 26. September 2031\n\nGäste aus Polen sind dabei.",
            ("Siegen", "DE"),
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
        (
            "de",
            "Das Zinnforum fand am 5. Mai 2031 an der Hochschule Pforzheim statt.",
            ("Pforzheim", "DE"),
            "placing.town-of-house",
        ),
        (
            "de",
            "Das Zinnforum fand am 5. Mai 2031 im sächsischen Radebeul statt.",
            ("Radebeul", "DE"),
            "placing.town",
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


def test_a_region_is_no_town_of_an_event() -> None:
    (event,) = read_events("The tin forum took place in Gorno-Badakhshan on 5 May 2031.", "en")
    assert (event.place.city, event.place.country) == (None, "TJ")


def test_the_town_that_opens_a_line_goes_before_one_in_the_text() -> None:
    (event,) = read_events(
        "Tin Days 2031\nAktau, 14–15 October 2031, Lakeview Hotel\n\nThe Tin Days are held for the"
        " third time. A clerk in Shymkent takes registrations.",
        "en",
        "2031-05-02",
    )
    assert event.place.city == "Aktau"


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


def test_a_trained_choice_gives_a_town_that_rules_leave_out() -> None:
    page = annotate("Das Zinnforum begann am 5. Mai. Die Gäste kamen aus Bonn.", "de", "2031-05-06")
    event = EventMentions(event_reader().candidates(page)[:1])
    model = JointModel(LinearModel({"origin": 1.0}, 0.5))
    by_rules, trained = (
        PlaceReader(
            load_reference(),
            page,
            lambda word: False,
            TownAdjectives(load_reference(), "de", page.grammar),
            models,
        ).read([event], frozenset(), event.candidates)[event]
        for models in ({}, {"towns": {OF_EVENT: model}})
    )
    assert by_rules.city is None
    assert trained.city is not None
    assert (trained.city.value, trained.city.rule) == ("Bonn", "placing.town-trained")
    assert trained.country is not None
    assert trained.country.value == "DE"


@pytest.mark.parametrize(
    ("lang", "text", "venue"),
    [
        (
            "en",
            (
                "The tin forum took place in Oslo on 5 May 2031 at the Grand Hotel. The copper"
                " workshop will follow on 6 May 2031 at the same venue."
            ),
            "Grand Hotel",
        ),
        (
            "de",
            (
                "Das Zinnforum fand am 5. Mai 2031 im Haus der Technik in Jena statt. Der"
                " Kupferworkshop folgt am 6. Mai 2031 am selben Ort."
            ),
            "Haus der Technik",
        ),
    ],
)
def test_the_same_house_as_that_of_the_event_told_before(lang: str, text: str, venue: str) -> None:
    first, second = read_events(text, lang, "2031-05-05")
    assert first.place.venue == second.place.venue == venue
    assert first.place.city == second.place.city


@pytest.mark.parametrize(
    ("lang", "text", "town"),
    [
        (
            "de",
            "Das Forum in Jena ist verschoben und findet vom 9. bis 13. 11. 2031 in Bonn statt.",
            "Bonn",
        ),
        (
            "en",
            "Our forum in Oslo is postponed and will be held from 9 to 13 November 2031 in Bonn.",
            "Bonn",
        ),
        (
            "ru",
            "Горный форум в Оше перенесён и пройдёт с 9 по 13 ноября 2031 года в Бишкеке.",
            "Bishkek",
        ),
    ],
)
def test_a_moved_event_is_where_it_moves_to(lang: str, text: str, town: str) -> None:
    (event,) = read_events(text, lang, "2031-05-02")
    assert (event.place.city, event.start, event.end) == (town, "2031-11-09", "2031-11-13")


def _calls(units: int) -> int:
    """Calls of Python functions, and steps of generators, that a text of many events takes."""
    text = "Tin Forum in Oslo on 5 May 2031; " + "Forum B on 6 May 2031 in Rome; " * units
    page, counted = text_page(text, "en"), 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal counted
        counted += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        event_reader().find(page)
    finally:
        sys.setprofile(before)
    return counted


def test_work_on_a_sentence_of_many_events_grows_with_its_length() -> None:
    event_reader().find(text_page("The forum took place on 5 May 2031.", "en"))
    assert _calls(1600) < 1.8 * _calls(800)


@pytest.mark.parametrize(
    ("place", "town"),
    [
        ("Online", None),
        ("Zoom (online)", None),
        ("Online und in Jena", "Jena"),
        ("Alte Börse und online", "Goslar"),
        ("Online sowie Alte Börse", "Goslar"),
        ("Jena", "Jena"),
    ],
)
def test_what_is_labelled_online_is_held_in_no_town_of_the_text(
    place: str, town: str | None
) -> None:
    text = f"Termin\n5. Mai 2031\nOrt\n{place}\n\nDas Zinnforum stellt Gruben in Goslar vor."
    events, _ = event_reader().find(text_page(text, "de", title="Zinnforum"))
    assert [e.place.city for e in events] == [town]


@pytest.mark.parametrize(
    ("held", "country"),
    [("rein digital", None), ("digital", None), ("in Jena und digital", "DE")],
)
def test_what_is_held_digitally_is_in_no_country_of_the_text(
    held: str, country: str | None
) -> None:
    text = (
        f"Das Zinnforum fand am 5. Mai 2031 {held} statt. In Kasachstan wird mehr Zinn gefördert."
    )
    assert [e.place.country for e in read_events(text, "de")] == [country]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The tin webinar will be held on 30 November at 4 p.m. Oslo time."),
        ("de", "Die Zinnkonferenz beginnt am 30. November um 10 Uhr Ortszeit Jena."),
        ("ru", "Форум по олову состоится 30 ноября в 10:00 по времени Астаны."),
    ],
)
def test_a_town_by_whose_clock_an_hour_is_told_is_not_where(lang: str, text: str) -> None:
    assert [e.place.city for e in read_events(text, lang, "2031-11-26")] == [None]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The tin forum will be held on 30 November at 4 p.m. local time in Jena."),
        ("en", "The tin forum will be held on 30 November in Jena\nTime: 4 p.m."),
        ("de", "Die Zinnkonferenz beginnt am 30. November um 10 Uhr Ortszeit in Jena."),
    ],
)
def test_a_town_beside_an_hour_is_where_behind_its_preposition(lang: str, text: str) -> None:
    assert [e.place.city for e in read_events(text, lang, "2031-11-26")] == ["Jena"]


@pytest.mark.parametrize("heads", ["Ort | Termin", "Wo | Wann"])
def test_heads_of_tables_tell_nothing_of_each_other(heads: str) -> None:
    events = read_events(f"Zinnkonferenz\n\n{heads}\nFreiberg | 5. Mai 2031", "de", "2031-01-10")
    assert [(e.start, e.place.venue, e.place.city) for e in events] == [
        ("2031-05-05", None, "Freiberg")
    ]
