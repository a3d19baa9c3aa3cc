from __future__ import annotations

import pytest

from tests.event_texts import read_events, read_values, text_page


@pytest.mark.parametrize(
    ("lang", "text", "name", "ordinal"),
    [
        (
            "de",
            "Die fünfte Sitzung der Arbeitsgruppe Zinn fand am 5. Mai 2031 in Jena statt.",
            "fünfte Sitzung der Arbeitsgruppe Zinn",
            5,
        ),
        (
            "en",
            "The 12th Steppe Tin Forum took place in Oslo on 5 May 2031.",
            "12th Steppe Tin Forum",
            12,
        ),
        ("en", "The tin forum took place in Oslo on 5 May 2031.", "tin forum", None),
        (
            "en",
            "The ninth annual tin forum took place in Oslo on 5 May 2031.",
            "ninth annual tin forum",
            9,
        ),
        (
            "en",
            "The Annual Tin Gathering took place in Oslo on 5 May 2031.",
            "Annual Tin Gathering",
            None,
        ),
        (
            "en",
            "The delegates praised Anna Hill's tin forum in Oslo on 5 May 2031.",
            "tin forum",
            None,
        ),
        (
            "de",
            "Die Exkursion nach Nordhüblitz findet am 5. Mai 2031 statt.",
            "Exkursion nach Nordhüblitz",
            None,
        ),
        (
            "de",
            "Die abgesagte 4. Zinntagung sollte am 5. Mai 2031 in Jena stattfinden.",
            "4. Zinntagung",
            4,
        ),
        ("en", "Agenda: Steppe Tin Forum, Oslo, 5 May 2031", "Steppe Tin Forum", None),
        ("en", "The Steppe Tin Forum (Oslo) takes place on 5 May 2031.", "Steppe Tin Forum", None),
        (
            "en",
            "Anna Hill, Tin Workshop Chair, opened it in Oslo on 5 May 2031.",
            "Tin Workshop",
            None,
        ),
        (
            "de",
            "Zum Runden Tisch mit Vertretern der Gemeinden kamen am 5. Mai 2031 in Jena 40 Gäste.",
            "Runder Tisch",
            None,
        ),
        (
            "ru",
            "5 мая 2031 года в Оше открылась выставка Mining & Metals Steppe.",
            "выставка Mining & Metals Steppe",
            None,
        ),
        (
            "ru",
            "5 мая 2031 года в Оше прошло совещание по вопросам добычи олова.",
            "совещание по вопросам добычи олова",
            None,
        ),
        (
            "ru",
            "На Горном форуме в Оше 5 мая 2031 года обсудили олово.",
            "Горный форум",
            None,
        ),
        (
            "ru",
            "5 мая 2031 года в Оше прошёл семинар по сотрудничеству в сфере добычи олова.",
            "семинар по сотрудничеству в сфере добычи олова",
            None,
        ),
        ("ru", "На глубине 10м форум не прошёл, в Оше 5 мая 2031 года он был.", "форум", None),
        (
            "ru",
            "5 мая 2031 года в Оше прошёл семинар по олову в гостинице.",
            "семинар по олову",
            None,
        ),
        (
            "en",
            "The fifth Tin Trade Show of the North once again took place in Oslo on 5 May 2031.",
            "fifth Tin Trade Show of the North",
            5,
        ),
        (
            "de",
            "Vom 5. bis 9. Mai 2031 findet die Reise nach Kasachstan und Usbekistan statt.",
            "Reise nach Kasachstan und Usbekistan",
            None,
        ),
        (
            "ru",
            "5 мая 2031 года в Оше прошла III Выставка машин для рудников «Рудник».",
            "III Выставка машин для рудников",
            3,
        ),
        (
            "ru",
            "5 мая 2031 года в Оше прошла XII ярмарка «Степной камень».",
            "XII ярмарка «Степной камень»",
            12,
        ),
        (
            "de",
            "Am 5. Mai 2031 fand in Jena der Verbandstag der Zinnkammer Thüringen statt.",
            "Verbandstag",
            None,
        ),
        (
            "de",
            "Am 5. Mai 2031 fand in Jena der Tag der Rohstoffe statt.",
            "Tag der Rohstoffe",
            None,
        ),
        (
            "ru",
            "5 мая 2031 года в Оше прошёл II Международный форум «Олово степи».",
            "II Международный форум «Олово степи»",
            2,
        ),
        (
            "en",
            "The 2nd International Forum “Tin of the Steppe” took place in Hull on 5 May 2031.",
            "2nd International Forum “Tin of the Steppe”",
            2,
        ),
        (
            "ru",
            "На международной горной выставке и форуме в Оше 5 мая 2031 года обсудили олово.",
            "международная горная выставка и форум",
            None,
        ),
    ],
)
def test_name_and_edition(lang: str, text: str, name: str, ordinal: int | None) -> None:
    (event,) = read_events(text, lang)
    assert (event.name, event.ordinal) == (name, ordinal)


@pytest.mark.parametrize(
    "text",
    [
        "Das diesjährige Zinnforum fand am 5. Mai 2031 in Jena statt.",
        "Das vorher stattfindende Zinnforum am 5. Mai 2031 in Jena ist ausgebucht.",
        "Zu dem am 5. Mai 2031 beginnenden Zinnforum in Jena kommen 40 Fachleute.",
    ],
)
def test_a_word_about_the_edition_is_no_part_of_the_name(text: str) -> None:
    assert [e.name for e in read_events(text, "de")] == ["Zinnforum"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Am 5. Mai 2031 wurde das Buch in Jena vom Zinnforum und der Bergstiftung vorgestellt.",
            "Zinnforum",
        ),
        (
            "Am 5. Mai 2031 tagte in Jena das Forum der Kammer und des Bergrats.",
            "Forum der Kammer und des Bergrats",
        ),
    ],
)
def test_what_is_named_right_behind_and_the_is_something_else(text: str, name: str) -> None:
    assert [e.name for e in read_events(text, "de")] == [name]


def test_a_journey_is_called_by_the_headline() -> None:
    text = "Am 5. Mai 2031 reiste Ministerin Petra Gros nach Kasachstan."
    title = "Ministerin Gros wirbt in der Steppe um Zinn"
    page = text_page(text, "de", "2031-05-06", title=title)
    assert read_values(page)["name"] == (title, "names.headline")


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        (
            "de",
            "Eine Delegation aus Jena besuchte am 5. Mai 2031 Osch. Der Besuch galt dem Bergbau.",
            "Besuch",
        ),
        (
            "de",
            "Am 5. Mai 2031 besuchte eine Bergbaudelegation Osch. Die Reise galt dem Zinn.",
            "Reise",
        ),
        (
            "en",
            "Minister Anna Hill travelled to Osh on 5 May 2031. The visit ended well.",
            "visit",
        ),
        (
            "ru",
            "Делегация области прибыла 5 мая 2031 года в Ош. Поездка завершилась успешно.",
            "Поездка",
        ),
    ],
)
def test_a_journey_is_not_called_by_who_travels(lang: str, text: str, name: str) -> None:
    assert [e.name for e in read_events(text, lang, "2031-05-06")] == [name]


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        (
            "de",
            "Delegationsreise nach Kasachstan\n\nDie Reise findet vom 5. bis 9. Mai 2031 statt.",
            "Delegationsreise nach Kasachstan",
        ),
        (
            "en",
            "The fifth forum was held in Oslo on 5 May 2031. Guests of the fifth Ore Forum saw it.",
            "fifth Ore Forum",
        ),
        (
            "en",
            "A two-day seminar ended in Oslo on 5 May 2031. The seminar on tin slag drew crowds.",
            "seminar on tin slag",
        ),
    ],
)
def test_a_mention_that_says_more_gives_the_name(lang: str, text: str, name: str) -> None:
    assert [e.name for e in read_events(text, lang, "2031-04-01")] == [name]


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        (
            "en",
            "Dates\n2 July 2031, Oslo – Webinar: Zinc from old slag heaps, 11:00. Ann speaks.",
            "Webinar: Zinc from old slag heaps",
        ),
        (
            "de",
            "Termine\n2. Juli 2031, Goslar – Online-Seminar: Zink aus alten Halden. Es spricht A.",
            "Online-Seminar: Zink aus alten Halden",
        ),
        (
            "ru",
            "Новости\n2 июля 2031 года, Ош – Вебинар: Цинк из старых отвалов. Ведёт Анна Бергер.",
            "Вебинар: Цинк из старых отвалов",
        ),
        (
            "ru",
            "Новости\nС 3 по 5 мая 2031 года в Оше прошла Steppe Tin Conference & Exhibition.",
            "Steppe Tin Conference & Exhibition",
        ),
    ],
)
def test_a_lesson_takes_the_title_behind_its_colon_and_a_brand_what_stands_behind_its_sign(
    lang: str, text: str, name: str
) -> None:
    assert name in [e.name for e in read_events(text, lang, "2031-06-16")]


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        (
            "de",
            "Webinar: Zinn aus alten Halden am 2. Juli 2031 in Freiberg",
            "Webinar: Zinn aus alten Halden",
        ),
        (
            "en",
            "Webinar: Hydrogen in old pipes on 2 July 2031 in Leeds.",
            "Webinar: Hydrogen in old pipes",
        ),
        (
            "de",
            "Webinar: Zinn aus alten Halden in Freiberg am 2. Juli 2031",
            "Webinar: Zinn aus alten Halden",
        ),
        (
            "en",
            "Webinar: Tin in 2035 and beyond on 2 July 2031 in Leeds.",
            "Webinar: Tin in 2035 and beyond",
        ),
        ("de", "Webinar: Am 2. Juli 2031 in Freiberg", "Webinar"),
    ],
)
def test_the_title_of_a_lesson_ends_before_its_day(lang: str, text: str, name: str) -> None:
    assert [e.name for e in read_events(text, lang, "2031-06-16")] == [name]


def test_a_colon_within_a_sentence_opens_no_title() -> None:
    (event,) = read_events(
        "On 2 May 2031 the club held a webinar: Nobody from the ministry came to Oslo.",
        "en",
        "2031-05-06",
    )
    assert event.name == "webinar"


@pytest.mark.parametrize(
    ("lang", "text", "ordinal"),
    [
        ("en", "A second hearing will follow in Oslo on 19 May 2031.", None),
        ("ru", "Второй курс пройдёт в Оше 19 мая 2031 года.", None),
        ("en", "The second Steppe Tin Forum will follow in Oslo on 19 May 2031.", 2),
        ("en", "A fifth hearing will follow in Oslo on 19 May 2031.", 5),
        ("ru", "19 мая 2031 года в Оше прошло 12-м по счёту заседание комиссии.", 12),
    ],
)
def test_a_first_or_second_one_without_a_series_only_counts(
    lang: str, text: str, ordinal: int | None
) -> None:
    (event,) = read_events(text, lang, "2031-05-06")
    assert event.ordinal == ordinal


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        (
            "de",
            "Zum Bürgerdialog in Goslar am 14. März 2031 kamen 300 Leute.",
            "Bürgerdialog",
        ),
        ("de", "Die Zinntagung in Goslar fand am 14. März 2031 statt.", "Zinntagung"),
        ("en", "The Steppe Tin Forum in Oslo took place on 14 March 2031.", "Steppe Tin Forum"),
    ],
)
def test_the_town_of_a_gathering_is_no_part_of_its_name(lang: str, text: str, name: str) -> None:
    (event,) = read_events(text, lang, "2031-03-20")
    assert event.name == name
