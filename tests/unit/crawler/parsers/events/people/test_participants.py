from __future__ import annotations

import pytest

from tests.event_texts import read_events


@pytest.mark.parametrize(
    ("lang", "text", "count", "approximate"),
    [
        (
            "de",
            "An der Zinntagung am 5. Mai 2031 in Jena nahmen rund 120 Gäste teil.",
            120,
            True,
        ),
        (
            "de",
            "An der Zinntagung am 5. Mai 2031 in Jena nahmen 40 Konferenzteilnehmer teil.",
            40,
            False,
        ),
        ("de", "Zur Zinntagung am 5. Mai 2031 in Jena kam eine 15-köpfige Delegation.", 15, False),
        (
            "de",
            "Zur Zinntagung am 5. Mai 2031 in Jena kamen fünfunddreißig Fachleute.",
            35,
            False,
        ),
        ("de", "Zur Zinntagung am 5. Mai 2031 in Jena kamen 40 Bergbauingenieure.", 40, False),
        ("de", "Zur Zinntagung am 5. Mai 2031 in Jena kamen zwei Dutzend Chemiker.", 24, False),
        ("en", "Two hundred chemists attended the tin forum in Oslo on 5 May 2031.", 200, False),
        ("en", "The tin forum in Oslo on 5 May 2031 drew 30 hydrologists.", 30, False),
        ("ru", "На форум по олову в Оше 5 мая 2031 года приехали 42 металлурга.", 42, False),
        ("ru", "В форуме в Оше 5 мая 2031 года участвовали тридцать два инженера.", 32, False),
        ("en", "We met at the tin forum in Oslo on 5 May 2031; 58 of you came.", 58, False),
        ("en", "More than 80 experts attended the tin forum in Oslo on 5 May 2031.", 80, True),
        ("en", "The tin forum in Oslo on 5 May 2031 had 1,200 visitors.", 1200, False),
        ("en", "The tin forum in Oslo on 5 May 2031 had 300 school leavers.", 300, False),
        ("de", "Zur Zinntagung am 5. Mai 2031 in Jena kamen 430 Hörer.", 430, False),
        ("de", "Zur Zinntagung am 5. Mai 2031 in Jena kamen 4,5 Tausend Gäste.", 4500, False),
        ("ru", "Форум по олову в Оше 5 мая 2031 года посетили 12 тысяч человек.", 12000, False),
        ("de", "Zur Zinntagung am 5. Mai 2031 in Jena kamen 52 Steiger.", 52, False),
        ("de", "Zur Zinntagung am 5. Mai 2031 in Jena kamen 41 Mitglieder.", 41, False),
        ("de", "Zur Zinntagung am 5. Mai 2031 in Jena kamen 45 Zechenvorstände.", 45, False),
        ("ru", "На семинар 5 мая 2031 года в Оше приехали 60 взрывников городов края.", 60, False),
        ("ru", "Семинар для 50-ти взрывников прошёл 5 мая 2031 года в Оше.", 50, False),
        ("en", "The tin forum took place in Oslo on 5 May 2031; 34 blasters came.", 34, False),
        (
            "ru",
            "В форуме по олову в Оше 5 мая 2031 года приняли участие около 60 специалистов.",
            60,
            True,
        ),
    ],
)
def test_how_many_took_part(lang: str, text: str, count: int, approximate: bool) -> None:
    (event,) = read_events(text, lang)
    assert (event.participants.count, event.participants.approximate) == (count, approximate)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Auf der Zinntagung am 5. Mai 2031 in Jena wurden 12 Projekte gezeigt."),
        ("de", "Auf der Zinntagung am 5. Mai 2031 in Jena wurden 60 Bohrkerne gezeigt."),
        ("en", "At the tin forum in Oslo on 5 May 2031 40 papers were read."),
        (
            "ru",
            "Форум по олову\n\n5 мая 2031 года в Оше состоялось 14-е очередное заседание форума.",
        ),
        ("en", "At the tin forum in Oslo on 5 May 2031 two experts spoke."),
        ("ru", "На форуме в Оше 5 мая 2031 года показали 12 проектов."),
        ("de", "Auf die Zinntagung am 5. Mai 2031 in Jena, zu der im Vorjahr 280 Gäste kamen."),
        ("en", "The tin forum is in Oslo on 5 May 2031; last year 280 guests attended."),
        ("ru", "Форум пройдёт 5 мая 2031 года в Оше. В прошлом году пришли 280 участников."),
        ("de", "Die Exkursion führte die Teilnehmer am 5. Mai 2031 über 340 Kilometer nach Jena."),
        ("en", "The tin forum was in Oslo on 5 May 2031. Guests travelled 250 kilometres to it."),
        ("ru", "Участники форума 5 мая 2031 года в Оше проехали 250 километров."),
        (
            "de",
            "Zinntagung am 5. Mai 2031\n\nOrt: Hafengasse 24, 07743 Jena. Teilnehmer: A. Weber.",
        ),
        (
            "de",
            "Zinntagung am 5. Mai 2031\n\nOrt: Hafengasse 24, 8037 Zürich Teilnehmer: A. Weber.",
        ),
        ("de", "Zinntagung am 5. Mai 2031 in Jena. Seit 2020 kamen 170 Bergleute ums Leben."),
        ("de", "Die Zinntagung ist am 5. Mai 2031 in Jena. 4.000 Gäste hat eine Umfrage befragt."),
        ("en", "The tin forum is in Oslo on 5 May 2031. Since 2020 some 1,700 miners were killed."),
        ("ru", "Форум пройдёт 5 мая 2031 года в Оше. С 2020 года погибли более 170 человек."),
        ("de", "Der Empfang zum 30. Jahrestag der Zinngilde fand am 5. Mai 2031 in Jena statt."),
        ("en", "Registration opens for Tin Forum 2031\n\nIt takes place in Oslo on 5 May 2031."),
    ],
)
def test_other_numbers_count_nobody(lang: str, text: str) -> None:
    assert [e.participants.count for e in read_events(text, lang, "2031-02-01")] == [None]


def test_the_dead_of_another_clause_are_not_those_who_came() -> None:
    text = "Zur Zinntagung am 5. Mai 2031 in Jena kamen 120 Gäste; 9 Bergleute starben 2030."
    assert [e.participants.count for e in read_events(text, "de")] == [120]


@pytest.mark.parametrize(
    ("lang", "text", "count"),
    [
        ("en", "The tin forum took place in Oslo on 5 May 2031 with eight engineers.", None),
        ("de", "Eine Delegation mit acht Unternehmern reiste am 5. Mai 2031 nach Peru.", 8),
        ("de", "Zur Zinntagung am 5. Mai 2031 in Jena kam eine achtköpfige Delegation.", 8),
    ],
)
def test_few_are_all_who_came_on_journeys_only(lang: str, text: str, count: int | None) -> None:
    event = read_events(text, lang)[0]
    assert event.participants.count == count


def test_a_number_is_that_of_one_event() -> None:
    events = read_events(
        "The 3rd tin forum took place in Oslo on 5 May 2031. A seminar on lead was held in Perth "
        "on 9 May 2031 with 40 engineers.",
        "en",
        "2031-05-12",
    )
    assert {e.start: e.participants.count for e in events} == {
        "2031-05-05": None,
        "2031-05-09": 40,
    }


def test_who_came_to_a_further_event_may_be_told_right_behind_it() -> None:
    events = read_events(
        "The 3rd tin forum took place in Oslo on 5 May 2031. A seminar on lead was held in Perth "
        "on 9 May 2031. Some 40 engineers came to it.\n\nAnother 90 guests saw a film.",
        "en",
        "2031-05-12",
    )
    assert {e.start: e.participants.count for e in events} == {
        "2031-05-05": None,
        "2031-05-09": 40,
    }


def test_the_number_of_an_earlier_year_is_that_of_the_event_which_was_then() -> None:
    events = read_events(
        "16–17 сентября 2031 года в Алматы состоялся VI Международный форум «Недра». В форуме "
        "приняли участие 640 делегатов. В прошлом году V форум собрал 510 делегатов.",
        "ru",
        "2031-09-18",
    )
    assert {e.start: e.participants.count for e in events} == {"2031-09-16": 640, "2030": 510}


@pytest.mark.parametrize(
    ("lang", "text", "countries"),
    [
        (
            "de",
            (
                "An der Zinntagung am 5. Mai 2031 in Jena nahmen Gäste aus "
                "Kasachstan, Usbekistan und "
                "der Mongolei teil."
            ),
            ("KZ", "UZ", "MN"),
        ),
        (
            "en",
            (
                "At the tin forum in Oslo on 5 May 2031 participants from Kazakhstan, Mongolia and "
                "Norway discussed prices."
            ),
            ("KZ", "MN", "NO"),
        ),
        (
            "ru",
            (
                "В форуме по олову в Оше 5 мая 2031 года приняли участие представители Казахстана, "
                "Узбекистана и Монголии."
            ),
            ("KZ", "UZ", "MN"),
        ),
        ("en", "The tin forum in Kazakhstan on 5 May 2031 discussed prices in Norway.", ()),
    ],
)
def test_countries_that_took_part(lang: str, text: str, countries: tuple[str, ...]) -> None:
    assert [e.participants.countries for e in read_events(text, lang)] == [countries]
