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
            "de",
            "Die nächste Jahrestagung richtet der Zinnverband am 5. Mai 2031 in Jena aus.",
            "Jahrestagung",
            "series.name",
        ),
        (
            "en",
            "The third Steppe Tin Forum of the 2031 season took place in Oslo on 5 May 2031.",
            "Steppe Tin Forum",
            "series.name",
        ),
        ("en", "Mining Week 2031 begins in Oslo on 5 May 2031.", "Mining Week", "series.name"),
        (
            "en",
            "The 3rd 'Green Ore' forum was held in Oslo on 5 May 2031.",
            "'Green Ore' forum",
            "series.name",
        ),
        (
            "en",
            "The Tin Forum took place in Oslo on 5 May 2031. It was the third edition.",
            "Tin Forum",
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
        (
            "ru",
            "5 мая 2031 года в Оше прошло пятое заседание Подкомитета по олову.",
            "Подкомитет по олову",
            "series.body",
        ),
        (
            "de",
            "Am 5. Mai 2031 fand in Jena die Mitgliederversammlung statt.",
            "Mitgliederversammlung",
            "series.name",
        ),
        (
            "en",
            "The annual general meeting took place in Oslo on 5 May 2031.",
            "annual general meeting",
            "series.name",
        ),
        (
            "ru",
            "5 мая 2031 года в Оше прошла XII ярмарка «Степной камень».",
            "ярмарка «Степной камень»",
            "series.name",
        ),
        (
            "de",
            "Am 5. Mai 2031 fand in Jena der 3. Zinntag der Zinnkammer Thüringen statt.",
            "Zinntag",
            "series.name",
        ),
        (
            "de",
            "Am 5. Mai 2031 fand in Jena der Zinntag statt, zu dem die Kammer jedes Jahr einlädt.",
            "Zinntag",
            "series.name",
        ),
        (
            "en",
            "The Steppe Tin Forum, which is held every other year, opened in Oslo on 5 May 2031.",
            "Steppe Tin Forum",
            "series.name",
        ),
        (
            "ru",
            "5 мая 2031 года пройдёт VII Международный онлайн-форум «Олово степи».",
            "Международный онлайн-форум «Олово степи»",
            "series.name",
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
        ("en", "The Steppe Tin Days were held for the first time in Oslo on 5 May 2031."),
        ("ru", "5 мая 2031 года в Оше прошло очередное заседание."),
        ("en", "The February meeting was held in Oslo on 5 February 2031."),
        ("en", "Trade Fair 2031 begins in Oslo on 5 May 2031."),
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


def test_the_series_of_its_session_is_the_body() -> None:
    (event,) = read_events(
        "Der Landeserzbeirat hat am 5. Mai 2031 in Bonn seine 14. Sitzung abgehalten.", "de"
    )
    assert (event.name, event.series) == ("14. Sitzung", "Landeserzbeirat")


@pytest.mark.parametrize(
    ("behind", "series"),
    [
        ("The Ore Union holds the Summit every second year.", "Steppe Tin Summit"),
        ("The Ore Circle has put it on every spring.", "Steppe Tin Summit"),
        ("Its school meets every summer.", None),
        ("Its members pay for it.", None),
        ("We hold it every month.", "Steppe Tin Summit"),
        ("The mine is inspected every month; it is the largest of its kind.", None),
        ("The mine is inspected every month and it is held in trust.", None),
        ("When the club held it, members paid every month.", None),
        ("The club cleans it every month.", None),
    ],
)
def test_the_sentence_behind_says_how_often_it_is_held(behind: str, series: str | None) -> None:
    text = f"The Steppe Tin Summit took place in Oslo on 5 May 2031. {behind}"
    assert read_events(text, "en", "2031-05-08")[0].series == series


@pytest.mark.parametrize(
    ("lang", "text", "series"),
    [
        (
            "de",
            "Der Zinngipfel war am 5. Mai 2031 in Jena. Sie hält ihn jährlich ab.",
            1,
        ),
        ("de", "Der Zinngipfel war am 5. Mai 2031 in Jena. Jährlich prüft er die Mine.", 0),
        ("ru", "Саммит «Олово» прошёл 5 мая 2031 года в Оше. Его проводят каждый год.", 1),
        ("ru", "Саммит «Олово» прошёл 5 мая 2031 года в Оше. Его дом чинят каждый год.", 0),
    ],
)
def test_what_is_held_often_is_a_series_in_each_language(lang: str, text: str, series: int) -> None:
    assert [bool(e.series) for e in read_events(text, lang, "2031-05-08")] == [bool(series)]
