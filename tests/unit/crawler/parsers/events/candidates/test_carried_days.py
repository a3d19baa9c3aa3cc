from __future__ import annotations

import pytest

from tests.event_texts import event_reader, read_events, text_page


@pytest.mark.parametrize(
    ("lang", "text", "start"),
    [
        (
            "de",
            (
                "Die Zinntagung fand am 5. Mai 2031 in Jena statt. "
                "Am selben Tag wurde das Bleiforum in Gera eröffnet."
            ),
            "2031-05-05",
        ),
        (
            "de",
            (
                "Die Zinntagung fand vom 5. bis 7. Mai 2031 in Jena statt. "
                "Tags darauf fand in Gera ein Bleiseminar statt."
            ),
            "2031-05-08",
        ),
        (
            "de",
            (
                "Die Zinntagung fand vom 5. bis 7. Mai 2031 in Jena statt. "
                "Am Vortag fand in Gera ein Bleiseminar statt."
            ),
            "2031-05-04",
        ),
        (
            "en",
            (
                "The tin conference took place in Oslo from 5 to 7 May 2031. "
                "On the second day, the Lead Forum was held in Tromsø."
            ),
            "2031-05-06",
        ),
        (
            "en",
            (
                "The tin conference took place in Oslo from 5 to 7 May 2031. "
                "On the final day, the Lead Forum was held in Tromsø."
            ),
            "2031-05-07",
        ),
        (
            "ru",
            (
                "Конференция по олову прошла в Оше 5 мая 2031 года. "
                "На следующий день состоялся семинар по меди."
            ),
            "2031-05-06",
        ),
    ],
)
def test_days_that_are_told_by_another_one(lang: str, text: str, start: str) -> None:
    events = read_events(text, lang, "2031-05-09")
    assert len(events) == 2
    assert (start, None) in [(e.start, e.end) for e in events]


def test_a_counted_day_stands_where_its_words_do() -> None:
    text = (
        "The tin conference took place in Oslo on 5 May 2031. "
        "The next day, a seminar on lead was held in Tromsø."
    )
    _, mentions = event_reader().find(text_page(text, "en", "2031-05-09"))
    starts = [(m.value, m.surface) for m in mentions if m.field.endswith(".start")]
    assert ("2031-05-06", "The next day") in starts


@pytest.mark.parametrize(
    ("lang", "text", "start"),
    [
        ("en", "Tin Dialogue 2031\nOslo, Hotel Fjord, 5–6 May 2031\n\nTin is dear.", "2031-05-05"),
        (
            "de",
            "Protokoll der Mitgliederversammlung\nAue, 5. Mai 2031, 14 Uhr\n\nTOP 1",
            "2031-05-05",
        ),
        ("ru", "Протокол заседания совета\nг. Ош, 5 мая 2031 г., школа\n\nПункт 1.", "2031-05-05"),
        ("de", "Zinntagung in Jena\nAue, 9. Mai 2031\n\nZinn ist teuer.", None),
    ],
)
def test_the_day_in_a_line_with_a_town_below_the_headline(
    lang: str, text: str, start: str | None
) -> None:
    events = read_events(text, lang, "2031-05-09")
    assert [e.start for e in events[:1]] == [start]


@pytest.mark.parametrize(
    "text",
    [
        (
            "The tin conference took place in Oslo on 5 May 2031. "
            "On the second day, the conference adopted a plan."
        ),
        "The tin conference took place in Oslo on 5 May 2031. The next day, 9 May, guests left.",
    ],
)
def test_what_happened_on_a_counted_day_is_no_event_of_its_own(text: str) -> None:
    assert [e.start for e in read_events(text, "en", "2031-05-09")] == ["2031-05-05"]


def test_nothing_is_counted_from_the_day_of_the_page() -> None:
    text = "9 May 2031\n\nThe next day, the Lead Forum was held in Tromsø."
    assert "2031-05-10" not in [e.start for e in read_events(text, "en", "2031-05-09")]


@pytest.mark.parametrize(
    ("text", "lang", "start"),
    [
        (
            (
                "Protokoll der 17. Sitzung des Beirats Erzland\nAusgefertigt am 26. Mai 2031\n\n"
                "Ort: Aue, Bürgerhaus. Zeit: 20. Mai 2031, 14.00 bis 16.45 Uhr."
            ),
            "de",
            "2031-05-20",
        ),
        (
            (
                "Программа VI Солевых чтений (редакция от 12 мая 2031 г.)\n"
                "Пинск, Беларусь. 29 мая 2031 г., Полесский колледж\n\n9:00 Сбор гостей"
            ),
            "ru",
            "2031-05-29",
        ),
    ],
)
def test_the_day_below_the_title_of_minutes_and_programmes(
    text: str, lang: str, start: str
) -> None:
    published = "2031-05-26" if lang == "de" else "2031-05-12"
    assert read_events(text, lang, published)[0].start == start


def test_the_day_of_minutes_behind_a_town_and_a_house() -> None:
    text = (
        "Протокол № 3\nзаседания Общественного совета рудника «Степной»\n"
        "Чаек, здание школы, 24 июня 2031 года, 15:00. Оформлен 30.06.2031\n\n"
        "Присутствовали: жители сел, всего 31 человек.\n\n1. О пыли. Говорили о сходе в апреле."
    )
    assert read_events(text, "ru", "2031-06-30")[0].start == "2031-06-24"


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The workshop in Hull cannot take place on 5 May. The new date is 12 June."),
        ("de", "Der Workshop kann am 5. Mai nicht stattfinden. Neuer Termin ist der 12. Juni."),
    ],
)
def test_what_is_not_held_on_its_day_has_the_one_that_is_told_next(lang: str, text: str) -> None:
    page = f"{text} {'Tea is served.' if lang == 'en' else 'Es gibt Tee.'}"
    assert [e.start for e in read_events(page, lang, "2031-04-20")] == ["2031-06-12"]
