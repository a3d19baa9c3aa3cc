"""Comments on pages that don't mark them are no part of the text."""

from __future__ import annotations

import pytest

from crawler.parsers.page import PageReader
from crawler.parsers.raw_page import RawPage
from tests.page_reader import packaged_reader

TITLE = "Tin mine of Morococala to get a second shaft"
PARAGRAPHS = (
    "The owner of the mine in the north will sink a second shaft, which the miners had asked for.",
    "Work begins after the rains, and a railway shall carry the ore to the smelter in the valley.",
)
REPLY = "My uncle has worked in that mine for twenty years and would not go down there any more."
DAY = "4 March 2031, 18:40"


@pytest.fixture(scope="module")
def reader() -> PageReader:
    return packaged_reader()


def read(reader: PageReader, lead: str, below: str, lang: str = "en") -> str:
    text = "<br><br>".join(PARAGRAPHS)
    html = (
        f"<html lang={lang}><head><title>{TITLE}</title></head><body><table><tr><td><b>{TITLE}</b>"
        f"</td></tr>{lead}<tr><td>{text}</td></tr></table>{below}</body></html>"
    )
    page = reader.read(RawPage(html=html, url="https://mines.example.org/news.php?id=4"))
    return page.text


def thread(heading: str, entry: str) -> str:
    return f"<table><tr><td>{heading}</td></tr></table><table><tr><td>{entry}</td></tr></table>"


@pytest.mark.parametrize(
    ("lang", "heading"),
    [
        ("en", "Comments: 2"),
        ("en", "2 comments"),
        ("ru", "Комментариев: 2"),
        ("ru", f"{TITLE} | Комментариев: 2"),
        ("pl", "Komentarze (2)"),
        ("kk", "Пікірлер: 2"),
        ("de", "2 Kommentare"),
    ],
)
def test_what_stands_below_the_number_of_comments_is_no_text(
    reader: PageReader, lang: str, heading: str
) -> None:
    assert REPLY in read(reader, "", thread("Remarks by readers", REPLY), lang)
    assert read(reader, "", thread(heading, REPLY), lang) == "\n\n".join(PARAGRAPHS)


def test_a_heading_without_a_number_needs_a_moment_below_it(reader: PageReader) -> None:
    dated = thread("Comments", f"miner77<br>{DAY}</td></tr><tr><td>{REPLY}")
    assert read(reader, "", dated) == "\n\n".join(PARAGRAPHS)
    assert REPLY in read(reader, "", thread("Comments", REPLY))


@pytest.mark.parametrize("label", ["2 comments", "Comments: 2"])
def test_a_number_of_comments_above_the_text_ends_nothing(reader: PageReader, label: str) -> None:
    lead = f"<tr><td>{REPLY}</td></tr><tr><td>{label}</td></tr>"
    assert all(each in read(reader, lead, "") for each in PARAGRAPHS)


@pytest.mark.parametrize("line", ["Comments of the minister", "What 2 comments say"])
def test_a_section_of_the_article_is_no_heading_of_comments(reader: PageReader, line: str) -> None:
    assert REPLY in read(reader, "", thread(line, REPLY))
