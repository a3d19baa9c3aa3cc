from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from crawler.discovery.listing_words import ListingWords
from crawler.discovery.listings.entry_days import (
    EntryDays,
    believed_days,
    writes_month_first,
    writes_pairs,
)
from crawler.discovery.listings.reader import ListingReader
from indexer.records.reference import load_reference

WORDS = ListingWords.from_languages(load_reference().languages)
TODAY = date(2031, 1, 12)


def days(today: date | None = TODAY, *, month_first: bool = False) -> EntryDays:
    months, other = WORDS.month_numbers, WORDS.month_number
    units, ago = WORDS.month_units, WORDS.day_ago
    return EntryDays(months, WORDS.relative_days, today, month_first, other, units, day_ago=ago)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("04.05.2031 Tin", "2031-05-04"),
        ("2031-05-04", "2031-05-04"),
        ("4/5/2031", "2031-05-04"),
        ("5/24/2031", "2031-05-24"),
        ("06.03.31 15:10", "2031-03-06"),
        ("4. 5. 2031", "2031-05-04"),
        ("04-05-2031", "2031-05-04"),
        ("2031.05.04", "2031-05-04"),
        ("2031/05/04", "2031-05-04"),
        ("4/5-2031", None),
        ("2031 оны 3-р сарын 12", "2031-03-12"),
        ("2031 оны 3 дугаар сарын 10", "2031-03-10"),
        ("2031年3月12日", "2031-03-12"),
        ("2031년 3월 12일", "2031-03-12"),
        ("3-25-2031", "2031-03-25"),
        # hours, what is counted otherwise
        ("5 mars 2031 à 10h30", None),
        ("5 de março de 2031 às 10h30", None),
        ("4. März 2031 um 10 Uhr 30", None),
        ("5 марта 2031 в 10 часов 30 минут", None),
        ("Mar 5, 2031 at 10 am 12", None),
        ("Budget 2031 top 10 goals 12", None),
        ("31.31.2031", None),
        ("10.20.30.40", None),
        ("1.2 million", None),
    ],
)
def test_days_in_numbers(text: str, day: str | None) -> None:
    assert days().in_numbers(text) == day


def test_days_of_a_list_that_writes_the_month_first() -> None:
    assert days(month_first=True).in_numbers("5/4/2031") == "2031-05-04"
    assert days(month_first=True).in_numbers("05-04-2031") == "2031-05-04"
    assert days(month_first=True).in_numbers("5.4.2031") == "2031-04-05"
    assert writes_month_first(["03-04-2031", "02-27-2031"])
    assert writes_month_first(["3/4/2031", "2/27/2031"])
    assert not writes_month_first(["3/4/2031"])
    assert not writes_month_first(["3/4/2031", "2/27/2031", "27/2/2031"])
    assert writes_month_first(["02/19 Tin", "02/05 Roads", "01/30 Salt"])
    assert not writes_month_first(["19/02 Tin", "05/02 Roads", "01/30 Salt"])
    assert not writes_month_first(["02.05 Tin", "01.03 Roads"])
    assert not writes_month_first(["Tin of 5/24 shafts", "Roads", "Salt"])


@pytest.mark.parametrize(
    ("piece", "day"),
    [
        ("4. Mai 2031", "2031-05-04"),
        ("12 марта 2031, 10:00", "2031-03-12"),
        ("May 4th, 2031", "2031-05-04"),
        ("Published 4 May 2031", "2031-05-04"),
        ("12 наурыз 2031", "2031-03-12"),
        ("3 января", "2031-01-03"),
        ("28 декабря, 09:15", "2030-12-28"),
        ("Yesterday, 14:30", "2031-01-11"),
        ("Вчера, 18:05", "2031-01-11"),
        ("gestern", "2031-01-11"),
        ("12 marca 2031, 10:00", "2031-03-12"),
        ("12. března 2031", "2031-03-12"),
        ("2031. március 12.", "2031-03-12"),
        ("2031 m. kovo 12 d.", "2031-03-12"),
        ("12th of March 2031", "2031-03-12"),
        ("12-Mar-2031", "2031-03-12"),
        ("2031-жылдын 12-марты", "2031-03-12"),
        ("2031-yil 12-mart", "2031-03-12"),
        ("2031 жылғы 10 наурыз", "2031-03-10"),
        ("5 mars 2031 à 10h30", "2031-03-05"),
        ("5 de março de 2031 às 10h30", "2031-03-05"),
        ("4. März 2031 um 10 Uhr 30", "2031-03-04"),
        ("Mar 5, 2031 at 10 am 12", "2031-03-05"),
        ("03.01.", "2031-01-03"),
        ("28.12.", "2030-12-28"),
        ("10.20.", None),
        ("12 marca", "2031-03-12"),
        ("12 ožujka", None),
        ("12 listopada 2031", None),  # October or November
        ("3 days ago", "2031-01-09"),
        ("vor 2 Wochen", "2030-12"),
        ("3 хоногийн өмнө, Улаанбаатар", "2031-01-09"),
        ("3 days ago the survey opened a mine", None),
        ("3 hours ago", None),
        ("Today, 14:30", "2031-01-12"),
        ("Сегодня в 09:00", "2031-01-12"),
        ("Сегодня, 09:00", "2031-01-12"),
        # it may say when the page was made
        ("Today", None),
        # sentences, what is no day
        ("Today the survey opens a mine", None),
        ("The forum on tin and ore of 4 May 2031 has found many friends", None),
        ("31 February 2031", None),
        ("Level 4 Mine", None),
    ],
)
def test_days_in_words(piece: str, day: str | None) -> None:
    assert days().in_words([piece]) == day


@pytest.mark.parametrize(
    ("texts", "believed"),
    [
        (["Today, 14:30 Tin pit", "Yesterday, 9:40 Zinc pit"], True),
        (["Today, 14:30 Tin pit", "Today, 9:40 Zinc pit"], True),
        (["Сегодня, 14:30 Шахта", "вчера в 9:40 Рудник"], True),
        (["Today, 14:30 Tin pit", "Zinc pit"], False),
        (["Today 20 miners", "Today: tin pit"], False),
        ([], False),
    ],
)
def test_today_with_a_time_is_the_clock_of_the_page_unless_entries_say_it(
    texts: list[str], *, believed: bool
) -> None:
    known = believed_days(WORDS.relative_days, texts)
    assert ("today" in known) is believed
    assert known["yesterday"] == -1


@pytest.mark.parametrize(
    ("first", "day"),
    [("Сегодня, 14:30", "2031-03-03"), ("Сегодня, 14:30 28.02.2031", "2031-02-28")],
)
def test_today_is_the_day_of_the_one_entry_of_a_list_that_has_no_other(
    first: str, day: str
) -> None:
    listed = (
        f'<article><i>{day}</i> <h2><a href="/n/{n}">На руднике новая шахта {n}</a></h2></article>'
        for n, day in enumerate((first, "27.02.2031", "20.02.2031"))
    )
    body = f"<main>{''.join(listed)}</main>".encode()
    page = ListingReader(WORDS, lambda _: True).read(
        body, "https://a.example/n/", today=date(2031, 3, 3)
    )
    assert [link.published for link in page.links] == [day, "2031-02-27", "2031-02-20"]


def test_a_day_without_a_year_is_of_the_year_that_an_archive_is_asked_for() -> None:
    """A day of May, read in March, would be one to come, and its entry an event."""
    listed = (
        f'<article><i>{day}.</i> <h2><a href="/n/{n}">Headline of the {n}th page</a></h2></article>'
        for n, day in enumerate(("19.08", "01.07", "20.05"))
    )
    body = f"<main>{''.join(listed)}</main>".encode()
    for path, year in (("n?year=2029", 2029), ("n/2030/", 2030), ("n?id=2030&year=2029", None)):
        page = ListingReader(WORDS, lambda _: True).read(
            body, f"https://a.example/{path}", today=date(2031, 3, 3)
        )
        found = [link.published for link in page.links]
        expected = year or 2031
        assert found == [f"{expected}-{day}" for day in ("08-19", "07-01", "05-20")]


def test_without_a_day_of_request_only_whole_days_count() -> None:
    pieces = ["Yesterday, 14:30", "3 January"]
    assert days(None).in_words(pieces) is None
    assert days(None).in_words([*pieces, "3 January 2031"]) == "2031-01-03"


@pytest.mark.parametrize(
    "entries",
    [
        "<li><span>12 January, 14:30</span> <a href=/news/{n}>A headline about tin</a></li>",
        "<h4>12 January 2031</h4><ul><li><a href=/news/{n}>A headline about tin</a></li></ul>",
        "<div>2031 оны 1-р сарын 12 <h3><a href=/news/{n}>Шинэ зэсийн уурхай</a></h3></div>",
        "<div>12 janvier 2031 à 10h30 <h3><a href=/news/{n}>Une mine de cuivre</a></h3></div>",
        "<dl><dt>12.01.2031</dt><dd><a href=/news/{n}>A headline about tin</a></dd></dl>",
    ],
)
def test_days_of_entries(entries: str) -> None:
    html = "".join(entries.format(n=4711 + n) for n in range(3))
    reader = ListingReader(WORDS, lambda url: url.startswith("https://www.example.org"))
    page = reader.read(f"<main>{html}</main>".encode(), "https://www.example.org/news", today=TODAY)
    assert [link.published for link in page.links] == ["2031-01-12"] * 3


def test_a_month_that_languages_do_not_share_is_that_of_the_language_of_the_page() -> None:
    assert WORDS.month_number("listopada", "pl") == 11
    assert WORDS.month_number("listopada", "hr") == 10
    assert WORDS.month_number("listopada", "en") is None


@pytest.mark.parametrize(
    ("pieces", "day"),
    [
        (("12", "Mar"), "2031-03-12"),
        (("12.", "März", "2031"), "2031-03-12"),
        (("Mar", "12", "2030"), "2030-03-12"),
        (("12", "марта", "Новый рудник"), "2031-03-12"),
        (("12", "marca", "2031"), "2031-03-12"),
        (("3", "Mines"), None),
        (("12", "Ministry opens a second mine"), None),
        (("12",), None),
    ],
)
def test_days_in_pieces_of_a_box(pieces: tuple[str, ...], day: str | None) -> None:
    assert days().in_words(pieces) == day


@pytest.mark.parametrize(
    ("held", "day"),
    [
        ('<abbr title="2031-03-12T10:15:00Z">3 hours ago</abbr>', "2031-03-12"),
        ('<span data-date="2031-03-12">new</span>', "2031-03-12"),
        ('<i data-date="2031-03-12">new</i><i data-date="2031-04-02">until</i>', None),
        ('<i data-date="2031-03-12-17">new</i>', None),
        ('<i title="2031-03-12 in the mines">new</i>', None),
    ],
)
def test_days_that_an_entry_holds_in_attributes(held: str, day: str | None) -> None:
    item = f'<div>{held}<h3><a href="/a/1001">Tin is mined again in the hills</a></h3></div>'
    reader = ListingReader(WORDS, lambda _: True)
    page = reader.read(f"<main>{item}</main>".encode(), "https://example.org/news", "text/html")
    assert [link.published for link in page.links] == [day]


def test_months_without_a_year_are_those_of_the_language_of_the_page() -> None:
    item = "<div>12 ožujka<h3><a href=/a/1001>Novi rudnik soli nedaleko grada</a></h3></div>"
    reader = ListingReader(WORDS, lambda _: True)
    stated = [
        reader.read(
            f"<html{lang}><main>{item}</main>".encode(),
            "https://example.org/news",
            "text/html; charset=utf-8",
            today=date(2031, 3, 14),
        )
        .links[0]
        .published
        for lang in (" lang=hr-HR", " lang=xx", "")
    ]
    assert stated == ["2031-03-12", None, None]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("11.03", "2031-03-11"),
        ("11.12", "2030-12-11"),
        ("02/19", "2031-02-19"),
        ("05.03, 14:25", "2031-03-05"),
        ("14.35", None),
        ("11.03 tonnes", None),
    ],
)
def test_days_of_two_numbers(text: str, day: str | None) -> None:
    assert dataclasses.replace(days(), pairs=True).in_words([text]) == day
    assert days().in_words([text]) is None


def test_a_list_writes_days_of_two_numbers_where_most_entries_have_one() -> None:
    assert writes_pairs(["11.03 Tin of the valley", "28.02 New smelter", "Roads 27.02"])
    assert not writes_pairs(["11.03 Tin of the valley", "New smelter", "Roads"])
    assert not writes_pairs(["9.30 Opening", "14.45 Tin", "10.10 Coffee"])
    assert not writes_pairs(["11.03 Tin of the valley"])
    assert not writes_pairs(["11.03.2031 Tin of the valley", "28.02.2031 New smelter"])


@pytest.mark.parametrize(
    ("text", "day"),
    [("3-р сарын 12", "2031-03-12"), ("12-р сарын 30-нд", "2030-12-30"), ("10 час 30", None)],
)
def test_a_counted_month_without_a_year(text: str, day: str | None) -> None:
    assert days().in_words([text]) == day


ITEM = "<li><b>16.04.2031, 17:00</b> Talk of Ada Kalk, hall 2</li>"
ROW = "<tr><td>16.04.2031</td><td>Talk of Ada Kalk</td></tr>"
OPEN_DAY = '<a href="/news/2031/1001-day-of-the-open-pits">Day of the open pits</a>'


@pytest.mark.parametrize(
    ("items", "day"),
    [
        (f"<ul>{ITEM}<li>09.05.2031 {OPEN_DAY}</li></ul>", "2031-05-09"),
        (f"<ul>{ITEM}<li>{OPEN_DAY}, 9 May 2031</li></ul>", "2031-05-09"),
        (f"<table>{ROW}<tr><td>09.05.2031</td><td>{OPEN_DAY}</td></tr></table>", "2031-05-09"),
        (f"<ul><li>09.05.2031</li><li>{OPEN_DAY}</li></ul>", "2031-05-09"),
        (f"<div>04.05.2031</div><div>{OPEN_DAY} on 09.05.2031</div>", "2031-05-04"),
    ],
    ids=["item", "in words", "row", "beside an item without a day", "boxes"],
)
def test_an_item_with_a_day_has_none_of_the_items_beside_it(items: str, day: str) -> None:
    reader = ListingReader(WORDS, lambda _: True)
    page = reader.read(
        f'<html lang="en"><main>{items}</main>'.encode(), "https://example.org/news", "text/html"
    )
    assert [link.published for link in page.links] == [day]
