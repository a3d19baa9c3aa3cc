"""Days in the addresses that the date of a page leads to."""

from __future__ import annotations

import lxml.html
import pytest

from crawler.parsers.article.publication.archive_links import linked_day
from crawler.parsers.elements import Elements

URL = "https://mines.example.org/news/17-pit.html"


def day_of(body: str) -> str | None:
    tree = lxml.html.fromstring(f"<html><body>{body}</body></html>")
    found = linked_day(Elements(tree), URL)
    return found.day if found is not None else None


@pytest.mark.parametrize(
    "href", ["/2031/03/09/", "/news/2031/3/9", "https://mines.example.org/2031/03/09/"]
)
def test_the_day_is_that_of_the_archive_to_which_the_date_leads(href: str) -> None:
    assert day_of(f'<p>Added: <a href="{href}">yesterday, 16:20</a></p>') == "2031-03-09"


@pytest.mark.parametrize(
    "href",
    [
        "/2031/03/",
        "/2031/03/09/pit-reopens",
        "/2031/13/09/",
        "/2031/03/09/?print=1",
        "https://other.example.org/2031/03/09/",
        "https://[",
    ],
)
def test_other_addresses_hold_no_day(href: str) -> None:
    assert day_of(f'<p><a href="{href}">yesterday, 16:20</a></p>') is None


def test_links_to_several_days_tell_none() -> None:
    assert day_of('<p><a href="/2031/03/09/">9</a> <a href="/2031/03/10/">10</a></p>') is None


def test_those_of_a_calendar_do_not_count() -> None:
    days = "".join(f'<td><a href="/2031/03/{day:02}/">{day}</a></td>' for day in range(1, 12))
    sheet = f"<table><tr>{days}</tr></table>"
    assert day_of(sheet) is None
    assert day_of(f'{sheet}<a href="/2031/03/09/">today, 9:00</a>') == "2031-03-09"


@pytest.mark.parametrize(
    "around",
    [
        "<aside>{}</aside>",
        "<nav>{}</nav>",
        "<header>{}</header>",
        "<footer>{}</footer>",
        '<div class="related-news">{}</div>',
        '<div>{}<a href="/news/18-shaft.html">Old shaft of the pit is filled</a></div>',
        '<p>{}</p><a href="/news/18-shaft.html">Old shaft of the pit is filled</a>',
    ],
)
def test_the_day_of_a_box_is_not_that_of_the_page(around: str) -> None:
    teaser = around.format('<a href="/2031/03/08/">yesterday</a>')
    text = f"<article><h1>Pit</h1><p>{'The pit gives copper again. ' * 20}</p></article>"
    assert day_of(f"{text}<section><div>{teaser}</div></section>") is None
    own = '<p>Added: <a href="/2031/03/09/">today, 9:00</a></p>'
    assert day_of(f"{text}{own}<section><div>{teaser}</div></section>") == "2031-03-09"


@pytest.mark.parametrize(
    "around",
    [
        "<article><header>{}</header></article>",
        "<article><p>Ore.</p><footer>{}</footer></article>",
        "<main><header>{}</header></main>",
        '<div><h2><a href="/news/17-pit.html">The pit gives copper again</a></h2>{}</div>',
        '<div>{} in <a href="/metals/">Mining and metals</a></div>',
        '<div><h1>Pit</h1>{}<a href="/news/18.html">Next: old shaft is filled</a></div>',
    ],
)
def test_head_and_foot_of_the_article_hold_its_day(around: str) -> None:
    day = '<a href="/2031/03/09/">yesterday</a>'
    assert day_of(f"<section>{around.format(day)}</section>") == "2031-03-09"


def test_the_day_has_its_place_in_the_markup_as_evidence() -> None:
    tree = lxml.html.fromstring('<body><a href="/2031/03/09/">yesterday</a></body>')
    found = linked_day(Elements(tree), None)
    assert found is not None
    assert (found.part, found.surface, found.path) == ("markup", "/2031/03/09/", "a.href")
