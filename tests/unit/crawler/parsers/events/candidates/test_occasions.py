import pytest

from tests.event_texts import read_events

CALENDAR = """Осень: что где идёт

6 ноября, четверг. Талас, клуб «Хан». {first}. Зовёт Фонд «Память».

20 ноября. Онлайн. {second}. Тема: налоги.
"""


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Вечер кино и соли", "Встреча юриста"),
        ("Ночь открытых шахт", "Праздник солевара"),
        ("День открытых рудников", "Школа молодого геофизика"),
    ],
)
def test_names_that_open_the_entries_of_a_calendar(first: str, second: str) -> None:
    events = read_events(CALENDAR.format(first=first, second=second), "ru", "2031-10-30")
    assert {e.name: e.start for e in events} == {first: "2031-11-06", second: "2031-11-20"}


def test_a_weekday_that_opens_an_entry_names_nothing() -> None:
    text = CALENDAR.format(first="День открытых рудников", second="Последняя пятница месяца")
    assert [e.name for e in read_events(text, "ru", "2031-10-30")] == ["День открытых рудников"]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("The school in Leeds starts on 22 January and lasts five days.", "en"),
        ("6 May – Course: Safe blasting, Ennis. One day, €190.\n9 May – Tin Forum, Leeds.", "en"),
    ],
)
def test_a_number_of_days_is_no_event(text: str, lang: str) -> None:
    names = [e.name.casefold() for e in read_events(text, lang, "2031-01-08")]
    assert not [name for name in names if "day" in name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            (
                "Ten teams competed in Leeds from 24 to 26 September in the third Steppe"
                " Rescue Contest, organised by the Kyzyl Combine."
            ),
            "third Steppe Rescue Contest",
        ),
        (
            (
                "Some 70 gem cutters met in Leeds on 24 September for the fourth Pennine Gemstone"
                " Exchange."
            ),
            "fourth Pennine Gemstone Exchange",
        ),
    ],
)
def test_a_number_before_capitals_makes_an_edition(text: str, name: str) -> None:
    assert [e.name for e in read_events(text, "en", "2031-09-29")] == [name]


def test_the_day_of_an_occasion_of_the_headline_stands_below_a_dateline() -> None:
    text = (
        "Second St Anne Minerals Evening draws a crowd\n\n7 November 2031. They ran out of chairs."
        " About 180 residents squeezed into the Clay Centre on Tuesday."
    )
    (event,) = read_events(text, "en", "2031-11-07")
    assert (event.name, event.start) == ("Second St Anne Minerals Evening", "2031-11-04")


def test_a_numbered_day_of_a_programme_is_no_event() -> None:
    text = (
        "Agenda: Hot Rocks Workshop\nHotel Termal, Leeds, 18–19 September 2031\n\nDAY ONE\n"
        "9:30 Registration\n10:00 Words of welcome\n10:20 Lithium in brine"
    )
    (event,) = read_events(text, "en", "2031-09-01")
    assert event.name.endswith("Hot Rocks Workshop")
