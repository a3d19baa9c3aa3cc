"""Days of events that only the lists of their site state."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.parsers.page import PageReader
from crawler.parsers.raw_page import RawPage
from indexer.records.document import Page
from indexer.records.stated import Stated
from tests.page_reader import packaged_reader

TITLE = "Scrap Summit"
TEXT = "Dealers and mills meet for a day on the new rules of export, and all members are welcome."


@pytest.fixture(scope="module")
def reader() -> PageReader:
    return packaged_reader()


def read(reader: PageReader, line: str = "", title: str = TITLE, section: str = "events") -> Page:
    html = (
        f"<html lang=en><head><title>{title} | Metals</title></head><body><h1>{title}</h1>{line}"
        f"<p>{TEXT}</p></body></html>"
    )
    stated = Stated(title=title, ahead="2031-05-28")
    url = f"https://metals.example.org/{section}/17-summit"
    return reader.read(RawPage(html=html, url=url, stated=stated, fetched=date(2031, 3, 12)))


def test_an_event_without_a_day_of_its_own_has_the_one_that_lists_state(reader: PageReader) -> None:
    page = read(reader)
    assert (page.kind, page.events[0].start) == ("event", "2031-05-28")
    (mention,) = [m for m in page.mentions if m.field == "events[0].start"]
    assert (mention.part, mention.extractor) == ("markup", "listed")
    assert page.part("markup")[mention.start : mention.end] == "2031-05-28"


def test_the_year_in_its_name_is_made_whole(reader: PageReader) -> None:
    page = read(reader, title="Scrap Summit 2031")
    assert page.events[0].start == "2031-05-28"
    assert len([m for m in page.mentions if m.field == "events[0].start"]) == 1
    assert read(reader, title="Scrap Summit 2030").events[0].start != "2031-05-28"


def test_a_day_that_the_page_prints_is_believed_rather(reader: PageReader) -> None:
    assert read(reader, "<p>4 June 2031, Hull</p>").events[0].start == "2031-06-04"


def test_pages_of_other_kinds_have_none(reader: PageReader) -> None:
    page = read(reader, section="news")
    assert page.kind == "article"
    assert "2031-05-28" not in page.part("markup")
    assert all(event.start != "2031-05-28" for event in page.events)
