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
        (f"{TITLE} on 20 March", TEXT + MORE, "2031-02-26", "event"),
        (f"{TITLE} on 20 March", TEXT + MORE, "2031-04-26", "article"),
        (f"{TITLE} on 20 March", TEXT + 2 * MORE, "2031-02-26", "article"),
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


@pytest.mark.parametrize(
    ("lang", "title", "text", "when_and_where"),
    [
        (
            "kk",
            "Алматыда геологтар съезі өтеді",
            "2031 жылғы 12 наурызда Алматыда геологтар съезі өтеді. Басталуы сағат 10:00-де.",
            ("2031-03-12", "Almaty"),
        ),
        (
            "uz",
            "Navoiyda tadbirkorlar uchun maslahat kuni",
            "2031-yil 14-may kuni Navoiy shahrida tadbirkorlar uchun maslahat kuni boʻlib oʻtadi.",
            ("2031-05-14", "Navoi"),
        ),
        (
            "tg",
            "Намоишгоҳи «Саноат — 2031» дар Хуҷанд баргузор мегардад",
            "Рӯзи 20 марти соли 2031 дар Хуҷанд намоишгоҳи «Саноат — 2031» баргузор мегардад.",
            ("2031-03-20", "Khujand"),
        ),
    ],
)
def test_notices_in_languages_that_put_endings_behind_words(
    reader: PageReader, lang: str, title: str, text: str, when_and_where: tuple[str, str]
) -> None:
    page = reader.read(RawPage(text=text, title=title, lang=lang, published="2031-02-26"))
    event = page.events[0]
    assert page.kind == "event"
    assert (event.start, event.place.city) == when_and_where
