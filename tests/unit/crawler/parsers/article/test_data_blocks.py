"""Days of tables, timetables and program output are not the day of publication, and stay text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.parsers.article import ArticleDraft
from tests.unit.crawler.parsers.conftest import BODY

Read = Callable[..., ArticleDraft]
PageMaker = Callable[..., str]

ROWS = (
    "<tr><td>3 September 2026</td><td>Opening of the fair in hall 3</td></tr>"
    "<tr><td>4 September 2026</td><td>Working group on slag</td></tr>"
    "<tr><td>5 September 2026</td><td>Excursion to the smelter</td></tr>"
)
FACTS = (
    "<tr><td>Date</td><td>3 September 2026</td></tr><tr><td>Place</td><td>Freiberg</td></tr>"
    "<tr><td>Fee</td><td>120 euros</td></tr>"
)
TERMS = (
    "<dl><dt>Date</dt><dd>3 September 2026</dd><dt>Place</dt><dd>Freiberg</dd>"
    "<dt>Host</dt><dd>Core store</dd></dl>"
)
ITEMS = (
    "<ul><li>3 September 2026: opening</li><li>4 September 2026: working group</li>"
    "<li>5 September 2026: excursion</li></ul>"
)
WHEN = "<dl><dt>When</dt><dd>3 September 2026</dd><dt>Where</dt><dd>Freiberg</dd></dl>"
HELD = (
    "<table><tr><td>Event date:</td><td>3 September 2026</td></tr>"
    "<tr><td>Fee:</td><td>none</td></tr></table>"
)
WHERE = (
    "<table><tr><td>Date:</td><td>3 September 2026</td></tr>"
    "<tr><td>Venue:</td><td>Core store, Freiberg</td></tr></table>"
)
DAYS = (
    "<ul><li>On 3 September 2026 the opening</li><li>On 4 September 2026 the working group</li>"
    "<li>Updated plans are shown on 5 September 2026, when all have come back from the smelter"
    "</li></ul>"
)
DATA = {
    "timetable": f"<table>{ROWS}</table>",
    "timetable with a head": f"<table><tr><th>Date</th><th>What</th></tr>{ROWS}</table>",
    "table of facts": f"<table>{FACTS}</table>",
    "terms": TERMS,
    "when and where": WHEN,
    "when it is held": HELD,
    "a date beside a venue": WHERE,
    "items with dates": ITEMS,
    "items that begin as a byline does": DAYS,
}


def among(page: PageMaker, data: str, at: int, before: str = "") -> str:
    """A page with data before, among or behind its three paragraphs."""
    paragraphs = [f"<p>{text}</p>" for text in BODY["en"]]
    return page(before=before, body="".join([*paragraphs[:at], data, *paragraphs[at:]]))


@pytest.mark.parametrize("data", DATA.values(), ids=DATA)
@pytest.mark.parametrize("at", [0, 1, 3])
def test_a_day_in_data_is_text_and_not_that_of_publication(
    read: Read, page: PageMaker, data: str, at: int
) -> None:
    draft = read(among(page, data, at))
    assert draft.published is None
    assert "3 September 2026" in draft.text
    assert draft.text.count("\n\n") == 3


@pytest.mark.parametrize("data", DATA.values(), ids=DATA)
def test_data_above_the_text_is_text_and_the_byline_has_the_day(
    read: Read, page: PageMaker, data: str
) -> None:
    draft = read(page(before=f'<p class="date">5 August 2026</p>{data}'))
    assert draft.published == "2026-08-05"
    assert "3 September 2026" in draft.text


@pytest.mark.parametrize(
    "lines",
    ["3 September 2026   Opening\n4 September 2026   Excursion", "date: 2026-09-03\nroom: 3"],
)
def test_preformatted_lines_in_an_article_hold_no_day_of_publication(
    read: Read, page: PageMaker, lines: str
) -> None:
    assert read(among(page, f"<pre>{lines}</pre>", 2)).published is None


def test_an_article_of_preformatted_lines_holds_its_day(read: Read) -> None:
    text = (
        "5 August 2026\n\nThe survey has shown a map of all deposits in the west of the country\n"
        "to the companies of the region, which want to have a joint plant looked into.\n"
    )
    html = f"<html lang=en><body><h1>A map of deposits</h1><pre>{text}</pre></body></html>"
    assert read(html).published == "2026-08-05"


@pytest.mark.parametrize(
    "about",
    [
        (
            "<dl><dt>Published</dt><dd>5 August 2026</dd><dt>Topic</dt><dd>Lithium</dd>"
            "<dt>Region</dt><dd>Saxony</dd></dl>"
        ),
        (
            "<table><tr><td>Date published</td><td>5 August 2026</td></tr>"
            "<tr><td>Topic</td><td>Lithium</td></tr><tr><td>Region</td><td>Saxony</td></tr></table>"
        ),
        (
            "<dl><dt>Date of publication</dt><dd>5 August 2026</dd><dt>Topic</dt><dd>Lithium</dd>"
            "<dt>Region</dt><dd>Saxony</dd></dl>"
        ),
        ("<ul><li>Published: 5 August 2026</li><li>Updated: 7 August 2026</li><li>10:15</li></ul>"),
        "<ul><li>5 August 2026</li><li>No 34/2026</li><li>Updated: 7 August 2026</li></ul>",
        "<ul><li>5 August 2026</li><li>10:15</li><li>Freiberg 2026</li></ul>",
        (
            "<dl><dt>Date</dt><dd>5 August 2026</dd><dt>Topic</dt><dd>Lithium</dd>"
            "<dt>Region</dt><dd>Saxony</dd></dl>"
        ),
        (
            "<table><tr><td>Date:</td><td>5 August 2026</td></tr><tr><td>Number:</td>"
            "<td>34/2026</td></tr><tr><td>Embargo:</td><td>none</td></tr></table>"
        ),
    ],
)
def test_what_is_said_of_the_page_is_no_data(read: Read, page: PageMaker, about: str) -> None:
    assert read(among(page, about, 0)).published == "2026-08-05"


def test_times_of_day_make_a_list_of_dates(read: Read, page: PageMaker) -> None:
    items = "<li>3 September 2026, 10:00 opening</li><li>14:00 slag</li><li>16:00 ores</li>"
    draft = read(among(page, f"<ul>{items}<li>18:00 reception</li></ul>", 0))
    assert draft.published is None
    assert "18:00 reception" in draft.text


FROM = {
    "table": "<table><tr><td>{}:</td><td>3 September 2026</td></tr><tr><td>{}:</td><td>{}</td></tr>"
    "</table>",
    "terms": "<dl><dt>{}</dt><dd>3 September 2026</dd><dt>{}</dt><dd>{}</dd></dl>",
}


@pytest.mark.parametrize("markup", FROM.values(), ids=FROM)
@pytest.mark.parametrize("labels", [("Datum", "Ort"), ("Date", "Place"), ("Дата", "Место")])
def test_day_and_town_above_the_text_are_those_of_a_press_release(
    read: Read, page: PageMaker, markup: str, labels: tuple[str, str]
) -> None:
    town = markup.format(*labels, "Freiberg")
    assert read(among(page, town, 0)).published == "2026-09-03"
    assert read(among(page, town, 1)).published is None
    assert read(among(page, markup.format(*labels, "Core store, Freiberg"), 0)).published is None
