from __future__ import annotations

from datetime import date

import pytest

from crawler.parsers.article.blocks import read_blocks
from crawler.parsers.article.printed_dates import (
    day_comes_first,
    has_date,
    is_after,
    printed_dates,
    say_same,
    says_about,
    says_day,
    says_day_of_any_year,
    spans_days,
    without_day,
)
from crawler.parsers.html import HtmlDocument
from crawler.profiles.places import Places
from tests.page_reader import packaged_words


@pytest.mark.parametrize(
    "text",
    [
        "12.03.2020",
        "12.3.20",
        "2020-03-12T10:00",
        "2020/3/12",
        "12. März 2020",
        "March 12, 2020",
        "12th of March, 2020",
        "12-Mar-2020",
        "12March 2020",
        "<span>12</span><span>März</span><span>2020</span>",
        "Do, 12 мар. 2020 г.",
        "12 de marzo de 2020",
        "2020-yil 12-mart",
        "2020 жылғы 12 наурыз",
        "2020. március 12.",
        "2020 оны 3 сарын 12",
        "2020 оны 3-р сарын 12",
        "2020 оны гуравдугаар сарын 12",
        "2020年3月12日",
    ],
)
def test_a_day_is_seen_in_any_language(text: str) -> None:
    (printed,) = printed_dates(
        read_blocks(HtmlDocument(f"<p>{text}</p>").tree, lambda _: False), Places()
    )
    assert says_day(printed.surface, date(2020, 3, 12))
    assert not says_day(printed.surface, date(2020, 3, 14))
    assert not says_day(printed.surface, date(2019, 3, 12))


@pytest.mark.parametrize(
    "text",
    ["", "2020", "March 2020", "12:30", "Nr. 40/12", "100.000,00", "Tel. 55-01-90", "12-40-90"],
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert not has_date(text)


def test_a_date_has_its_place_and_the_words_before_it() -> None:
    html = (
        '<div class="meta post-12">Nr. 7 / Updated on: 12.03.2020</div><p>In the course of a long '
        "sentence that says a lot about copper and tin there is 13.03.2020</p>"
    )
    (printed,) = printed_dates(read_blocks(HtmlDocument(html).tree, lambda _: False), Places())
    assert printed.place == "body > div.meta"
    assert printed.label == "nr updated on"


def test_the_neighbouring_day_may_be_meant() -> None:
    assert says_about("01.03.2020", date(2020, 2, 29))
    assert not says_about("02.03.2020", date(2020, 2, 29))


@pytest.mark.parametrize(
    ("surface", "day", "first"),
    [
        ("12/03/2020", date(2020, 3, 12), True),
        ("03/12/2020", date(2020, 3, 12), False),
        ("03/03/2020", date(2020, 3, 3), None),
        ("2020-03-12", date(2020, 3, 12), None),
        ("12 March 2020", date(2020, 3, 12), None),
        ("12/03/2020", date(2020, 4, 12), None),
    ],
)
def test_the_order_of_day_and_month_shows(surface: str, day: date, *, first: bool | None) -> None:
    assert day_comes_first(surface, day) is first


@pytest.mark.parametrize(
    ("surface", "after"),
    [
        ("13.03.2020", True),
        ("12.03.2020", False),
        ("04/05/2020", True),
        ("13.02.2020", False),
        ("01.02.2021", True),
        ("1. April 2020", True),
        ("1. März 2020", False),
        ("1. Ventôse 2020", False),
        ("13.03.98", False),
    ],
)
def test_a_day_to_come_shows(surface: str, *, after: bool) -> None:
    assert is_after(surface, date(2020, 3, 12), {"mär": 3, "apr": 4}) is after


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("12.03.2020", "12.03.20", True),
        ("12.03.2020", "2020-03-12", True),
        ("12.03.2020", "12. März 2020", True),
        ("12 Mar 2020", "12 March 2020", True),
        ("12 Mar 2020", "12 May 2020", False),
        ("12.03.2020", "13.03.2020", False),
        ("12.03.2020", "12. März 2021", False),
    ],
)
def test_two_printed_dates_are_compared(one: str, other: str, *, same: bool) -> None:
    assert say_same(one, other) is same


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("6 June, Potosí", True),
        ("5–6 June, Potosí", True),
        ("am 6. Juni", True),
        ("6-го июня в 10:00", True),
        ("06.06., hall 4", True),
        ("6/6, hall 4", True),
        ("6-7 June, Potosí", True),
        ("June 6, Potosí", True),
        ("Jun. 6, Potosí", True),
        ("June 5–6, Potosí", True),
        ("6th of June", True),
        ("6 de junho", True),
        ("6. června, Kladno", True),
        ("6 маусымда, Ақтау", True),
        ("2031-yil 5–6-iyun", True),
        ("зургаадугаар сарын 6-нд", True),
        ("6-р сарын 6-нд", True),
        ("6 дугаар сарын 6-нд", True),
        ("5-р сарын 6-нд", False),
        ("6-р сарын 5-нд", False),
        ("6 May, Potosí", False),
        ("6 comments", False),
        ("6 minutes read", False),
        ("Lesezeit: 6 Minuten", False),
        ("6. Sitzung", False),
        ("6 Junioren", False),
        ("June 16", False),
        ("June 6,000 t", False),
        ("06.06.2031", False),
        ("26 June", False),
        ("at 10:06 hours", False),
        ("10.06.", False),
        ("hall 6", False),
    ],
)
def test_a_day_may_be_printed_without_its_year(line: str, expected: bool) -> None:
    names = packaged_words().month_names(6)
    assert says_day_of_any_year(line, date(2031, 6, 6), names) is expected


@pytest.mark.parametrize(
    ("line", "spans"),
    [
        ("March 2–4, 2031", True),
        ("2.–4. März 2031", True),
        ("2 March 2031 – 4 March 2031", True),
        ("4 March 2031, 9–17 Uhr", False),
        ("02-03-2031", False),
        ("2031-03-02", False),
    ],
)
def test_a_line_of_two_days(line: str, *, spans: bool) -> None:
    assert spans_days(line) is spans


def test_a_day_and_its_year_are_taken_out_of_a_text() -> None:
    text = "Am 2. März 2031, nicht am 3. März 2031"
    assert without_day(text, date(2031, 3, 2)) == "Am , nicht am 3. März 2031"
