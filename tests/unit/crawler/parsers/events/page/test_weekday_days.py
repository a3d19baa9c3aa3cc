from __future__ import annotations

import pytest

from tests.event_texts import read_events


@pytest.mark.parametrize(
    ("lang", "text", "days"),
    [
        (
            "en",
            (
                "The week ahead\n\nMon 30: Tin results.\nTue 1: Workshop on slags, Oslo, 9 came.\n"
                "Wed 2: Steppe Tin Forum opens in Bergen."
            ),
            {"Workshop on slags": "2031-07-01", "Steppe Tin Forum": "2031-07-02"},
        ),
        (
            "de",
            (
                "Die Woche\n\nMo 30. Fachgespräch in Goslar mit 12 Gästen.\n"
                "Do 3. Zinntagung in Jena mit 30 Gästen."
            ),
            {"Zinntagung": "2031-07-03"},
        ),
        (
            "ru",
            "Неделя\n\nПн 30: Отчёт завода.\nЧт 3: Форум по олову, Бишкек, 40 участников.",
            {"Форум по олову": "2031-07-03"},
        ),
    ],
)
def test_a_weekday_and_a_number_open_the_lines_of_a_week(
    lang: str, text: str, days: dict[str, str]
) -> None:
    found = {e.name: e.start for e in read_events(text, lang, "2031-06-27")}
    assert {name: found.get(name) for name in days} == days


@pytest.mark.parametrize(
    "text",
    [
        "Programme\n\nRoom 17: Workshop on slags, Oslo, 30 guests.\nRoom 18: Tin Forum in Bergen.",
        "The week ahead\n\nTue 1: Workshop on slags, Oslo, 30 guests.",
    ],
    ids=["no weekday", "one line"],
)
def test_a_number_alone_is_no_day(text: str) -> None:
    assert {e.start for e in read_events(text, "en", "2031-06-27")} <= {None, "2031-06"}


def test_a_page_without_a_day_has_none() -> None:
    text = "The week ahead\n\nTue 1: Tin Forum opens in Oslo.\nWed 2: Zinc Forum opens in Bergen."
    assert {e.start for e in read_events(text, "en", None)} == {None}


def test_the_weekday_tells_the_month() -> None:
    text = "Diary\n\nTue 3: Tin Forum opened in Oslo.\nWed 4: Zinc Forum opened in Bergen."
    found = {e.name: e.start for e in read_events(text, "en", "2031-07-01")}
    assert found == {"Tin Forum": "2031-06-03", "Zinc Forum": "2031-06-04"}
