"""Rules that pages of unknown sites asked for: joined years, rows of people, regions, adjectives of
towns.
"""

from __future__ import annotations

import pytest

from tests.event_texts import read_events


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        (
            "ru",
            "Северный горный форум-2031 прошёл с 3 по 5 мая 2031 года в Астане.",
            "Северный горный форум-2031",
        ),
        (
            "en",
            "The Steppe Mining Congress-2031 was held in Astana on 3 May 2031.",
            "Steppe Mining Congress-2031",
        ),
        (
            "de",
            "Das Rohstoffforum-2031 fand am 3. Mai 2031 in Goslar statt.",
            "Rohstoffforum-2031",
        ),
        (
            "ru",
            "3 мая 2031 года состоялось второе онлайн заседание по недрам.",
            "второе онлайн заседание по недрам",
        ),
        (
            "ru",
            (
                "На V Северном форуме МЕТАЛЛ Казахстан, который пройдёт в Астане 3 мая 2031 "
                "года, выступят учёные."
            ),
            "V Северный форум МЕТАЛЛ Казахстан",
        ),
        (
            "de",
            "Am 3. Mai 2031 fand der diesjährige Wolframtag der Bergleute in Goslar statt.",
            "Wolframtag der Bergleute",
        ),
        (
            "ru",
            "3 мая 2031 года в Астане состоялось подписание соглашения о недрах.",
            "подписание соглашения",
        ),
    ],
)
def test_the_name_reaches_over_joined_and_undeclined_words(lang: str, text: str, name: str) -> None:
    (event,) = read_events(text, lang)
    assert event.name == name


@pytest.mark.parametrize(
    ("lang", "text", "count"),
    [
        (
            "ru",
            (
                "Форум по недрам прошёл 3 мая 2031 года в Астане. В нём приняли участие более "
                "300 политиков, юристов и учёных."
            ),
            300,
        ),
        (
            "de",
            (
                "Die Fachtagung Wolfram fand am 3. Mai 2031 in Goslar statt. Rund 120 "
                "Forscherinnen, Lehrende und Unternehmer nahmen daran teil."
            ),
            120,
        ),
        (
            "en",
            (
                "The tungsten conference took place in Astana on 3 May 2031 with 5 panels, "
                "speeches and guests."
            ),
            None,
        ),
        ("de", "Am 3. Mai 2031 besuchte eine 30 köpfige Wirtschaftsdelegation Astana.", 30),
        (
            "de",
            (
                "Zur Fachtagung am 3. Mai 2031 in Goslar kamen neben 6 Landräten zahlreiche "
                "Vertreter von Firmen."
            ),
            None,
        ),
    ],
)
def test_a_row_that_ends_in_people_counts_people(lang: str, text: str, count: int | None) -> None:
    (event,) = read_events(text, lang)
    assert event.participants.count == count


@pytest.mark.parametrize(
    ("lang", "text", "city", "country"),
    [
        ("en", "The mining conference took place on 3 May 2031 in Navoi region.", None, "UZ"),
        ("de", "Die Bergbaukonferenz fand am 3. Mai 2031 im Gebiet Navoi statt.", None, "UZ"),
        ("en", "The mining conference took place on 3 May 2031 in Samarkand.", "Samarkand", "UZ"),
        ("de", "Die Berliner Rohstofftagung begann am 3. Mai 2031.", "Berlin", "DE"),
        ("de", "Die Berliner Rohstofftagung fand am 3. Mai 2031 in Jena statt.", "Jena", "DE"),
        ("ru", "Ташкентский горный форум прошёл 3 мая 2031 года.", "Tashkent", "UZ"),
        ("ru", "Алматинская конференция по недрам прошла 3 мая 2031 года.", "Almaty", "KZ"),
        ("ru", "Городская конференция по недрам прошла 3 мая 2031 года.", None, None),
        (
            "en",
            "Mayors of Darkhan-Nord attended the mining conference on 3 May 2031.",
            None,
            None,
        ),
        (
            "en",
            "London-based Zinc Group hosts the conference on 3 May 2031 in Leeds.",
            "Leeds",
            "GB",
        ),
    ],
)
def test_towns_regions_and_adjectives(
    lang: str, text: str, city: str | None, country: str | None
) -> None:
    (event,) = read_events(text, lang)
    assert (event.place.city, event.place.country) == (city, country)


@pytest.mark.parametrize(
    ("lang", "text", "organisers"),
    [
        (
            "de",
            (
                "Am 3. Mai 2031 fand die Fachtagung in Jena statt, organisiert von der IHK und "
                "dem BDI."
            ),
            ("IHK", "BDI"),
        ),
        (
            "en",
            (
                "On 3 May 2031 the mining forum, organized jointly with the Nordland LLC, took "
                "place in Sarydala Association."
            ),
            ("Nordland LLC",),
        ),
        (
            "en",
            (
                "The mining forum was organised in Astana on 3 May 2031 by the Authority of Ores "
                "and Oil and Sarydala Mining Corporation."
            ),
            ("Authority of Ores and Oil", "Sarydala Mining Corporation"),
        ),
        (
            "de",
            (
                "In Kooperation mit der Gesellschaft für Erze hat die Technische Universität "
                "Clausthal am 12. Mai 2031 das Symposium „Sicherung von Erzen“ ausgerichtet."
            ),
            ("Gesellschaft für Erze", "Technische Universität Clausthal"),
        ),
        (
            "en",
            "The Butte-based Western Ore League holds its annual conference on 3 May 2031.",
            ("Western Ore League",),
        ),
        (
            "en",
            "London-based Zinc Group hosts the conference on 3 May 2031 in Leeds.",
            ("Zinc Group",),
        ),
        (
            "ru",
            "Форум пройдёт 3 мая 2031 года. Его организует Союз шахт при поддержке Минэкологии.",
            ("Союз шахт", "Минэкологии"),
        ),
        (
            "ru",
            "3 мая 2031 года в Перми прошёл форум. Организацией форума занимался Союз шахт.",
            ("Союз шахт",),
        ),
    ],
)
def test_who_is_joined_to_an_organiser(lang: str, text: str, organisers: tuple[str, ...]) -> None:
    (event,) = read_events(text, lang)
    assert event.organisers == organisers


@pytest.mark.parametrize(
    ("lang", "text", "person"),
    [
        (
            "en",
            (
                "The mining conference opened in Ulaanbaatar on 3 May 2031. Governor of Sarydala "
                "aimag Kh.Bold spoke."
            ),
            ("Kh.Bold", "Governor of Sarydala aimag", None),
        ),
        (
            "en",
            (
                "The mining forum took place in Dushanbe on 3 May 2031. The Head of the Main "
                "Department of Ores under the Government of Nordland, Karim Salimov, as Chairman "
                "of the Council, reported."
            ),
            ("Karim Salimov", "Head", "Main Department of Ores"),
        ),
        (
            "ru",
            "Форум по недрам прошёл 3 мая 2031 года в Астане. Выступил эксперт НЦРМ Иван Петров.",
            ("Иван Петров", "эксперт", "НЦРМ"),
        ),
        (
            "ru",
            "Форум по недрам прошёл 3 мая 2031 года в Астане. Выступил министр РФ Иван Петров.",
            ("Иван Петров", "министр РФ", None),
        ),
        (
            "ru",
            (
                "Форум по недрам прошёл 3 мая 2031 года в Астане. Выступил директор по науке "
                "НЦРМ РК Иван Петров."
            ),
            ("Иван Петров", "директор по науке", "НЦРМ РК"),
        ),
        (
            "de",
            (
                "Die Rohstofftagung fand am 3. Mai 2031 in Goslar statt. Es sprach der "
                "Finanzminister Hr. Dr. Otto Sandmann."
            ),
            ("Otto Sandmann", "Finanzminister", None),
        ),
        (
            "de",
            (
                "Am 3. Mai 2031 besuchte eine 30-köpfige Wirtschaftsdelegation unter Leitung von "
                "Otto Sandmann Astana."
            ),
            ("Otto Sandmann", None, None),
        ),
        (
            "ru",
            (
                "Форум по недрам прошёл 3 мая 2031 года в Астане. Участвовал представитель "
                "Института руд Академии наук Таджикистана Зафарбек Норзода, который выступил с "
                "докладом."
            ),
            ("Зафарбек Норзода", "представитель", "Институт руд Академии наук Таджикистана"),
        ),
    ],
)
def test_posts_and_employers(lang: str, text: str, person: tuple[str, ...]) -> None:
    (event,) = read_events(text, lang)
    assert [(p.name, p.role, p.organisation) for p in event.persons] == [person]


def test_countries_that_are_not_alone() -> None:
    (event,) = read_events(
        (
            "The mining forum was held in Astana on 3 May 2031 with guests not only from "
            "Kyrgyzstan, but also from Mongolia."
        ),
        "en",
    )
    assert event.participants.countries == ("KG", "MN")


def test_a_genitive_of_a_compound_is_the_event_of_the_headline() -> None:
    (event,) = read_events(
        "Verband beim XYZ-Wolframkongress vertreten\n\n"
        "Sichere Lieferketten waren das Hauptthema des 7. Wolframkongresses. "
        "An der Veranstaltung in Berlin nahmen 400 Gäste teil.",
        "de",
    )
    assert (event.ordinal, event.place.city, event.participants.count) == (7, "Berlin", 400)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        pytest.param(
            "en",
            "The Ore Conference in Oslo, planned for 4 May 2031, has been postponed and will now "
            "take place from 9 to 13 November 2031.",
            id="with years",
        ),
        pytest.param(
            "en",
            "The Ore Conference in Oslo has been postponed from 4 May to the autumn and will now "
            "take place from 9 to 13 November.",
            id="to a season",
        ),
        pytest.param(
            "de",
            "Die Erzkonferenz in Bonn ist vom 4. Mai 2031 verschoben und findet nun vom 9. bis "
            "13. November 2031 statt.",
            id="German",
        ),
        pytest.param(
            "de",
            "Die für den 4. Mai 2031 geplante Erzkonferenz in Bonn wurde verschoben. Sie findet "
            "nun vom 9. bis 13. November statt.",
            id="in the next sentence",
        ),
        pytest.param(
            "ru",
            "Рудный форум в Оше, намеченный на 4 мая 2031 года, перенесён и пройдёт с 9 по 13 "
            "ноября 2031 года.",
            id="Russian",
        ),
        ("ru", "Рудный форум в Оше перенесён с 4 мая и пройдёт с 9 по 13 ноября."),
    ],
)
def test_a_moved_event_lasts_as_long_as_its_new_days(lang: str, text: str) -> None:
    (event,) = read_events(text, lang, "2031-03-01")
    assert (event.start, event.end, event.status) == ("2031-11-09", "2031-11-13", "moved")


@pytest.mark.parametrize(
    ("lang", "text", "name", "ordinal", "series"),
    [
        (
            "en",
            "The Ore Forum XII took place in Oslo on 5 May 2031.",
            "Ore Forum XII",
            12,
            "Ore Forum",
        ),
        (
            "ru",
            "5 мая 2031 года в Оше прошёл Рудный форум XII.",
            "Рудный форум XII",
            12,
            "Рудный форум",
        ),
        (
            "en",
            "The forum XX Steps took place in Oslo on 5 May 2031.",
            "forum XX Steps",
            None,
            None,
        ),
        (
            "de",
            "In Taschkent fand am 5. Mai 2031 das Business Forum Usbekistan statt.",
            "Business Forum Usbekistan",
            None,
            None,
        ),
        ("de", "Am 5. Mai 2031 öffnete in Bonn die Messe.", "Messe", None, None),
        (
            "de",
            "Im Rahmen der Erzmesse zu einer Sitzung trafen sich am 5. Mai 2031 in Bonn Fachleute.",
            "Sitzung",
            None,
            None,
        ),
        (
            "ru",
            "Пятое заседание рабочей группы по олову прошло 5 мая 2031 года в Оше.",
            "Пятое заседание рабочей группы по олову",
            5,
            "рабочая группа по олову",
        ),
    ],
)
def test_names_and_what_numbers_them(
    lang: str, text: str, name: str, ordinal: int | None, series: str | None
) -> None:
    (event,) = read_events(text, lang)
    assert (event.name, event.ordinal, event.series) == (name, ordinal, series)


@pytest.mark.parametrize(
    ("agent", "organisers"),
    [
        ("vom Erzkontor", ("Erzkontor",)),
        ("vom Oberbergamt Jena", ("Oberbergamt Jena",)),
        ("von Anna Berger", ()),
        ("vom 4. bis 6. Mai", ()),
        ("vom Kongress", ()),
        ("von vielen Seiten", ()),
    ],
)
def test_one_agent_of_a_passive_that_no_table_knows(
    agent: str, organisers: tuple[str, ...]
) -> None:
    text = f"Die 3. Erzkonferenz am 5. Mai 2031 in Bonn wurde {agent} veranstaltet."
    assert read_events(text, "de")[0].organisers == organisers


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        (
            "en",
            (
                "Hauliers can meet buyers on 26 March 2031, when the chamber stages its Zinc "
                "Supply Morning in Oslo."
            ),
            "Zinc Supply Morning",
        ),
        (
            "en",
            "The Steppe Minerals Indaba opens in Oslo on 18 March 2031.",
            "Steppe Minerals Indaba",
        ),
        (
            "de",
            "Zum Erörterungstermin am 25. März 2031 in Goslar lädt die Bergaufsicht ein.",
            "Erörterungstermin",
        ),
        (
            "de",
            "Am 6. September 2031 findet in Goslar der Betriebsausflug statt.",
            "Betriebsausflug",
        ),
        (
            "ru",
            "23 октября 2031 года в Оше на «Утро рудокопа» пришло 26 человек.",
            "Утро рудокопа",
        ),
        ("ru", "Тур продолжался четыре дня, с 1 по 4 мая 2031 года, и прошёл в Оше.", "Тур"),
    ],
)
def test_further_words_for_what_people_come_to(lang: str, text: str, name: str) -> None:
    assert name in [e.name for e in read_events(text, lang, "2031-03-01")]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Under the Minamata Convention no mercury may be mined in Oslo from May 2031."),
        ("ru", "По Минаматской конвенции в Оше с мая 2031 года ртуть не добывают."),
        ("ru", "12 мая 2031 года – последний день подачи отчётов в Оше."),
        ("ru", "Первое чтение закона прошло в мае 2031 года в Оше."),
        ("de", "Die Reportage aus Goslar erschien am 5. Mai 2031."),
        ("en", "A funding round closed in Oslo on 5 May 2031."),
    ],
)
def test_treaties_deadlines_and_readings_of_laws_are_no_events(lang: str, text: str) -> None:
    assert read_events(text, lang, "2031-05-06") == ()


@pytest.mark.parametrize(
    ("lang", "text", "day"),
    [
        ("ru", "Горняков позвали на круглый стол о рудах, который пройдёт 26 марта 2031 года.",
         "2031-03-26"),
        ("de", "Bergleute wurden zum Seminar geladen, das am 26. März 2031 stattfindet.",
         "2031-03-26"),
        ("de", "Er sah das Seminar, das am 26. März 2031 berühmt wurde.", None),
    ],
)  # fmt: skip
def test_a_relative_clause_says_when_an_event_is(lang: str, text: str, day: str | None) -> None:
    events = read_events(text, lang, "2031-03-20")
    assert [e.start for e in events] == ([day] if day else [])


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        (
            "ru",
            "3 мая 2031 года в Чите состоялся краевой конкурс профессионального мастерства «Кейс».",
            "краевой конкурс профессионального мастерства «Кейс»",
        ),
        (
            "ru",
            "3 мая 2031 года в Чите прошёл чемпионат «Мастера».",
            "чемпионат «Мастера»",
        ),
        (
            "de",
            "Die Staatsministerin Karin Holz wird am 12. Mai 2031 nach Georgien reisen.",
            "Karin Holz wird am 12. Mai 2031 nach Georgien reisen",
        ),
        ("de", "Die Taufe des Gesteins des Jahres findet am 3. Mai 2031 in Suhl statt.", "Taufe"),
    ],
)
def test_contests_namings_and_journeys_to_come(lang: str, text: str, name: str) -> None:
    (event,) = read_events(text, lang, "2031-05-05")
    assert name in (event.name or "")


def test_tenders_are_no_contests() -> None:
    text = "3 мая 2031 года в Чите объявлен конкурс на право разработки участка недр."
    assert read_events(text, "ru", "2031-05-05") == ()


def test_a_house_in_small_letters_behind_its_name() -> None:
    text = "The Tin Forum opened at Mishel expo center in Darkhan on 3 May 2031."
    (event,) = read_events(text, "en", "2031-05-05")
    assert event.place
    assert event.place.venue == "Mishel expo center"


@pytest.mark.parametrize("behind", ["", " (Wahlkreis Suhl)"])
def test_a_nominalised_title_in_the_plural_is_of_both(behind: str) -> None:
    text = (
        "Zur Erztagung am 3. Mai 2031 in Suhl kamen die Abgeordneten "
        f"Till Manske{behind} und Beate Walther."
    )
    (event,) = read_events(text, "de", "2031-05-05")
    assert [person.role for person in event.persons] == ["Abgeordneten", "Abgeordneten"]
