from __future__ import annotations

import pytest

from tests.event_texts import read_events, read_values, text_page


@pytest.mark.parametrize(
    ("lang", "text", "series", "rule"),
    [
        (
            "en",
            "The 12th Steppe Tin Forum took place in Oslo on 5 May 2031.",
            "Steppe Tin Forum",
            "series.name",
        ),
        (
            "en",
            "The annual Steppe Tin Forum took place in Oslo on 5 May 2031.",
            "Steppe Tin Forum",
            "series.name",
        ),
        (
            "en",
            "The 2nd Steppe Club 2031 Tin Summit took place in Oslo on 5 May 2031.",
            "Tin Summit",
            "series.name",
        ),
        ("de", "Der Kongress ERZ-2031 fand in Jena statt.", "Kongress ERZ", "series.name"),
        (
            "ru",
            "5 мая 2031 года в Оше прошёл международный форум «Олово Тянь-Шаня — 2031».",
            "Олово Тянь-Шаня",
            "series.name",
        ),
        (
            "de",
            "Die fünfte Sitzung der gemeinsamen Arbeitsgruppe Zinn fand am 5. Mai 2031 statt.",
            "Arbeitsgruppe Zinn",
            "series.body",
        ),
        (
            "en",
            "The Tin Association held its fifth meeting in Oslo on 5 May 2031.",
            "Tin Association",
            "series.owner",
        ),
        (
            "en",
            "The Tin Association (Zinc Wire Ltd) held its fifth meeting in Oslo on 5 May 2031.",
            "Tin Association",
            "series.owner",
        ),
        (
            "de",
            "Am 5. Mai 2031 fand in Jena ein Workshop der Reihe „Zinn im Gespräch“ statt.",
            "Zinn im Gespräch",
            "series.label",
        ),
        (
            "de",
            "Der Wirtschaftsrat tagte am 5. Mai 2031 in Jena.",
            "Wirtschaftsrat",
            "series.body",
        ),
    ],
)
def test_the_series_of_an_event(lang: str, text: str, series: str, rule: str) -> None:
    assert read_values(text_page(text, lang))["series"] == (series, rule)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Am 5. Mai 2031 fand in Jena die Zinntagung statt."),
        ("en", "A conference on tin mining took place in Oslo on 5 May 2031."),
        ("ru", "5 мая 2031 года в Оше прошла конференция по добыче олова."),
    ],
)
def test_an_event_that_does_not_recur_has_no_series(lang: str, text: str) -> None:
    assert [e.series for e in read_events(text, lang)] == [None]


def test_the_number_of_a_body_that_met_stands_in_the_next_sentence() -> None:
    (event,) = read_events(
        "Der Gesprächskreis Wolfram hat sich am 4. Mai 2021 in Erfurt getroffen. "
        "Es war die fünfte Zusammenkunft.",
        "de",
    )
    assert (event.series, event.ordinal, event.start) == ("Gesprächskreis Wolfram", 5, "2021-05-04")


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


def test_the_series_of_its_session_is_the_body() -> None:
    (event,) = read_events(
        "Der Landeserzbeirat hat am 5. Mai 2031 in Bonn seine 14. Sitzung abgehalten.", "de"
    )
    assert (event.name, event.series) == ("14. Sitzung", "Landeserzbeirat")
