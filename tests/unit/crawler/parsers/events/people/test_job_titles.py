from __future__ import annotations

import pytest

from tests.event_texts import read_events


@pytest.mark.parametrize(
    ("lang", "text", "name", "title"),
    [
        (
            "en",
            "At the tin forum in Oslo on 5 May 2031 spoke Secretary-General Laura Heikkinen.",
            "Laura Heikkinen",
            "Secretary-General",
        ),
        (
            "en",
            "On 5 May 2031 Minister of Ecology, Geology and Water Petra Gros opened the Tin Forum.",
            "Petra Gros",
            "Minister of Ecology, Geology and Water",
        ),
        (
            "de",
            "An der Zinntagung am 5. Mai 2031 nahm die Ministerin Petra Gros teil.",
            "Petra Gros",
            "Ministerin",
        ),
        (
            "en",
            "At the tin forum in Oslo on 5 May 2031 spoke Energy Minister Laura Heikkinen.",
            "Laura Heikkinen",
            "Energy Minister",
        ),
        (
            "en",
            (
                "At the tin forum in Oslo on 5 May 2031 spoke Mines and Energy minister "
                "Laura Heikkinen."
            ),
            "Laura Heikkinen",
            "Mines and Energy minister",
        ),
        (
            "en",
            "At the tin forum in Oslo on 5 May 2031 spoke President and CEO Laura Heikkinen.",
            "Laura Heikkinen",
            "President and CEO",
        ),
        (
            "ru",
            "В форуме 5 мая 2031 года участвовал министр энергетики Азамат Токтоев.",
            "Азамат Токтоев",
            "министр энергетики",
        ),
        (
            "ru",
            (
                "В совещании 5 мая 2031 года в Оше участвовал министр экологии, геологии и недр "
                "Азамат Токтоев."
            ),
            "Азамат Токтоев",
            "министр экологии, геологии и недр",
        ),
        (
            "ru",
            "В форуме 5 мая 2031 года участвовал Чрезвычайный и Полномочный Посол Азамат Токтоев.",
            "Азамат Токтоев",
            "Чрезвычайный и Полномочный Посол",
        ),
        (
            "ru",
            "На форуме 5 мая 2031 года в Оше выступил посол Германии Ганс Шмидт.",
            "Ганс Шмидт",
            "посол Германии",
        ),
    ],
)
def test_a_job_title_before_the_name(lang: str, text: str, name: str, title: str) -> None:
    (event,) = read_events(text, lang)
    assert [(p.name, p.role, p.organisation) for p in event.persons] == [(name, title, None)]


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        (
            "Форум 5 мая 2031 года открыл заместитель председателя Кабинета министров Азамат Саев.",
            "заместитель председателя",
            "Кабинет министров",
        ),
        (
            "Форум 5 мая 2031 года открыл председатель совета директоров АО «Цинк» Азамат Саев.",
            "председатель",
            "совет директоров АО «Цинк»",
        ),
        (
            "Форум 5 мая 2031 года открыл председатель Правления Национального банка Азамат Саев.",
            "председатель Правления",
            "Национальный банк",
        ),
    ],
)
def test_those_whom_a_body_consists_of_are_no_job_title(text: str, title: str, body: str) -> None:
    (event,) = read_events(text, "ru")
    assert [(p.name, p.role, p.organisation) for p in event.persons] == [
        ("Азамат Саев", title, body)
    ]


@pytest.mark.parametrize(
    ("lang", "text", "name", "title"),
    [
        (
            "de",
            "Auf der Zinntagung am 5. Mai 2031 sprach Petra Gros, Leiterin des Referats Zinn.",
            "Petra Gros",
            "Leiterin",
        ),
        (
            "de",
            "Auf der Zinntagung am 5. Mai 2031 sprach Petra Gros (Geschäftsführerin) über Zinn.",
            "Petra Gros",
            "Geschäftsführerin",
        ),
        (
            "en",
            (
                "At the tin forum in Oslo on 5 May 2031 spoke Laura Heikkinen, "
                "Chairman of the Cabinet of "
                "Ministers."
            ),
            "Laura Heikkinen",
            "Chairman",
        ),
        (
            "ru",
            "В форуме 5 мая 2031 года участвовал Азамат Токтоев, директор Союза горняков.",
            "Азамат Токтоев",
            "директор",
        ),
    ],
)
def test_a_job_title_behind_the_name(lang: str, text: str, name: str, title: str) -> None:
    (event,) = read_events(text, lang)
    assert [(p.name, p.role) for p in event.persons] == [(name, title)]


def test_each_ambassador_has_his_own_country() -> None:
    (event,) = read_events(
        "Zum Forum in Berlin am 5. Mai 2031 kamen Dauren Karimov, Botschafter der Republik "
        "Kasachstan und S.E. Dr. Ganbold Baatar, Botschafter der Mongolei.",
        "de",
    )
    assert [(p.name, p.role) for p in event.persons] == [
        ("Dauren Karimov", "Botschafter der Republik Kasachstan"),
        ("Ganbold Baatar", "Botschafter der Mongolei"),
    ]


def test_who_leads_a_delegation_has_no_job_title_from_it() -> None:
    (event,) = read_events(
        "Unter Leitung von Petra Gros fand am 5. Mai 2031 in Jena das Zinnforum statt.", "de"
    )
    assert [(p.name, p.role) for p in event.persons] == [("Petra Gros", None)]


@pytest.mark.parametrize(
    ("lang", "text", "name", "title"),
    [
        (
            "de",
            (
                "Die Zinntagung fand am 5. Mai 2031 statt. Dort wurde Petra Gros zur Vorsitzenden "
                "gewählt."
            ),
            "Petra Gros",
            "Vorsitzenden",
        ),
        (
            "de",
            "Die Zinntagung fand am 5. Mai 2031 statt. Ullrich Tanne ist neuer Schatzmeister.",
            "Ullrich Tanne",
            "neuer Schatzmeister",
        ),
        (
            "en",
            "At the tin forum in Oslo on 5 May 2031 Laura Heikkinen was today elected Chairwoman.",
            "Laura Heikkinen",
            "Chairwoman",
        ),
        (
            "en",
            "At the tin forum in Oslo on 5 May 2031 spoke Laura Heikkinen the executive head of X.",
            "Laura Heikkinen",
            "executive head",
        ),
        (
            "ru",
            "Съезд прошёл 5 мая 2031 года. Анна Токтоева единогласно избрана председателем.",
            "Анна Токтоева",
            "председатель",
        ),
        (
            "ru",
            "Съезд прошёл 5 мая 2031 года. Анна Токтоева (РУСТИН) стала руководителем сектора.",
            "Анна Токтоева",
            "руководитель сектора",
        ),
    ],
)
def test_what_somebody_was_made_or_is(lang: str, text: str, name: str, title: str) -> None:
    (event,) = read_events(text, lang, "2031-05-02")
    assert [(p.name, p.role) for p in event.persons] == [(name, title)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Die Zinntagung fand am 5. Mai 2031 statt. Anna Wolf ist zum Forum gereist."),
        ("ru", "Съезд прошёл 5 мая 2031 года. Анна Токтоева стала, директор завода сказал."),
    ],
)
def test_a_verb_alone_makes_no_job_title(lang: str, text: str) -> None:
    (event,) = read_events(text, lang, "2031-05-02")
    assert [p.role for p in event.persons if p.role] == []


@pytest.mark.parametrize(
    ("remits", "title"),
    [
        (
            "Commissioner for Research, Mining, Education and Youth, opened it.",
            "Commissioner for Research, Mining, Education and Youth",
        ),
        ("Joint Secretary and other senior officials spoke.", "Joint Secretary"),
        ("head of purchasing and logistics, spoke.", "head of purchasing and logistics"),
        ("director and treasurer who has much to say, spoke.", "director and treasurer"),
    ],
)
def test_where_an_english_job_title_ends(remits: str, title: str) -> None:
    text = f"The tin forum took place in Oslo on 5 May 2031. Laura Heikkinen, {remits}"
    (event,) = read_events(text, "en", "2031-05-02")
    assert [(p.name, p.role) for p in event.persons] == [("Laura Heikkinen", title)]
