from __future__ import annotations

import pytest

from crawler.parsers.events.page.weekday_days import read_weekday_days
from tests.event_texts import read_events
from tests.page_reader import packaged_dates

DATES = packaged_dates()


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


def days_of(text: str, lang: str, published: str) -> list[str]:
    found = read_weekday_days(text, published, lambda word: DATES.weekday(word, lang))
    return [day.iso or "" for day in found]


@pytest.mark.parametrize(
    ("lang", "hours"),
    [
        ("de", ["Mo 10:00 bis 12:00", "Di 17:00 bis 18:00"]),
        ("de", ["Mo 10 Uhr", "Di 18 Uhr"]),
        ("de", ["Mo 10 - 12 Uhr", "Di 11 – 18 Uhr"]),
        ("de", ["Mo 10 bis 12 Uhr", "Di 11 bis 18 Uhr"]),
        ("en", ["Mon 10 am", "Tue 11 PM"]),
        ("en", ["Mon 10 a.m.", "Tue 11 p.m."]),
        ("ru", ["Пн 10 ч.", "Вт 11 часов"]),
        ("ru", ["Пн 10 до 18", "Вт 11 до 18"]),
    ],
)
def test_hours_are_no_days(lang: str, hours: list[str]) -> None:
    assert days_of("\n".join(hours), lang, "2031-03-10") == []


@pytest.mark.parametrize(
    ("lang", "lines", "published", "days"),
    [
        (
            "de",
            ["So 16. Ankunft", "Mo 17. Fachgespräch", "Di 18. Tagung"],
            "2031-03-03",
            ["2031-03-16", "2031-03-17", "2031-03-18"],
        ),
        (
            "en",
            ["Sat 29: Zinc", "Mon 31: Tin", "Tue 1 Lead", "Wed 2 – Forum"],
            "2031-03-28",
            ["2031-03-29", "2031-03-31", "2031-04-01", "2031-04-02"],
        ),
    ],
)
def test_the_days_of_a_calendar_stay_together(
    lang: str, lines: list[str], published: str, days: list[str]
) -> None:
    assert days_of("\n".join(lines), lang, published) == days


def test_of_days_as_near_the_later_one_follows() -> None:
    found = days_of("Mo 3. Ankunft\nMo 17. Rückkehr", "de", "2031-03-03")
    assert found == ["2031-03-03", "2031-03-17"]
