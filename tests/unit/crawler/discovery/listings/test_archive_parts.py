from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from crawler.discovery.listing_words import ListingWords
from crawler.discovery.listings.archive_parts import (
    MOST_PARTS,
    archive_parts,
    past_lists,
    whole_lists,
)
from indexer.records.reference import load_reference
from indexer.records.urls import site

HOST = "https://www.example.org"


WORDS = ListingWords.from_languages(load_reference().languages)


CHOICE = "<select name=year><option>2026</option><option value=2025>2025 (31)</option></select>"


def parts(html: str, page: str = "/press/", *, year: int = 2026) -> list[str]:
    soup = BeautifulSoup(f"<body>{html}</body>", "lxml")
    found = archive_parts(
        soup,
        HOST + page,
        HOST + page,
        lambda u: site(u) == "www.example.org",
        is_month=WORDS.is_month,
        year=year,
        names_list=WORDS.names_list,
        months=WORDS.months,
    )
    return [url.removeprefix(HOST) for url in found]


def row(address: str, *labels: str) -> str:
    """Links with these labels; `{y}` and `{n}` in the address: year of the label, and its place."""
    return " | ".join(
        f'<a href="{address.format(y=label.split()[-1], n=n)}">{label}</a>'
        for n, label in enumerate(labels, start=1)
    )


@pytest.mark.parametrize(
    ("html", "page", "found"),
    [
        (
            row("Archive.aspx?year={y}", "2024", "2025", "2026"),
            "/News/Default.aspx",
            [f"/News/Archive.aspx?year={y}" for y in (2026, 2025, 2024)],
        ),
        (
            "".join(f'<a href="/press/{y}/">{y} год</a>' for y in (2026, 2025)),
            "/press/",
            ["/press/2026/", "/press/2025/"],
        ),
        (  # a report, and another one
            '<a href="/press/2025/r">2025 plan</a> <a href="/press/2024/b">2024 call</a>',
            "/press/",
            [],
        ),
        (
            '<a href="/press/archive/2025.html">Press releases 2025</a>',
            "/press/",
            ["/press/archive/2025.html"],
        ),
        ('<a href="/press/archive/2026.html">Press releases 2026</a>', "/press/", []),
        ('<b>2026</b> <a href="/press?year=2025">2025 (6)</a>', "/press", ["/press?year=2025"]),
        ('<a href="/press?year=2026">2026</a>', "/press", []),
        ('<a href="/press/2025">2025</a>', "/press", []),
        ('<a href="/press/archive/2025.html">Annual budget 2025</a>', "/press/", []),
        (
            "<b>2026</b> " + row("/press/{y}/", "2025", "2024"),
            "/press/",
            ["/press/2025/", "/press/2024/"],
        ),
        (
            row("/press/archive/{y}", "2026", "2025"),
            "/press/archive/2026",
            ["/press/archive/2026", "/press/archive/2025"],
        ),
        (
            '<select><option value="?y=2026">2026 (4)</option><option value="?y=2025">2025 (31)',
            "/press/",
            ["/press/?y=2026", "/press/?y=2025"],
        ),
        (
            row("/press/{y}/{n}", "März 2026", "Februar 2026", "Januar 2026", "Dezember 2025"),
            "/press/",
            ["/press/2026/1", "/press/2026/2", "/press/2026/3", "/press/2025/4"],
        ),
        (
            f'<form action="/press"><input type=hidden name=lang value=en>{CHOICE}</form>',
            "/press",
            ["/press?lang=en&year=2026", "/press?lang=en&year=2025"],
        ),
        (
            row("/press/{y}/{n}", "Sept. 2026", "Aug. 2026"),
            "/press/",
            ["/press/2026/1", "/press/2026/2"],
        ),
        (
            row("/press/{y}/{n}", "декабря 2025", "қараша 2025"),
            "/press/",
            ["/press/2025/1", "/press/2025/2"],
        ),
        (
            "".join(f'<a href="/n/2026/{n}">2026 оны {n}-р сар ({n})</a>' for n in (11, 10)),
            "/n/",
            ["/n/2026/11", "/n/2026/10"],
        ),
        (
            "".join(f'<a href="/n/2026/{n}">2026年{n}月</a>' for n in (11, 10)),
            "/n/",
            ["/n/2026/11", "/n/2026/10"],
        ),
        (
            row("/press/{y}/{n}", "Mayıs 2026", "Nisan 2026"),
            "/press/",
            ["/press/2026/1", "/press/2026/2"],
        ),
        (
            row("/press/archiv-{y}.html", "Archiv 2025", "Archiv 2024"),
            "/press/",
            ["/press/archiv-2025.html", "/press/archiv-2024.html"],
        ),
        (
            "".join(
                f'<a href="/n/2026/{n}">{name}</a>' for n, name in ((2, "Февраль"), (1, "Январь"))
            ),
            "/n/",
            ["/n/2026/2", "/n/2026/1"],
        ),
        (row("/n.php?y={y}", "2025", "2024"), "/news.php", ["/n.php?y=2025", "/n.php?y=2024"]),
    ],
)
def test_years_and_months_of_a_list(html: str, page: str, found: list[str]) -> None:
    assert parts(html, page) == found


@pytest.mark.parametrize(
    "html",
    [
        row("/press/{y}/", "2026"),  # one is no row
        row("/reports/{y}/", "2026", "2025"),  # of another section
        row("/press/report-{y}.pdf", "2026", "2025"),
        row("/press/report-{y}", "Report 2026", "Report 2025"),
        row("/press/{y}/{n}", "Budget 2026", "Strategy 2025", "Forum 2026"),
        '<a href="/press/may-report-2026">May</a><a href="/press/june">June</a>',
        row("/press/forum-{n}", "2026", "2025"),  # an address without the year
        row("https://other.example/press/{y}/", "2026", "2025"),
        row("#y{y}", "2026", "2025"),
        f"<form method=post>{CHOICE}</form>",
        CHOICE,
        "",
    ],
)
def test_what_is_no_part_of_a_list(html: str) -> None:
    assert parts(html) == []


def test_an_archive_of_ages_is_cut() -> None:
    years = [str(year) for year in range(1950, 2063)]
    found = parts(row("/press/{y}/", *years))
    assert len(found) == MOST_PARTS
    assert found[0] == "/press/2026/"
    assert found[-1] == "/press/1991/"


def test_years_to_come_are_behind_those_that_were() -> None:
    years = [str(year) for year in range(2040, 2023, -1)]
    chosen = "".join(f'<option value="?y={year}">{year}</option>' for year in years)
    found = parts(f"<select>{chosen}</select>", year=2026)
    assert found[:5] == [f"/press/?y={year}" for year in (2026, 2025, 2024, 2027, 2028)]


@pytest.mark.parametrize(
    "field",
    ["<input type=email name=a>", "<input name=user_email>", "<textarea name=a></textarea>"],
)
def test_years_that_ask_about_a_person_part_no_list(field: str) -> None:
    assert parts(f'<form action="/press">{CHOICE}{field}</form>', "/press") == []
    assert parts(f'<form action="/press">{CHOICE}<input name=q></form>', "/press") != []


@pytest.mark.parametrize(
    ("link", "found"),
    [
        ('<a href="/events/past">Past</a>', ["/events/past"]),
        ('<a href="/events?view=past">Past events »</a>', ["/events?view=past"]),
        ('<a href="/events/archiv">Archiv</a>', ["/events/archiv"]),
        ('<a href="/events/arkhiv">Прошедшие мероприятия</a>', ["/events/arkhiv"]),
        ('<a href="/about/past">Past</a>', []),
        ('<a href="/events">Past</a>', []),
        ('<a href="https://other.example.com/events/past">Past</a>', []),
        ('<a href="/events/forum">Past and future of tin</a>', []),
        ('<a href="/events/past?page=0">Load past events</a>', ["/events/past?page=0"]),
        ('<a href="/events/past">All past events (24)</a>', ["/events/past"]),
        ('<a href="/events/all">Load more past</a>', []),
        ('<a href="/events/tin">What past events say of tin</a>', []),
    ],
)
def test_a_list_of_events_names_the_list_of_those_that_are_over(
    link: str, found: list[str]
) -> None:
    soup = BeautifulSoup(f"<body><h1>Events</h1>{link}</body>", "lxml")
    page = f"{HOST}/events"
    over = past_lists(soup, page, page, lambda u: site(u) == "www.example.org", WORDS.past_lists)
    assert [url.removeprefix(HOST) for url in over] == found


@pytest.mark.parametrize(
    ("link", "found"),
    [
        ('<a href="/news/all">All news</a>', ["/news/all"]),
        ('<a href="/news/alle/">Alle Meldungen »</a>', ["/news/alle/"]),
        ('<a href="/news/vse">Все новости</a>', ["/news/vse"]),
        ('<a href="/news/alla">Alla nyheter</a>', ["/news/alla"]),
        ('<a href="/news">All news</a>', []),
        ('<a href="/all-news">All news</a>', []),  # of the whole site
        ('<a href="/news/tin">All news that says tin</a>', []),
        ('<a href="/news/all.pdf">All news</a>', []),
        ('<a href="https://elsewhere.example.org/news/all">All news</a>', []),
    ],
)
def test_a_list_of_the_newest_leads_to_all_of_them_below_it(link: str, found: list[str]) -> None:
    soup = BeautifulSoup(f"<body><h1>News</h1>{link}</body>", "lxml")
    page = f"{HOST}/news"
    whole = whole_lists(soup, page, page, lambda u: site(u) == "www.example.org", WORDS.whole_lists)
    assert [url.removeprefix(HOST) for url in whole] == found
