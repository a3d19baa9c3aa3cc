"""Events of pages without a day of publication, against the day of the request."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.parsers.raw_page import RawPage
from indexer.records.document import Page
from tests.page_reader import packaged_reader

TEXT = (
    "When: 28 May 2031, Leeds\n\n"
    "The Scrap Summit brings dealers and mills together. They speak of the new rules of export."
)


def read(text: str, fetched: date | None, published: str | None = None) -> Page:
    raw = RawPage(text=text, title="Scrap Summit", lang="en", published=published, fetched=fetched)
    return packaged_reader().read(raw)


@pytest.mark.parametrize(
    ("fetched", "role", "status"),
    [
        (date(2031, 3, 12), "upcoming", "scheduled"),
        (date(2031, 5, 28), "main", "held"),
        (date(2031, 6, 2), "main", "held"),
        (None, "main", "held"),
    ],
)
def test_what_is_later_than_the_request_is_to_come(
    fetched: date | None, role: str, status: str
) -> None:
    page = read(TEXT, fetched)
    assert (page.events[0].role, page.events[0].status) == (role, status)
    assert [m.value for m in page.mentions if m.field == "events[0].status"] == [status]


def test_a_cancelled_event_stays_cancelled() -> None:
    page = read(TEXT + " The Scrap Summit has been cancelled.", date(2031, 3, 12))
    assert page.events[0].status == "cancelled"


def test_a_page_with_a_day_is_read_by_that() -> None:
    assert read(TEXT, date(2031, 3, 12), "2031-06-02").events[0].status == "held"


def test_an_event_without_a_day_stays_as_it_was_read() -> None:
    text = TEXT.partition("\n\n")[2]
    (event,), (known,) = read(text, date(2031, 3, 12)).events, read(text, None).events
    assert event == known
