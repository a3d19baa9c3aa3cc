from __future__ import annotations

import pytest

from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.values.event_dates import EventDates
from crawler.parsers.events.values.roles import is_overview
from tests.event_texts import read_events


@pytest.mark.parametrize(
    ("lang", "text", "role", "status"),
    [
        ("en", "The tin forum in Oslo will take place on 5 May 2031.", "upcoming", "scheduled"),
        ("en", "The tin forum in Oslo is planned for late February.", "upcoming", "scheduled"),
        ("en", "The tin forum in Oslo on 5 May 2031 was cancelled.", "upcoming", "cancelled"),
        ("de", "Die Zinntagung am 5. Mai 2031 in Jena ist abgesagt.", "upcoming", "cancelled"),
        ("ru", "Форум по олову в Оше 5 мая 2031 года отменён.", "upcoming", "cancelled"),
        ("de", "Die Zinntagung wurde auf den 9. Juni 2031 verschoben.", "upcoming", "moved"),
        ("en", "They had to postpone the Tin Forum of 9 June 2031.", "upcoming", "moved"),
        ("en", "He refused to postpone the Tin Forum of 9 June 2031.", "upcoming", "scheduled"),
        ("en", "The tin forum in Oslo took place on 5 February 2031.", "main", "held"),
        ("de", "Die Zinntagung fand am 5. Februar 2031 in Jena statt.", "main", "held"),
        ("ru", "Форум по олову прошёл 5 февраля 2031 года в Оше.", "main", "held"),
    ],
)
def test_role_and_status(lang: str, text: str, role: str, status: str) -> None:
    (event,) = read_events(text, lang, "2031-02-06")
    assert (event.role, event.status) == (role, status)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The tin fair opens today in Oslo."),
        ("de", "Heute beginnt in Jena die Zinnmesse."),
        ("ru", "Сегодня в Оше открывается форум по олову."),
    ],
)
def test_what_opens_today_is_still_to_come(lang: str, text: str) -> None:
    (event,) = read_events(text, lang, "2031-02-06")
    assert (event.start, event.role, event.status) == ("2031-02-06", "upcoming", "scheduled")


def test_a_further_event_that_was_cancelled_is_only_mentioned() -> None:
    events = read_events(
        "► Не состоится. Мастер-класс по маркировке, обещанный на 5 марта в Намангане, отменен: "
        "заболела ведущая.\n\n► Готовимся. XII Ярмарка «Караван», Маргилан, 19–22 марта.",
        "ru",
        "2031-02-03",
    )
    assert {e.start: e.role for e in events} == {
        "2031-03-05": "mentioned",
        "2031-03-19": "upcoming",
    }


def test_the_next_event_is_upcoming_and_an_earlier_one_mentioned() -> None:
    events = read_events(
        "Am 5. Mai 2031 fand in Jena die 3. Zinntagung statt. "
        "Die nächste Zinntagung findet am 6. Juni 2032 in Essen statt. "
        "Die 2. Zinntagung fand am 7. Mai 2030 in Goslar statt.",
        "de",
        "2031-05-06",
    )
    assert [(e.ordinal, e.role) for e in events] == [
        (3, "main"),
        (None, "upcoming"),
        (2, "mentioned"),
    ]


@pytest.mark.parametrize(
    ("lang", "text", "roles"),
    [
        (
            "en",
            (
                "The 3rd tin forum takes place in Oslo on 6 June 2031. "
                "Members of the press may register for the 8th Lead Pit Congress."
            ),
            ["upcoming", "upcoming"],
        ),
        (
            "en",
            (
                "The 3rd tin forum took place in Oslo on 5 May 2031. Tin is dear. Pits are few. "
                "Guests asked for maps. Some of them visited the 8th Lead Pit Congress."
            ),
            ["main", "main"],
        ),
        (
            "en",
            (
                "The 3rd tin forum took place in Oslo on 5 May 2031. "
                "Some of the guests opened the 8th Lead Pit Congress."
            ),
            ["main", "main"],
        ),
        (
            "de",
            (
                "Die 3. Zinntagung fand am 5. Mai 2031 in Jena statt. Zinn ist teuer. Gruben sind "
                "selten. Gäste baten um Karten. Einige besuchten den 8. Grubenkongress."
            ),
            ["main", "main"],
        ),
        (
            "de",
            (
                "Die 3. Zinntagung findet am 6. Juni 2031 in Jena statt. "
                "Zum 8. Grubenkongress können Schulen Gruppen melden."
            ),
            ["upcoming", "upcoming"],
        ),
        (
            "ru",
            (
                "3-й форум по олову пройдёт в Оше 6 июня 2031 года. "
                "На 8-й Горный конгресс приглашают и школьников."
            ),
            ["upcoming", "upcoming"],
        ),
    ],
)
def test_the_tense_decides_where_a_further_event_has_no_day(
    lang: str, text: str, roles: list[str]
) -> None:
    assert [e.role for e in read_events(text, lang, "2031-05-06")] == roles


def test_a_further_event_of_an_earlier_year_is_mentioned() -> None:
    text = (
        "The 3rd tin forum takes place in Oslo on 6 June 2031. "
        "Guests know the hall from the Lead Pit Congress 2027."
    )
    events = read_events(text, "en", "2031-05-06")
    assert [e.role for e in events] == ["upcoming", "mentioned"]


def days(*starts: str) -> list[EventDates]:
    return [EventDates(FoundValue(start, "text", 0, 1, "dating.ranked")) for start in starts]


@pytest.mark.parametrize(
    ("starts", "published", "overview"),
    [
        (("2019-05-05", "2029-06-06"), "2031-05-06", True),
        (("2019-05-05", "2031-05-05"), "2031-05-06", False),
        (("2019-05-05", "2019-05-07"), "2031-05-06", False),
        (("2019-05-05", "2020-06-06", "2021-07-07"), None, True),
        (("2019-05-05", "2020-06-06"), None, False),
    ],
)
def test_a_page_of_past_events_is_an_overview(
    starts: tuple[str, ...], published: str | None, overview: bool
) -> None:
    assert is_overview(days(*starts), published) is overview


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "ru",
            (
                "Горный форум пройдёт в Астане 14 октября. Ранее, 22 сентября, в Бишкеке состоялся"
                " семинар геологов."
            ),
        ),
        (
            "de",
            (
                "Das Zinnforum findet am 14. Oktober in Jena statt. Zuvor, am 22. September, fand"
                " in Bonn eine Konferenz der Geologen statt."
            ),
        ),
    ],
)
def test_what_a_sentence_tells_as_earlier_is_only_mentioned(lang: str, text: str) -> None:
    events = read_events(text, lang, "2031-10-01")
    assert [event.role for event in events] == ["upcoming", "mentioned"]


@pytest.mark.parametrize(
    ("published", "role"),
    [("2031-06-14", "main"), ("2031-09-14", "mentioned")],
)
def test_a_diary_tells_of_its_days_though_they_are_a_month_past(published: str, role: str) -> None:
    events = read_events(
        "The club's field trip went to Oslo from 5 to 9 May 2031. "
        "On 8 May 2031 we visited the Fjord Mineral Fair in Bergen.",
        "en",
        published,
    )
    assert {e.name: e.role for e in events}["Fjord Mineral Fair"] == role
