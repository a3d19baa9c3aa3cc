"""What belongs to the entry of a link: days in rows of their own, days without a year."""

from __future__ import annotations

from datetime import date

import pytest
from bs4 import BeautifulSoup

from crawler.discovery.listing_words import ListingWords
from crawler.discovery.listings.entries import ListEntries
from crawler.discovery.listings.reader import ListingReader
from indexer.records.reference import load_reference

HOST = "https://www.example.org"
WORDS = ListingWords.from_languages(load_reference().languages)
MONTHS = frozenset({"may", "mai", "june", "mayo"})
TITLES = ["Tin pit of Oruro reopens", "New map of the south is out", "Miners of Huanuni strike"]


def entry(number: int, *, tag: str = "tr") -> str:
    link = f'<a href="/news/{number}-text">{TITLES[number]}</a>'
    return f"<tr><td>{9 + number}:30</td><td>{link}</td></tr>" if tag == "tr" else f"<p>{link}</p>"


def days_of(body: str) -> list[str | None]:
    reader = ListingReader(WORDS, lambda url: url.startswith(HOST + "/"))
    html = f"<html lang=en><body><h1>News</h1>{body}</body></html>"
    page = reader.read(html.encode(), HOST + "/news", "text/html", today=date(2031, 3, 12))
    return [link.published for link in page.links]


def row(day: str) -> str:
    return f"<tr><td colspan=2>{day}</td></tr>"


def test_rows_of_days_head_the_rows_below_them() -> None:
    rows = [row("12 March"), entry(0), entry(1), row("11 March"), entry(2)]
    expected = ["2031-03-12", "2031-03-12", "2031-03-11"]
    assert days_of(f"<table>{''.join(rows)}</table>") == expected


def test_days_below_their_entries_are_theirs() -> None:
    days = ["12 March 2031", "11 March 2031", "9 March 2031"]
    body = "".join(f"{entry(n, tag='p')}<p>{day}</p>" for n, day in enumerate(days))
    assert days_of(f"<div>{body}</div>") == ["2031-03-12", "2031-03-11", "2031-03-09"]


@pytest.mark.parametrize(
    ("day", "is_dated"),
    [
        ("12 May", True),
        ("May 12", True),
        ("Mon 12 May", True),
        ("Saturday 12 May", True),
        ("Montag 12. Mai", True),
        ("Tuesday 3rd June", True),
        ("Lunes 12 de mayo", True),
        ("Level 3 May 12", True),
        ("Room 12 Mayfield", False),
        ("Saturday 12 tonnes", False),
        ("May 1250", False),
    ],
)
def test_days_without_a_year_may_stand_beside_other_words_and_numbers(
    day: str, is_dated: bool
) -> None:
    soup = BeautifulSoup(f"<li>{day}<a href=/a>Tin is mined again</a></li>", "lxml")
    anchor = soup.find_all("a")[0]
    entries = ListEntries([("https://example.org/a", anchor)], MONTHS)
    assert entries.is_dated(anchor) is is_dated


@pytest.mark.parametrize(
    "body",
    [
        "<ul><li>Updated 30 May 2031</li><li>{0}</li><li>{1}</li></ul>",
        "<ul><li>Stand: 30.05.2031</li><li>{0}</li><li>{1}</li></ul>",
    ],
)
def test_a_row_that_says_more_than_a_day_heads_nothing(body: str) -> None:
    links = [f'<a href="/news/{n}-text">{TITLES[n]}</a>' for n in range(2)]
    assert days_of(body.format(*links))[1] is None


def test_days_beside_links_are_read_as_before() -> None:
    entries = "".join(
        f'{12 - n}.05.2031 <a href="/news/{n}-text">{title} of 2.4.2031</a><br>'
        for n, title in enumerate(TITLES)
    )
    assert days_of(f"<div>{entries}</div>") == ["2031-05-12", "2031-05-11", "2031-05-10"]
