from __future__ import annotations

import pytest

from tests.event_texts import read_events


@pytest.mark.parametrize(
    ("lang", "text", "editions"),
    [
        pytest.param(
            "de",
            (
                "Am 5. Mai 2031 fand in Jena der Zinnkongress statt. "
                "Der zweite folgt am 6. Juni 2032 in Essen."
            ),
            [("Zinnkongress", None, "2031-05-05"), ("zweiter Zinnkongress", 2, "2032-06-06")],
            id="an ordinal",
        ),
        pytest.param(
            "de",
            (
                "Am 5. Mai 2031 fand in Jena der Zinnkongress statt. "
                "Die nächste wird am 6. Juni 2032 in Essen erwartet."
            ),
            [("Zinnkongress", None, "2031-05-05")],
            id="another gender",
        ),
        pytest.param(
            "ru",
            "5 мая 2031 года в Оше прошёл Оловянный форум. Следующий — 6 июня 2032 года в Нукусе.",
            [
                ("Оловянный форум", None, "2031-05-05"),
                ("Следующий форум", None, "2032-06-06"),
            ],
            id="a dash in place of the verb",
        ),
        pytest.param(
            "en",
            (
                "The Steppe Tin Forum was held in Oslo on 5 May 2031. "
                "The next one will be held in Oslo on 6 June 2032."
            ),
            [("Steppe Tin Forum", None, "2031-05-05"), ("next Forum", None, "2032-06-06")],
            id="one instead of the noun",
        ),
        pytest.param(
            "en",
            (
                "The tin forum was held in Oslo on 5 May 2031. "
                "The second is the price of tin, which rose in May."
            ),
            [("tin forum", None, "2031-05-05")],
            id="a time of another clause",
        ),
        pytest.param(
            "en",
            (
                "The tin forum was held in Oslo on 5 May 2031. Roads are bad. Pits are deep. "
                "The next will be dug on 6 June 2032."
            ),
            [("tin forum", None, "2031-05-05")],
            id="too far away",
        ),
        pytest.param(
            "ru",
            (
                "5 мая 2031 года в Оше прошла Горная конференция. "
                "Следующая пройдёт в Нарыне 6 июня 2032 года."
            ),
            [
                ("Горная конференция", None, "2031-05-05"),
                ("Следующая конференция", None, "2032-06-06"),
            ],
            id="no article",
        ),
        pytest.param(
            "ru",
            (
                "5 мая 2031 года в Оше прошёл Горный форум. "
                "Следующая откроется в Нарыне 6 июня 2032 года."
            ),
            [("Горный форум", None, "2031-05-05")],
            id="another gender in Russian",
        ),
    ],
)
def test_editions_without_a_noun(
    lang: str, text: str, editions: list[tuple[str, int | None, str]]
) -> None:
    found = read_events(text, lang, "2031-05-06")
    assert [(e.name, e.ordinal, e.start) for e in found] == editions


@pytest.mark.parametrize(
    ("lang", "text", "edition"),
    [
        pytest.param(
            "en",
            (
                "On 5 May 2031 the Tin Forum was held in Oslo with 80 guests. "
                "At the previous one, in Berlin, they were half as many."
            ),
            ("Berlin", None),
            id="a place aside",
        ),
        pytest.param(
            "ru",
            (
                "5 мая 2031 года в Оше прошла Ярмарка камня. "
                "На третьей, в апреле 2030 года, стендов было вдвое меньше."
            ),
            (None, "2030-04"),
            id="another case",
        ),
        pytest.param(
            "en",
            (
                "Minutes of the meeting of the Slate Committee, 25 April 2031\n\n"
                "1. Blasting. There were four shots.\n2. Lorries. Noted.\n3. Roads. Closed.\n"
                "4. Any other business. None.\n\nNext: 11 July 2031."
            ),
            (None, "2031-07-11"),
            id="the session of minutes",
        ),
        pytest.param(
            "ru",
            (
                "Протокол заседания совета от 25 апреля 2031 года\n\n1. О взрывах. Отложено.\n"
                "2. О дорогах. Закрыты.\n\nРешили:\n1. Принять к сведению.\n"
                "2. Следующее провести 21 мая 2031 года."
            ),
            (None, "2031-05-21"),
            id="a decision",
        ),
    ],
)
def test_an_edition_with_its_time_or_place_aside(
    lang: str, text: str, edition: tuple[str | None, str | None]
) -> None:
    events = read_events(text, lang, "2031-05-12")
    assert edition in {(e.place.city if edition[0] else None, e.start) for e in events}


def test_the_first_time_is_no_edition() -> None:
    text = "Der Zinntag fand zum ersten Mal, im Mai 2031, in Jena statt."
    assert len(read_events(text, "de", "2031-06-12")) == 1
