"""Times that are counted back from a request, in the languages of the files."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from indexer.records.reference import load_reference
from indexer.text.times_ago import TimesAgo

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(scope="module")
def times() -> TimesAgo:
    return TimesAgo(load_reference().languages)


@pytest.mark.parametrize(
    ("text", "said", "back"),
    [
        ("Posted 2 days ago by Jim Poe", "2 days ago", 2 * DAY),
        ("a day ago", "a day ago", DAY),
        ("8h ago", "8h ago", 8 * HOUR),
        ("By Jane Roe · 2d ago", "2d ago", 2 * DAY),
        ("vor drei Wochen", "vor drei Wochen", 21 * DAY),
        ("vor 5 Stunden", "vor 5 Stunden", 5 * HOUR),
        ("il y a deux heures", "il y a deux heures", 2 * HOUR),
        ("Вчера, 14:45", "Вчера", DAY),
        ("день назад", "день назад", DAY),
        ("2 дні тому", "2 дні тому", 2 * DAY),
        ("3 dni temu", "3 dni temu", 3 * DAY),
        ("před 3 hodinami", "před 3 hodinami", 3 * HOUR),
        ("3 gün önce", "3 gün önce", 3 * DAY),
        ("5 сағат бұрын", "5 сағат бұрын", 5 * HOUR),
        ("3 хоногийн өмнө", "3 хоногийн өмнө", 3 * DAY),
        ("Kecha, 14:45", "Kecha", DAY),
        ("Today, 11:20", "Today", 0 * DAY),
    ],
)
def test_found_with_its_length(times: TimesAgo, text: str, said: str, back: timedelta) -> None:
    [found] = times.find(text)
    assert (text[found.start : found.end], found.back) == (said, back)
    assert found.in_days == (back % DAY == timedelta())


@pytest.mark.parametrize(
    "text", ["9 March", "in 3 days", "tomorrow", "3 days", "ago", "3 days agoo"]
)
def test_others_are_none(times: TimesAgo, text: str) -> None:
    assert not [*times.find(text)]


def test_capitals_of_turkish_are_no_failure(times: TimesAgo) -> None:
    assert [found.back for found in times.find("İKİ GÜN ÖNCE · 3 GÜN ÖNCE")] == [2 * DAY, 3 * DAY]
    assert [found.back for found in times.find("İki gün önce")] == [2 * DAY]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3 days ago", "2031-03-09"),
        ("2 weeks ago", "2031-02"),
        ("vor einem Monat", "2031-02"),
        ("2 months ago", "2031-01"),
        ("3 days ago in Almaty", None),
        ("3 hours ago", None),
        ("today", None),
    ],
)
def test_a_text_that_says_nothing_else_tells_a_day_and_of_coarse_units_a_month(
    times: TimesAgo, text: str, day: str | None
) -> None:
    assert times.day_of(text, date(2031, 3, 12)) == day


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Yesterday", "2031-03-10", "2031-03-12"),
        ("3 days ago", "2031-03-08", "2031-03-10"),
        ("5 hours ago", "2031-03-11", "2031-03-13"),
        ("2 weeks ago", "2031-02-19", "2031-03-01"),
        ("a month ago", "2031-01-09", "2031-02-25"),
    ],
)
def test_what_may_be_meant(times: TimesAgo, text: str, first: str, last: str) -> None:
    requested, day = date(2031, 3, 12), timedelta(days=1)
    [found] = times.find(text)
    days = (date(2031, 1, 1) + n * day for n in range(100))
    meant = [each.isoformat() for each in days if found.may_be(each.isoformat(), requested)]
    assert (meant[0], meant[-1]) == (first, last)
    months = {month for month in ("2030-12", "2031-04") if found.may_be(month, requested)}
    assert not months
    assert found.may_be(first[:7], requested)
