import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.records.document import Page
from tests.event_texts import event_reader, read_events, text_page


def test_clause_of_another_event_is_closed() -> None:
    text = (
        "Am 4. Mai 2021 fand in Berlin die 3. Sitzung des Wirtschaftsrates statt. "
        "Die nächste Sitzung ist für Oktober 2021 in Taschkent geplant."
    )
    first, second = read_events(text, "de", "2021-05-06")
    assert (first.start, first.place.city, first.ordinal, first.role) == (
        "2021-05-04",
        "Berlin",
        3,
        "main",
    )
    assert (second.start, second.place.city, second.role) == ("2021-10", "Tashkent", "upcoming")


def test_country_follows_from_town_and_says_so() -> None:
    page = text_page(
        "On 3 March 2020 a conference on tin took place in Bishkek.", "en", "2020-03-04"
    )
    (event,), mentions = event_reader().find(page)
    assert event.place.country == "KG"
    assert [m.inferred for m in mentions if m.field == "events[0].place.country"] == [True]


def test_just_been_takes_the_month_of_the_page() -> None:
    (event,) = read_events(
        "В Бишкеке прошла конференция по олову, собравшая 40 участников.", "ru", "2020-03-04"
    )
    assert event.start == "2020-03"


def test_loose_date_gives_the_month() -> None:
    (event,) = read_events(
        "Last week a mining forum was held in Tashkent, attended by 90 delegates.",
        "en",
        "2022-10-03",
    )
    assert event.start == "2022-09"


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("The Tin Forum 2025 was held in the capital of Uzbekistan on 2 June.", "en"),
        ("The Tin Forum 2025 was held in Uzbekistan’s capital on 2 June.", "en"),
        ("Das Zinnforum 2025 fand am 2. Juni in der Hauptstadt Usbekistans statt.", "de"),
    ],
)
def test_capital_of_a_country_is_its_town(text: str, lang: str) -> None:
    (event,) = read_events(text, lang, "2025-06-05")
    assert (event.place.city, event.place.country) == ("Tashkent", "UZ")
    assert event.place.venue is None


@pytest.mark.parametrize(
    ("text", "lang", "status"),
    [
        ("Die für den 3. Mai 2021 in Berlin geplante Konferenz wurde abgesagt.", "de", "cancelled"),
        ("The forum planned for 3 May 2021 in London has been postponed.", "en", "moved"),
        ("3 мая 2021 года в Бишкеке состоялся форум.", "ru", "held"),
    ],
)
def test_status(text: str, lang: str, status: str) -> None:
    assert read_events(text, lang, "2021-05-04")[0].status == status


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        (
            "Anträge können bis zum 1. Mai eingereicht werden. Die Ausschreibung läuft drei Jahre.",
            "de",
        ),
        ("Copper prices fell on Monday. Analysts expect no change at the next Fed meeting.", "en"),
        ("Комитет объявляет тендер на разведку участков до 1 марта 2021 года.", "ru"),
        ("Das 50-jährige Jubiläum des Werkes fällt in das Jahr 2022.", "de"),
        ("", "de"),
    ],
)
def test_no_event(text: str, lang: str) -> None:
    assert read_events(text, lang, "2021-02-01") == ()


def test_count_is_hedged_and_years_are_none() -> None:
    (event,) = read_events(
        "Rund 250 Gäste kamen am 5. Mai 2014 zum Rohstoffforum nach Bonn.", "de", "2014-05-06"
    )
    assert (event.participants.count, event.participants.approximate) == (250, True)


def test_person_with_post_and_employer() -> None:
    text = (
        "At the forum in Baku on 2 June 2020, Jane Miller, deputy director of the World Bank, "
        "spoke."
    )
    people = {p.name: p for e in read_events(text, "en", "2020-06-03") for p in e.persons}
    assert people["Jane Miller"].role == "deputy director"
    assert people["Jane Miller"].organisation == "World Bank"


WORDS = [
    *("Sitzung", "der", "5.", "fand", "statt", "am", "8.", "Juni", "2015", "„", "“", "Astana"),
    *("und", ",", ".", "\n\n", "Dr.", "zum", "Thema", "Forum", "nächste", "organisiert", "von"),
    *("Weltbank", "(", ")"),
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=60))
def test_every_value_stands_in_the_page(words: list[str]) -> None:
    page = text_page(" ".join(words), "de", "2015-06-09")
    events, mentions = event_reader().find(page)
    assert all(m.surface and page.part(m.part)[m.start : m.end] == m.surface for m in mentions)
    for i, event in enumerate(events):
        assert event.name
        assert any(m.field == f"events[{i}].name" for m in mentions)


def test_labels_without_a_colon() -> None:
    text = "Slag Workshop\n\nDate 14 May 2031\nVenue Town Hall, Hull\nOrganiser Slag Association"
    (event,) = read_events(text, "en", "2031-03-04")
    assert (event.start, event.place.venue) == ("2031-05-14", "Town Hall")
    assert event.organisers == ("Slag Association",)


def test_a_house_that_opens_with_the_label_of_a_town() -> None:
    text = "Slag Workshop\n\nDate 14 May 2031\nTown Hall, Leeds"
    (event,) = read_events(text, "en", "2031-03-04")
    assert event.place.venue == "Town Hall"


def test_labels_of_an_announcement() -> None:
    text = (
        "Workshop Erzaufbereitung\n\nDie Kammer lädt zu einem Workshop ein.\n\n"
        "Datum: 14. Oktober 2021\nOrt: Haus der Technik, Berlin\nAnmeldung bis 1. Oktober 2021"
    )
    (event,) = read_events(text, "de", "2021-09-01")
    assert (event.start, event.place.venue, event.place.city) == (
        "2021-10-14",
        "Haus der Technik",
        "Berlin",
    )


def test_the_post_of_the_next_person_is_not_taken() -> None:
    (event,) = read_events(
        "На форуме в Ташкенте 5 мая выступили глава Комитета геологии Павел Ерохин, "
        "руководитель Агентства лесов Игорь Самсонов.",
        "ru",
        "2031-05-06",
    )
    assert [(p.name, p.role) for p in event.persons] == [
        ("Павел Ерохин", "глава"),
        ("Игорь Самсонов", "руководитель"),
    ]


def test_a_post_before_a_comma_is_read() -> None:
    (event,) = read_events(
        "Am 4. Mai 2031 fand in Jena die Jahrestagung der Salzwerke statt. Es sprachen die "
        "Vizepräsidentin, Frau Dr. Silke Matern, und der Schatzmeister, Herr Dr.-Ing. Ole Thies.",
        "de",
        "2031-05-06",
    )
    assert [(p.name, p.role) for p in event.persons] == [
        ("Silke Matern", "Vizepräsidentin"),
        ("Ole Thies", "Schatzmeister"),
    ]


def test_the_office_of_a_post_is_no_venue() -> None:
    (event,) = read_events(
        "Am 4. Mai 2031 tagte in Jena die Arbeitsgruppe Salz. Die Sitzung wurde vom Leiter der "
        "Abteilung Handel im Ministerium für Salz geleitet.",
        "de",
        "2031-05-06",
    )
    assert event.place.venue is None


def test_a_house_named_after_what_it_is_for_is_no_event() -> None:
    (event,) = read_events(
        "The 4th Salt Forum was held on 4 May 2031 at the Steppe Exhibition Hall in Tashkent.",
        "en",
        "2031-05-06",
    )
    assert (event.name, event.place.city) == ("4th Salt Forum", "Tashkent")


def test_a_session_told_before_is_of_the_same_edition() -> None:
    events = read_events(
        "VII salt forum opens in Tashkent\n\nThe VII salt forum opened in Tashkent on 4 May 2031. "
        "The VII Steppe Salt Forum will go on to 6 May 2031.",
        "en",
        "2031-05-04",
    )
    assert len(events) == 1


def test_russian_names_are_given_in_the_nominative() -> None:
    page = text_page(
        "5 мая 2031 года в Ташкенте на II Горном форуме выступили гости.", "ru", "2031-05-06"
    )
    (event,), mentions = event_reader().find(page)
    (name,) = [m for m in mentions if m.field == "events[0].name"]
    assert (event.name, name.value, name.surface) == (
        "II Горный форум",
        "II Горный форум",
        "II Горном форуме",
    )


def test_a_week_belongs_to_the_month_of_most_of_its_days() -> None:
    (event,) = read_events(
        "Ende vergangener Woche fand in Jena ein Salzforum statt.", "de", "2023-11-10"
    )
    assert event.start == "2023-11"


def test_organisers_may_be_told_late() -> None:
    text = (
        "On 4 May 2031 a salt workshop was held in Tashkent. Ten people came. They were keen. They "
        "asked much. They left late. It rained. Funding came from the Salt Development Bank."
    )
    (event,) = read_events(text, "en", "2031-05-06")
    assert event.organisers == ("Salt Development Bank",)


def test_a_list_of_stated_events_keeps_each() -> None:
    """Several events of one month are not one event."""
    markup = "\n\n".join(
        f"Event.name: {name}\nEvent.startDate: 2026-03-{day}"
        for name, day in (
            ("Lithiumforum", "04"),
            ("Kupfertag", "11"),
            ("Zinnmesse", "18"),
            ("Zinnmesse", "18"),
        )
    )
    page = Page(url=None, lang="de", kind="listing", parts={"markup": markup})
    events, _ = event_reader().find(page)
    assert [(e.name, e.start) for e in events] == [
        ("Lithiumforum", "2026-03-04"),
        ("Kupfertag", "2026-03-11"),
        ("Zinnmesse", "2026-03-18"),
    ]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("The Tin Forum, planned for 5 November 2026, is postponed to 3 December 2026.", "en"),
        ("The workshop in Osh has been moved from 5 November 2026 to 3 December 2026.", "en"),
        ("Das Zinnforum wurde vom 5. November auf den 3. Dezember 2026 verschoben.", "de"),
        (
            (
                "Das Zinnforum, geplant für den 5. November 2026, wird auf den 3. Dezember 2026 "
                "verlegt."
            ),
            "de",
        ),
        (
            (
                "Семинар в Оше, запланированный на 5 ноября 2026 года, перенесён на 3 декабря "
                "2026 года."
            ),
            "ru",
        ),
        ("Семинар в Оше перенесён с 5 ноября на 3 декабря 2026 года.", "ru"),
    ],
)
def test_a_moved_event_is_on_its_new_day(text: str, lang: str) -> None:
    (event,) = read_events(text, lang, "2026-10-01")
    assert (event.start, event.end, event.status, event.role) == (
        "2026-12-03",
        None,
        "moved",
        "upcoming",
    )


@pytest.mark.parametrize("published", ["2026-05-01", "2026-05-02", None])
def test_what_will_be_held_is_to_come_whatever_day_the_page_is_of(published: str | None) -> None:
    (event,) = read_events(
        "A tin forum will be held in Tashkent on 12-14 May 2026.", "en", published
    )
    assert (event.role, event.status) == ("upcoming", "scheduled")


def test_an_event_without_a_place_is_in_the_country_of_its_page() -> None:
    """Of short texts the choice of countries has learnt nothing."""
    told = (
        "Die Bergakademie meldet volle Kurse. In Freiberg wird ein neues Labor gebaut. "
        "Die Stadt Chemnitz gibt Geld dazu. "
    )
    held = "Der Tag der offenen Tür fand am 24. Mai 2031 statt. Es kamen 900 Besucher. "
    coming = "Der nächste Tag der offenen Tür ist für Mai 2032 geplant."
    *_, event = read_events(f"{told}\n\n{held}\n\n{coming}", "de", "2031-06-02")
    assert (event.start, event.place.city, event.place.country) == ("2032-05", None, "DE")
    (event,) = read_events(coming, "de", "2031-06-02")
    assert event.place.country is None


@pytest.mark.parametrize(
    ("lang", "forum", "further", "name", "town"),
    [
        (
            "en",
            (
                "The 5th Mining Forum took place in Berlin on 4 May 2031. It was organised by the"
                " Chamber of Mines. Copper is dear."
            ),
            "The Tin Guild will hold its open house in Leipzig on 7 June 2031.",
            "open house",
            "Leipzig",
        ),
        (
            "ru",
            (
                "5-й Горный форум состоялся 4 мая 2031 года в Алматы. Его организовала Ассоциация"
                " горных предприятий. Медь дорожает."
            ),
            "Союз геологов приглашает 7 июня 2031 года в Астану на чаепитие.",
            "чаепитие",
            "Astana",
        ),
    ],
)
def test_what_no_list_has_is_an_event_by_a_likely_word_and_its_values(
    lang: str, forum: str, further: str, name: str, town: str
) -> None:
    events = read_events(f"{forum} {further}", lang, "2031-05-20")
    assert (events[1].name, events[1].start, events[1].place.city) == (name, "2031-06-07", town)
    assert len(read_events(forum, lang, "2031-05-20")) == 1
