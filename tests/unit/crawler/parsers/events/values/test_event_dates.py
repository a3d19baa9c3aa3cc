from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from crawler.parsers.events.page.first_days import first_day
from indexer.records.document import Kind
from tests.event_texts import event_reader, read_events, read_values, text_page


@pytest.mark.parametrize(
    ("partial", "day"),
    [
        ("2031-05-12", date(2031, 5, 12)),
        ("2031-05", date(2031, 5, 1)),
        ("2031", date(2031, 1, 1)),
        ("2031-autumn", date(2031, 9, 1)),
        ("--05-12", None),
        ("2031-02-30", None),
        (None, None),
    ],
)
def test_the_first_day_of_a_partial_date(partial: str | None, day: date | None) -> None:
    assert first_day(partial) == day


@pytest.mark.parametrize(
    ("lang", "text", "dates"),
    [
        (
            "de",
            "Die Zinnkonferenz fand vom 5. bis 7. Mai 2031 in Jena statt.",
            ("2031-05-05", "2031-05-07"),
        ),
        ("en", "The tin conference took place in Oslo on 5 May 2031.", ("2031-05-05", None)),
        ("ru", "Конференция по олову прошла 5 мая 2031 года в Оше.", ("2031-05-05", None)),
        ("de", "Die Zinnkonferenz findet im Mai 2031 in Jena statt.", ("2031-05", None)),
        (
            "de",
            "Vom 8. April bis 30. August 2031 zeigt das Museum die Ausstellung „Zinn der Erde“.",
            ("2031-04-08", "2031-08-30"),
        ),
        (
            "ru",
            "С 8 апреля по 30 августа 2031 года музей показывает выставку «Олово земли».",
            ("2031-04-08", "2031-08-30"),
        ),
        (
            "de",
            "Die Anmeldung zur Zinnkonferenz in Jena läuft vom 8. April bis 30. August 2031.",
            (None, None),
        ),
        (
            "de",
            "Die Anmeldung zur Zinnausstellung in Jena läuft vom 8. April bis 30. August 2031.",
            (None, None),
        ),
        (
            "en",
            "From 8 April to 30 August 2031 the exhibition hall is closed to the Tin Summit.",
            (None, None),
        ),
    ],
)
def test_the_date_of_its_clause(lang: str, text: str, dates: tuple[str, str | None]) -> None:
    (event,) = read_events(text, lang)
    assert (event.start, event.end) == dates


@pytest.mark.parametrize(
    ("lang", "text", "dates"),
    [
        (
            "en",
            "The tin workshop took place in Oslo last week. It ran from 5 to 7 May.",
            ("2031-05-05", "2031-05-07"),
        ),
        (
            "en",
            "The tin workshop ended in Oslo on 7 May. On 6 and 7 May, 300 people came.",
            ("2031-05-06", "2031-05-07"),
        ),
        (
            "en",
            "The tin workshop was held in Oslo on 7 May. From 5 to 9 May the hotel was full.",
            ("2031-05-07", None),
        ),
    ],
)
def test_the_days_that_the_next_sentence_tells(
    lang: str, text: str, dates: tuple[str, str | None]
) -> None:
    (event,) = read_events(text, lang, "2031-05-12")
    assert (event.start, event.end) == dates


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "We left Lima on 5 May 2031 for a field trip to Cusco. We flew home on 9 May."),
        (
            "en",
            "We left Lima on 5 May 2031 for a field trip to Cusco. We returned to Lima on 9 May.",
        ),
        (
            "de",
            "Am 5. Mai 2031 brach eine Delegation nach Peru auf. Am 9. Mai kehrte sie zurück.",
        ),
        ("ru", "Делегация палаты посетила Монголию 5 мая 2031 года. Гости вернулись 9 мая."),
    ],
)
def test_a_journey_ends_when_its_travellers_come_home(lang: str, text: str) -> None:
    event = read_events(text, lang, "2031-05-12")[0]
    assert (event.start, event.end) == ("2031-05-05", "2031-05-09")


def test_who_flew_home_ends_no_gathering() -> None:
    text = "The tin forum took place in Oslo on 5 May 2031. The minister flew home on 9 May."
    assert [(e.start, e.end) for e in read_events(text, "en", "2031-05-12")] == [
        ("2031-05-05", None)
    ]


def test_what_else_returns_ends_no_journey() -> None:
    text = "We left Lima on 5 May 2031 for a field trip to Cusco. Tin returned to profit on 9 May."
    event = read_events(text, "en", "2031-05-12")[0]
    assert (event.start, event.end) == ("2031-05-05", None)


def test_an_open_span_is_no_date_of_an_event() -> None:
    text = "Seit 2019 wird geforscht. Die Zinnkonferenz fand am 5. Mai 2031 in Jena statt."
    assert [e.start for e in read_events(text, "de")] == ["2031-05-05"]


@pytest.mark.parametrize(
    ("lang", "text", "start"),
    [
        ("de", "Seit dem 5. Mai läuft in Jena die Ausstellung „Zinn“.", "2031-05-05"),
        ("de", "Ab dem 4. Juni findet in Jena die Sommerschule Zinn statt.", "2031-06-04"),
        ("en", "A course for tinsmiths will be held in Oslo starting 2 June 2031.", "2031-06-02"),
        ("ru", "С 10 мая в Оше проходит выставка «Олово».", "2031-05-10"),
        ("ru", "С 1 июня в Оше начнёт работу летняя школа геологов.", "2031-06-01"),
        ("de", "Seit dem 5. Mai läuft die Anmeldung zur Messe, die in Jena stattfindet.", None),
        ("en", "The tin summit in Oslo was moved from 2 June 2031.", None),
        ("en", "From 2 June, tin workshops will be held in Oslo.", None),
        (
            "en",
            "Tickets are on sale from 2 June 2031 for the fair, which will be held in Oslo.",
            None,
        ),
        ("de", "Seit dem 1. Mai 1990 findet in Jena jedes Jahr die Zinnmesse statt.", None),
    ],
)
def test_the_day_from_which_on_an_event_takes_place(
    lang: str, text: str, start: str | None
) -> None:
    starts = [e.start for e in read_events(text, lang, "2031-05-20")]
    assert [day for day in starts if day] == ([start] if start else [])


@pytest.mark.parametrize(
    ("lang", "text", "start"),
    [
        ("en", "As last year, the tin forum will be held on 4 May in Oslo.", "2031-05-04"),
        ("de", "Wie im vergangenen Jahr findet das Zinnforum am 4. Mai statt.", "2031-05-04"),
        ("de", "Wie im vergangenen Jahr findet das Zinnforum in Jena statt.", None),
        ("ru", "Как и в прошлом году, форум по олову пройдёт 4 мая в Оше.", "2031-05-04"),
        ("en", "Last year, the tin forum was held on 4 May in Oslo.", "2030-05-04"),
        ("en", "As planned for next year, the forum will be held on 4 May in Oslo.", "2032-05-04"),
    ],
)
def test_what_is_like_last_year_is_not_in_it(lang: str, text: str, start: str | None) -> None:
    (event,) = read_events(text, lang, "2031-02-20")
    assert event.start == start


@pytest.mark.parametrize(
    ("lang", "text", "start", "rule"),
    [
        ("de", "Der Kongress ERZ-2030 fand in Jena statt.", "2030", "dating.year-of-name"),
        (
            "de",
            (
                "Zwei Jahre nach dem Auftakttreffen in Jena wurde Bilanz gezogen. "
                "Das Auftakttreffen fand in Jena statt."
            ),
            "2029",
            "dating.years-after",
        ),
        ("en", "The tin forum took place in Oslo.", "2031-05", "dating.page-month"),
    ],
)
def test_a_date_that_follows_from_something_else(
    lang: str, text: str, start: str, rule: str
) -> None:
    assert read_values(text_page(text, lang, "2031-05-06"))["start"] == (start, rule)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Die Zinntagung wurde vom 5. Mai 2031 auf den 9. Juni 2031 verschoben."),
        ("de", "Die Zinntagung findet statt am 5. Mai 2031 erst am 9. Juni 2031 statt."),
        ("en", "The tin conference was postponed from 5 May 2031 to 9 June 2031."),
    ],
)
def test_the_new_day_of_a_moved_event(lang: str, text: str) -> None:
    assert [(e.start, e.end) for e in read_events(text, lang)] == [("2031-06-09", None)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "de",
            "Die Zinntagung wurde vom 5. und 6. Mai 2031 auf den 9. und 10. Juni 2031 verschoben.",
        ),
        ("en", "The tin conference was postponed from 5-6 May 2031 to 9-10 June 2031."),
        ("en", "The tin conference was postponed from 5 to 6 May 2031 to 9 to 10 June 2031."),
        ("ru", "Форум «Олово» перенесён с 5–6 мая 2031 года на 9–10 июня 2031 года."),
    ],
)
def test_the_new_days_of_a_moved_event_of_several_days(lang: str, text: str) -> None:
    assert [(e.start, e.end) for e in read_events(text, lang)] == [("2031-06-09", "2031-06-10")]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Die Zinntagung am 5. Mai 2031 fällt aus. Ersatztermin ist der 9. Juni 2031."),
        ("de", "Die Zinntagung am 5. Mai 2031 fällt aus und wird am 9. Juni 2031 nachgeholt."),
        ("en", "The tin workshop on 5 May 2031 is cancelled. The new date is 9 June 2031."),
        (
            "ru",
            "Форум «Олово», назначенный на 5 мая 2031 года, отменён. Новая дата — 9 июня 2031 г.",
        ),
    ],
)
def test_what_is_called_off_and_made_up_for_is_moved(lang: str, text: str) -> None:
    events = read_events(text, lang, "2031-04-01")
    assert [(e.start, e.status) for e in events] == [("2031-06-09", "moved")]


def test_what_is_called_off_is_not_made_up_for_by_another_event() -> None:
    text = (
        "Das Zinnforum am 5. Mai 2031 in Jena fällt aus. Das Kupferforum wird auf den 9. Juni 2031 "
        "verschoben."
    )
    events = {e.name: e for e in read_events(text, "de", "2031-04-01")}
    assert (events["Zinnforum"].start, events["Zinnforum"].status) == ("2031-05-05", "cancelled")


@pytest.mark.parametrize(
    ("lang", "title", "text"),
    [
        (
            "en",
            "Tin conference postponed to June 2031",
            (
                "The tin conference, planned for 5 and 6 May 2031 in Oslo, has been postponed. It "
                "will now take place in Oslo on 9 June 2031."
            ),
        ),
        (
            "de",
            "Zinntagung wird auf Juni verschoben",
            (
                "Die Zinntagung, die am 5. Mai 2031 in Jena stattfinden sollte, wird auf den 9. "
                "Juni 2031 verschoben."
            ),
        ),
        (
            "ru",
            "Форум «Олово» перенесён на июнь",
            (
                "Второй форум «Олово», который планировалось провести 5–6 мая 2031 года в Оше, "
                "перенесён. Он состоится 9 июня 2031 года в Оше."
            ),
        ),
    ],
)
def test_of_a_month_in_the_headline_the_text_gives_the_day(
    lang: str, title: str, text: str
) -> None:
    page = text_page(text, lang, "2031-04-01", title=title)
    events, _ = event_reader().find(page)
    assert [(e.start, e.status) for e in events] == [("2031-06-09", "moved")]


@pytest.mark.parametrize(
    ("kind", "text", "start"),
    [
        ("event", "17 May 2031, 9:30 am\n\nHotel Bristol", "2031-05-17"),
        ("article", "17 May 2031, 9:30 am\n\nHotel Bristol", "2031"),
        ("article", "Date: 17 May 2031\nVenue: Hotel Bristol", "2031-05-17"),
    ],
    ids=["announced", "of the page, maybe", "labelled"],
)
def test_of_a_year_in_the_name_a_line_of_its_own_gives_the_day(
    kind: Kind, text: str, start: str
) -> None:
    told = f"{text}\n\nMembers meet to discuss slags. There will be an excursion."
    page = text_page(told, "en", None, title="Tin Conference 2031")
    (event,) = event_reader().find(dataclasses.replace(page, kind=kind))[0]
    assert event.start == start


def test_a_month_of_the_headline_without_a_year_has_the_year_of_its_day() -> None:
    text = (
        "The third tin conference, planned for 5 November 2031 in Oslo, has been postponed. It "
        "will now be held in Oslo on 20 and 21 April 2032."
    )
    page = text_page(text, "en", "2031-09-14", title="Tin conference moves to April")
    (event,) = event_reader().find(page)[0]
    assert (event.start, event.end) == ("2032-04-20", "2032-04-21")


def test_a_day_of_another_month_leaves_the_month_of_the_headline() -> None:
    text = "The tin conference takes place in Oslo. Abstracts were due on 5 May 2031."
    page = text_page(text, "en", "2031-05-06", title="Tin conference in Oslo in June 2031")
    assert [e.start for e in event_reader().find(page)[0]] == ["2031-06"]


def test_rows_of_a_table_keep_their_days() -> None:
    text = (
        "Datum | Veranstaltung | Ort\n\n"
        "21.01.2031 | Zinnkonferenz | Berlin\n16.–17.03.2031 | Kupfertagung | Jena\n"
        "08.06.2031 | 12. Forum Rohstoffpolitik | Bonn\n23.09.2031 | Erzkongress | Leipzig"
    )
    found = {(e.name, e.start, e.end) for e in read_events(text, "de", "2030-11-02")}
    assert found == {
        ("Zinnkonferenz", "2031-01-21", None),
        ("Kupfertagung", "2031-03-16", "2031-03-17"),
        ("12. Forum Rohstoffpolitik", "2031-06-08", None),
        ("Erzkongress", "2031-09-23", None),
    }


def test_a_day_of_a_journey_lies_in_its_span() -> None:
    text = (
        "Kasachische Delegation zu Gast im Harz\n\nZehn Fachleute aus Kasachstan haben vom 10. bis "
        "12. Februar 2025 Gruben im Harz besucht. Am Mittwoch empfing Landrätin Sabine Fromm die "
        "Gäste in Goslar."
    )
    event = read_events(text, "de", "2025-02-14")[0]
    assert (event.start, event.end) == ("2025-02-10", "2025-02-12")
    assert [(p.name, p.role) for p in event.persons] == [("Sabine Fromm", "Landrätin")]


def test_the_last_day_may_stand_in_another_sentence() -> None:
    (event,) = read_events(
        "Выставка «Рудник» открылась 26 сентября 2022 года в Бишкеке. "
        "Она продлится до 29 сентября.",
        "ru",
        "2022-09-26",
    )
    assert (event.start, event.end) == ("2022-09-26", "2022-09-29")


@pytest.mark.parametrize(
    ("lang", "text", "day"),
    [
        ("ru", "В прошлом году горный форум состоялся 9 ноября в Караганде.", "2030-11-09"),
        (
            "de",
            "Im vergangenen Jahr fand das Zinnforum am 9. November in Jena statt.",
            "2030-11-09",
        ),
        ("ru", "В прошлом году горный форум состоялся 9 ноября 2029 года.", "2029-11-09"),
        ("en", "Last year, on 9 November, the tin forum was held in Perth.", "2030-11-09"),
        (
            "de",
            "Im letzten Jahr stieg der Preis, sagte sie beim Zinnforum am 9. September in Jena.",
            "2031-09-09",
        ),
        ("en", "Last year the tin forum was held on 29 February in Perth.", "2032-02-29"),
    ],
)
def test_a_day_has_the_year_that_its_clause_names(lang: str, text: str, day: str) -> None:
    (event,) = read_events(text, lang, "2031-10-01")
    assert event.start == day


def test_the_next_sentence_gives_the_day_of_a_year() -> None:
    (event,) = read_events(
        "Der Bergbautag findet 2031 nicht in Essen statt, sondern in Jena. "
        "Er findet am 7. Oktober 2031 im Rathaus statt.",
        "de",
        "2031-05-12",
    )
    assert event.start == "2031-10-07"


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Webinar: Yesterday's Mines\n\nJoin us on Thursday, 5 June.", "2031-06-05"),
        ("Yesterday's Tin Forum in Oslo drew 80 experts.", "2031-05-11"),
    ],
)
def test_a_relative_day_in_a_title_is_none(text: str, start: str) -> None:
    assert [e.start for e in read_events(text, "en", "2031-05-12")] == [start]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The Tin Days planned for 28 April 2031 in Oslo will now take place on 5 May 2031."),
        (
            "de",
            "Die Zinntagung in Jena, geplant für den 28. April 2031, findet nun am 5. Mai statt.",
        ),
        ("ru", "Форум в Оше, запланированный на 28 апреля 2031 года, теперь состоится 5 мая."),
    ],
)
def test_of_a_day_that_was_planned_and_the_one_that_holds_now_the_latter_counts(
    lang: str, text: str
) -> None:
    assert [e.start for e in read_events(text, lang, "2031-04-14")] == ["2031-05-05"]


def test_a_dateline_does_not_part_a_headline_from_the_day_of_its_event() -> None:
    text = (
        "Zweiter Harzer Zinktag: volle Reihen\n\nGoslar (18. September 2031). So voll war es nie: "
        "210 Gäste drängten sich gestern im Saal des Museums."
    )
    (event,) = read_events(text, "de", "2031-09-18")
    assert (event.name, event.start) == ("Zweiter Harzer Zinktag", "2031-09-17")


@pytest.mark.parametrize(
    ("lang", "text", "start"),
    [
        (
            "de",
            (
                "Altberg – Der für den 26. Februar angekündigte 4. Zinndialog Erzland muss "
                "verschoben werden. Die Straße ist gesperrt. Neuer Termin ist der 23. April."
            ),
            "2031-04-23",
        ),
        (
            "ru",
            (
                "Союз геологов сообщает, что V Степной конгресс, назначенный на 1–3 апреля, "
                "пройдёт на полтора месяца позже – с 19 по 21 мая."
            ),
            "2031-05-19",
        ),
    ],
)
def test_the_day_that_a_postponed_event_has_now(lang: str, text: str, start: str) -> None:
    (event,) = read_events(text, lang, "2031-02-10")
    assert event.start == start


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "de",
            (
                "Zinntag wird auf Mai verschoben\n\nDer für den 6. März angesetzte Harzer "
                "Zinntag kann "
                "wegen eines Brandes nicht wie geplant stattfinden. Neuer Termin ist "
                "Donnerstag, der "
                "8. Mai. Am Ort ändert sich nichts: Man trifft sich im Kulturhaus in Goslar."
            ),
        ),
        (
            "de",
            (
                "Harzer Zinntag wird verlegt\n\nDer für den 6. März geplante Harzer Zinntag "
                "kann nicht "
                "wie vorgesehen stattfinden. Grund ist ein Brand. Der Verband verschiebt die "
                "Tagung "
                "deshalb auf Donnerstag, den 8. Mai 2031."
            ),
        ),
        (
            "en",
            (
                "New date for the Fjord Tin Summit\n\nThe board has decided to push back the "
                "Fjord Tin "
                "Summit. It had been planned for 6 March, but a strike would have kept guests "
                "away. "
                "Smelters and traders will now convene on Thursday 8 May 2031."
            ),
        ),
        (
            "en",
            (
                "The Third Fjord Tin Summit will not be held on 6 March as announced. It has been "
                "rescheduled for 8 May 2031. The place stays the same."
            ),
        ),
        (
            "ru",
            (
                "Конференция по олову переносится на май\n\nСоюз геологов сообщает, что II "
                "конференция "
                "«Олово степи», намеченная на 6 марта, переносится. Новые даты – 8 и 9 мая "
                "2031 года."
            ),
        ),
    ],
)
def test_the_day_on_which_an_event_was_to_be_makes_no_other_event(lang: str, text: str) -> None:
    (event,) = read_events(text, lang, "2031-02-10")
    assert event.start == "2031-05-08"


@pytest.mark.parametrize(
    ("lang", "text", "told"),
    [
        (
            "en",
            (
                "The Fjord Tin Summit will not take place on 6 March 2031 as announced. The new "
                "date is 8 May 2031."
            ),
            [("2031-05-08", "moved")],
        ),
        (
            "en",
            (
                "The Fjord Tin Summit will not take place on 6 March 2031 as planned. It will now "
                "convene on 8 May 2031."
            ),
            [("2031-03-06", "cancelled")],
        ),
        (
            "de",
            (
                "Der Harzer Zinntag fällt am 6. März 2031 aus und kann nicht wie geplant "
                "stattfinden. Neuer Termin ist der 8. Mai 2031."
            ),
            [("2031-05-08", "moved")],
        ),
        (
            "en",
            (
                "The Fjord Tin Summit on 6 March 2031 in Oslo cannot be held without volunteers. "
                "The Copper Seminar will take place on 8 May 2031 in Dresden."
            ),
            [("2031-03-06", "scheduled"), ("2031-05-08", "scheduled")],
        ),
    ],
)
def test_what_is_not_as_planned_is_an_event_still(
    lang: str, text: str, told: list[tuple[str, str]]
) -> None:
    found = [(event.start, event.status) for event in read_events(text, lang, "2031-02-10")]
    assert found == told


def test_today_is_not_the_day_of_an_event_of_which_something_holds_as_of_today() -> None:
    text = "Степная выставка «Олово» пройдёт в Оше. На сегодня площади оплатили 64 фирмы."
    (event,) = read_events(text, "ru", "2031-02-10")
    assert event.start is None


def test_what_ended_today_began_on_the_day_since_which_people_met() -> None:
    text = (
        "Freiberg – Mit 600 Gästen ist heute das 75. Hüttenkolloquium zu Ende gegangen. Seit "
        "Mittwoch berieten Wissenschaft und Industrie über Kupfer."
    )
    (event,) = read_events(text, "de", "2031-06-06")
    assert (event.start, event.end) == ("2031-06-04", "2031-06-06")


def test_a_day_behind_a_pronoun_is_of_the_event_before_it() -> None:
    text = (
        "We spoke with her ahead of the Tin Forum 2031 in Oslo. In spring the committee will "
        "hold the second Copper Dialogue. It will take place on 14-15 April 2031 in Perth."
    )
    starts = {e.name: e.start for e in read_events(text, "en", "2030-11-25")}
    assert starts["Tin Forum 2031"] == "2031"
