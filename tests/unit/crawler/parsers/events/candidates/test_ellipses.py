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
                "Следующая пройдёт в Нарыне 6 июня 2032 года."
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
