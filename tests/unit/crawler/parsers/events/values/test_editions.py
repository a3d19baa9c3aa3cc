from __future__ import annotations

import pytest

from tests.event_texts import read_events


def test_the_next_edition_is_of_the_same_series() -> None:
    events = read_events(
        "Am 5. Mai 2031 fand in Jena die 3. Zinntagung statt. "
        "Die nächste Zinntagung findet am 6. Juni 2032 in Essen statt.",
        "de",
        "2031-05-06",
    )
    assert [e.series for e in events] == ["Zinntagung", "Zinntagung"]


@pytest.mark.parametrize(
    ("lang", "text", "series"),
    [
        (
            "de",
            (
                "Am 5. Mai 2031 fand in Jena die Zinntagung statt. "
                "Die nächste Zinntagung findet am 6. Juni 2032 in Essen statt."
            ),
            ["Zinntagung", "Zinntagung"],
        ),
        (
            "en",
            (
                "The Steppe Tin Forum was held in Oslo on 5 May 2031. "
                "The next one will be held in Oslo on 6 June 2032."
            ),
            ["Steppe Tin Forum", "Steppe Tin Forum"],
        ),
        (
            "en",
            (
                "The first Steppe Tin Forum took place in Oslo in May 2031. "
                "The second one will be held in Oslo on 6 June 2032."
            ),
            ["Steppe Tin Forum", "Steppe Tin Forum"],
        ),
        (
            "ru",
            (
                "5 мая 2031 года в Оше прошёл второй Горный форум. "
                "Первый состоялся в Нарыне в июне 2029 года."
            ),
            ["Горный форум", "Горный форум"],
        ),
        (
            "ru",
            (
                "5 мая 2031 года в Оше прошло совещание по дорогам. "
                "Следующее совещание состоится в Нарыне 6 июня 2032 года."
            ),
            [None, None],
        ),
        (
            "de",
            (
                "Am 5. Mai 2031 fand in Jena die Zinntagung statt. "
                "Die nächste Bleitagung findet am 6. Juni 2032 in Essen statt."
            ),
            [None, None],
        ),
    ],
)
def test_an_event_that_has_a_next_or_previous_edition_recurs(
    lang: str, text: str, series: list[str | None]
) -> None:
    assert [e.series for e in read_events(text, lang, "2031-05-06")] == series


@pytest.mark.parametrize(
    ("lang", "text", "series"),
    [
        (
            "ru",
            (
                "5 мая 2031 года в Оше прошёл II Форум геологов Алая. "
                "Следующий форум состоится в Нарыне 6 июня 2032 года."
            ),
            ["Форум геологов Алая", "Форум геологов Алая"],
        ),
        (
            "de",
            (
                "Am 5. Mai 2031 fand in Jena die 3. Zinntagung statt. "
                "Die nächste Ausgabe findet am 6. Juni 2032 in Essen statt."
            ),
            ["Zinntagung", "Zinntagung"],
        ),
        (
            "en",
            (
                "The fourth meeting of the Tin Working Group was held in Oslo on 5 May 2031. "
                "A follow-up session is scheduled in Bergen for 6 June 2032."
            ),
            ["Tin Working Group", "Tin Working Group"],
        ),
        (
            "ru",
            (
                "Вторая Степная ярмарка ремёсел состоялась 9 ноября 2031 года в Таласе. "
                "На прошлой ярмарке в Оше было 300 гостей."
            ),
            ["Степная ярмарка ремёсел", "Степная ярмарка ремёсел"],
        ),
    ],
)
def test_a_turned_edition_shares_the_series_of_the_one_it_follows(
    lang: str, text: str, series: list[str | None]
) -> None:
    assert [e.series for e in read_events(text, lang, "2031-05-06")] == series


MINUTES = """Dunmore Quarry Committee
Minutes of the meeting held on 5 May 2031 at the town hall

Present: Ann Weber (Chair)

1. Minutes of the March meeting were agreed.
2. Open day. The company will hold a Quarry Open Day on 6 September 2031.
3. Next meeting: 7 October 2031, same place.
"""


def test_the_sessions_of_minutes_are_their_bodys() -> None:
    events = read_events(MINUTES, "en", "2031-05-09")
    assert {e.name: e.series for e in events} == {
        "meeting": "Dunmore Quarry Committee",
        "Quarry Open Day": None,
    }
