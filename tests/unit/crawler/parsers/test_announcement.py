"""Short pages among the news that announce one event."""

from __future__ import annotations

import pytest

from crawler.parsers.page import PageReader
from crawler.parsers.raw_page import RawPage
from tests.page_reader import packaged_reader

TITLE = "Public hearing on the tailings pond of Kessock"
TEXT = "The hearing will take place on 20 March 2031 at 15:00 in the town hall of Kessock."
MORE = " The pond was built thirty years ago and holds what the mill of the mine has left." * 6


@pytest.fixture(scope="module")
def reader() -> PageReader:
    return packaged_reader()


@pytest.mark.parametrize(
    ("title", "text", "published", "kind"),
    [
        (TITLE, TEXT, "2031-02-26", "event"),
        (TITLE, TEXT, "2031-04-26", "article"),
        (TITLE, TEXT.replace("on 20 March 2031", "soon"), "2031-02-26", "article"),
        ("News of the mine of Kessock", TEXT, "2031-02-26", "article"),
        (TITLE, TEXT + MORE, "2031-02-26", "article"),
        (
            "Notice: registration for public workshops",
            "The Public Workshop on Dust will take place on 20 March 2031 in Kessock.",
            "2031-02-26",
            "event",
        ),
    ],
)
def test_a_notice_of_an_event_to_come_is_a_page_of_it(
    reader: PageReader, title: str, text: str, published: str, kind: str
) -> None:
    page = reader.read(RawPage(text=text, title=title, lang="en", published=published))
    assert page.kind == kind
