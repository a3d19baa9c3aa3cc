"""Events that the pages of them are called by."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.parsers.page import PageReader
from crawler.parsers.raw_page import RawPage
from indexer.records.document import Page
from indexer.records.stated import Stated
from tests.page_reader import packaged_reader

TEXT = (
    "The day shows how maps are made and what they are good for, and all are welcome to see it and "
    "to ask their questions about the ground that they live on."
)
URL = "https://survey.example.org/events/17-open"


@pytest.fixture(scope="module")
def reader() -> PageReader:
    return packaged_reader()


def read(
    reader: PageReader, title: str, lines: str = "", *, ahead: str | None = None, url: str = URL
) -> Page:
    html = (
        f"<html lang=en><head><title>{title} | Survey</title></head><body><h1>{title}</h1>{lines}"
        f"<p>{TEXT}</p></body></html>"
    )
    stated = Stated(title=title, ahead=ahead)
    raw = RawPage(html=html, url=url, stated=stated, fetched=date(2031, 3, 12))
    return reader.read(raw)


@pytest.mark.parametrize(
    "title",
    [
        "Kellmann Lecture: the mines beneath our towns",
        "Women in Metals Awards",
        "Training: 3D maps for beginners",
    ],
)
def test_the_page_of_an_event_is_called_as_it_is(reader: PageReader, title: str) -> None:
    (event, *_) = read(reader, title).events
    assert event.name == title


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Silver Awards. Register now!", "Silver Awards"),
        ("Women in Metals Awards | Tin Institute", "Women in Metals Awards"),
        ("Women in Metals Awards · Tin Institute", "Women in Metals Awards"),
        ("Tin Forum. Register now!", "Tin Forum"),
        ("Metals made easy. Join the Tin Forum", "Tin Forum"),
    ],
)
def test_one_sentence_of_the_title_names_the_event(
    reader: PageReader, title: str, name: str
) -> None:
    assert [event.name for event in read(reader, title).events] == [name]


def test_the_title_of_an_article_without_a_word_for_an_event_names_none(reader: PageReader) -> None:
    url = "https://survey.example.org/news/17-awards"
    assert read(reader, "Women in Metals Awards", url=url).events == ()


@pytest.mark.parametrize(
    ("lines", "days"),
    [
        ("<p>28 May 2031, Guildhall, London</p>", ("2031-05-28", None)),
        ("<p class=date>Saturday 14 June 2031, 10am to 4pm</p>", ("2031-06-14", None)),
        (
            "<dl><dt>Date</dt><dd>29 to 30 April 2031</dd><dt>Venue</dt><dd>Room 2</dd></dl>",
            ("2031-04-29", "2031-04-30"),
        ),
        (
            "<p>Published on 2 March 2031</p><p>28 May 2031, Guildhall, London</p>",
            ("2031-05-28", None),
        ),
    ],
)
def test_its_day_stands_below_the_title(
    reader: PageReader, lines: str, days: tuple[str, str | None]
) -> None:
    page = read(reader, "Women in Metals Awards", lines)
    assert page.kind == "event"
    assert (page.events[0].start, page.events[0].end) == days
    assert "2031" in page.text.split(TEXT[:20])[0]


def test_the_year_of_a_day_is_that_of_the_day_to_come_that_lists_state(reader: PageReader) -> None:
    page = read(reader, "Women in Metals Awards", "<p>28 May, Guildhall</p>", ahead="2031-05-28")
    assert page.events[0].start == "2031-05-28"
    other = read(reader, "Women in Metals Awards", "<p>28 May, Guildhall</p>", ahead="2031-06-01")
    assert other.events[0].start != "2031-05-28"


def test_the_day_of_publication_stays_out_of_the_text(reader: PageReader) -> None:
    page = read(reader, "Women in Metals Awards", "<p class=date>Published on 2 March 2031</p>")
    assert page.published == "2031-03-02"
    assert page.text.startswith(TEXT[:20])
