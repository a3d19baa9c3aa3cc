import pytest

from tests.event_texts import annotate, read_events


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "The tin forum will be held in Oslo in October.", ["2031-10"]),
        ("de", "Die Erzmesse findet im Herbst in Jena statt.", ["2031-autumn"]),
        ("de", "Im nächsten Jahr findet die Erzmesse im März statt.", ["2032", "2032-03"]),
        ("ru", "В прошлом году, в марте, форум по меди прошёл в Оше.", ["2030", "2030-03"]),
        ("en", "Next year, the tin forum will be held in March.", ["2032", "2032-03"]),
        (
            "en",
            "Next year, 60 guests come, and in March 2031 the forum is held.",
            ["2032", "2031-03"],
        ),
        ("en", "As last year, the tin forum will be held in March.", ["2030", "2031-03"]),
        (
            "en",
            "A mine opens next year, A said at the tin forum on 4 January.",
            ["2032", "2031-01-04"],
        ),
        ("uz", "Kelgusi yil forum mart oyida boʻlib oʻtadi.", ["2032", "2032-03"]),
        ("en", "Next year the mine opens; the forum is in March 2031.", ["2032", "2031-03"]),
        (
            "de",
            "Im letzten Jahr kamen 60 Gäste, am 4. Mai findet das Forum in Jena statt.",
            ["2030", "2031-05-04"],
        ),
        ("ru", "Форум по меди пройдёт в Оше 12 декабря.", ["2031-12-12"]),
        ("en", "The tin forum was held in Oslo in October.", ["2030-10"]),
        ("en", "The tin forum, which was held in October, will be held again.", ["2030-10"]),
        ("en", "The tin forum will be held in Oslo on 5 March.", ["2031-03-05"]),
        ("en", "The tin forum will be held in Oslo on 12/01/31.", ["2031-01-12"]),
        ("de", "Die Tagung wird am 12.01.31 in Jena stattfinden.", ["2031-01-12"]),
        (
            "en",
            "The forum will be held in October to discuss the accident of 3 January.",
            ["2031-10", "2031-01-03"],
        ),
        (
            "en",
            "The forum will be held on 5 January, as the mine burnt on 3 January.",
            ["2032-01-05", "2031-01-03"],
        ),
        ("en", "The forum will be held in the week of 5 January.", ["2032-01-05"]),
        ("en", "The tin forum is on 2 October in Oslo.", ["2031-10-02"]),
        ("de", "Die Erzmesse ist vom 2. bis 4. Oktober.", ["2031-10-02"]),
        ("en", "The tin forum was on 2 October in Oslo.", ["2030-10-02"]),
        ("de", "Das Bild der Erzmesse ist vom 2. Oktober.", ["2030-10-02"]),
        (
            "de",
            "Die Erzmesse ist am 2. Oktober in Jena um 9.30 Uhr eröffnet worden.",
            ["2030-10-02"],
        ),
        ("de", "Der Leiter der Messe ist im Oktober verstorben, wie es heißt.", ["2030-10"]),
        ("de", "Die Erzmesse ist am 2. Oktober in Jena.", ["2031-10-02"]),
        ("en", "The picture of the tin forum is from 2 October.", ["2030-10-02"]),
        ("en", "The tin forum is from 2 to 4 October in Oslo.", ["2031-10-02"]),
        (
            "en",
            "The autumn meeting will be held on 2 October.",
            ["2031-autumn", "2031-10-02"],
        ),
        (
            "en",
            "Since the autumn meeting we know that the forum will be held on 2 May.",
            ["2030-autumn", "2031-05-02"],
        ),
        ("en", "The autumn meeting will be held in Hull.", ["2031-autumn"]),
        ("en", "The autumn meeting was held in Hull.", ["2030-autumn"]),
        ("en", "The autumn meeting decided that a forum will be held.", ["2030-autumn"]),
        ("ru", "Декабрьское заседание состоится в Оше.", ["2031-12"]),
        ("ru", "Декабрьское заседание решило, что форум пройдёт в Оше.", ["2030-12"]),
        ("en", "The tin forum of October 2030 will be held again in Oslo.", ["2030-10"]),
    ],
)
def test_what_is_to_come_is_behind_the_page(lang: str, text: str, expected: list[str]) -> None:
    page = annotate(text, lang, "2031-03-10")
    assert [d.first for s in page.sentences for d in s.dates] == expected


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "Twelve founders sat down in Oulu in April.", ["2030-04"]),
        ("de", "Im April saßen wir zu neunt um einen Tisch in Jena.", ["2030-04"]),
        ("ru", "В апреле девять наших гостили в Оше.", ["2030-04"]),
        ("en", "Twelve founders sat down in Oulu in February.", ["2031-02"]),
        ("de", "Im Juni zählte das Frühstück 95 Esser.", ["2030-06"]),
        ("de", "Im Juni kommt das Frühstück.", ["2031-06"]),
        ("ru", "В июне прошёл форум.", ["2030-06"]),
        ("en", "In June, our school ran long.", ["2030-06"]),
        ("en", "In June, the planned course opens.", ["2031-06"]),
    ],
)
def test_what_people_did_is_before_the_page(lang: str, text: str, expected: list[str]) -> None:
    page = annotate(text, lang, "2031-03-10")
    assert [d.first for s in page.sentences for d in s.dates] == expected


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "The tin forum was held in Oslo in June.", "2030-06"),
        ("en", "The tin forum of June had taken place in Oslo.", "2030-06"),
        ("de", "Der Zinntag fand am 12. Juni in Jena statt.", "2030-06-12"),
        ("de", "Der Zinntag, der im Juni in Jena stattfand, war voll.", "2030-06"),
        ("ru", "Форум по меди прошёл в Оше 12 июня.", "2030-06-12"),
        ("kk", "«Литий» форумы Астанада 12 маусымда өтті.", "2030-06-12"),
        ("ky", "«Литий» форуму Бишкекте 12-июнда өттү.", "2030-06-12"),
        ("uz", "«Litiy» forumi Toshkentda 12-iyun kuni boʻlib oʻtdi.", "2030-06-12"),
        ("tg", "Форуми «Литий» дар Душанбе 12 июн баргузор шуд.", "2030-06-12"),
        # Told a little early, in another clause, of another edition, with its year, or to come.
        ("en", "The tin forum was held in Oslo on 12 March.", "2031-03-12"),
        ("en", "The forum was held; the next sitting is on 12 June.", "2031-06-12"),
        ("en", "The forum was held in Oslo, after which, on 12 June, we rest.", "2031-06-12"),
        ("en", "The next forum after the one that was held is in June.", "2031-06"),
        ("en", "A meeting was held to prepare the tin forum on 12 June.", "2031-06-12"),
        (
            "de",
            "In Jena fand ein Treffen zur Vorbereitung des Zinntags am 12. Juni statt.",
            "2031-06-12",
        ),
        ("ru", "Состоялось заседание оргкомитета форума, намеченного на 12 июня.", "2031-06-12"),
        ("ru", "Компания прошла отбор на Форум по меди 12 июня.", "2031-06-12"),
        ("en", "The forum was held in Oslo in June 2031.", "2031-06"),
        ("de", "Der Zinntag findet am 12. Juni in Jena statt.", "2031-06-12"),
    ],
)
def test_what_was_held_is_before_the_page(lang: str, text: str, expected: str) -> None:
    page = annotate(text, lang, "2031-03-10")
    assert [d.first for s in page.sentences for d in s.dates] == [expected]


def test_such_an_event_is_upcoming() -> None:
    text = "The tin forum will be held in Oslo in October."
    read = [(e.name, e.start, e.role) for e in read_events(text, "en", "2031-03-10")]
    assert read == [("tin forum", "2031-10", "upcoming")]


def test_the_entry_of_a_calendar_has_the_day_of_its_sentence() -> None:
    text = "12 March: The tin forum will be held.\n5 May: The lead forum will be held."
    sentences = annotate(text, "en", "2031-06-10").sentences
    assert [s.dates[0].first for s in sentences] == ["2032-03-12", "2031-05-05"]
    assert [s.entry and s.entry.dated for s in sentences] == [s.dates[0] for s in sentences]
