"""A part of the record that can't be read costs that part and nothing else."""

from __future__ import annotations

import json

import pytest

from crawler.parsers.article import body, content, draft
from crawler.parsers.article.authorship import reader as authors
from crawler.parsers.page import PageReader, RawPage
from crawler.parsers.reading_parts import LONGEST, ReadingParts
from crawler.profiles import SiteProfile
from crawler.profiles.article_places import PROVEN, ArticlePlaces, is_read_in_full
from indexer.records.document import Page
from indexer.records.errors import ParseError
from tests.page_reader import packaged_reader

PARAGRAPHS = (
    "The ministry in Berlin opened a consultation on lithium, and it asked all mines for figures.",
    "On 4 May 2031 the results will be discussed at a conference on raw materials in Leipzig.",
    "Questions are answered by Jane Roe, who heads the office, at +49 30 1234567 on working days.",
)
HTML = (
    '<html lang="en"><head><title>Lithium under review</title>'
    '<meta property="article:published_time" content="2031-04-02T10:00:00+00:00">'
    '<meta name="author" content="Jane Roe"></head><body><article><h1>Lithium under review</h1>'
    f"{''.join(f'<p>{p}</p>' for p in PARAGRAPHS)}</article></body></html>"
)


class Broken(Exception):
    """What a mistake in a reader may raise."""


def breaking(*args: object, **kwargs: object) -> object:
    raise Broken("a mistake")


@pytest.fixture(scope="module")
def reader() -> PageReader:
    return packaged_reader()


ARTICLE_PARTS = {
    "markup": (content, "read_markup"),
    "title": (content, "read_title"),
    "text": (content, "read_body"),
    "teaser": (content, "read_teaser"),
    "heading": (draft, "heading_index"),
    "byline": (draft, "read_byline"),
    "language": (draft, "detect_language"),
    "authors": (authors, "read_author_strings"),
    "contact": (draft, "read_contacts"),
    "frame of the text": (content, "trim"),
}


@pytest.mark.parametrize("part", ARTICLE_PARTS)
def test_a_failing_part_of_the_article_is_left_out(
    reader: PageReader, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    module, name = ARTICLE_PARTS[part]
    monkeypatch.setattr(module, name, breaking)
    page = reader.read(RawPage(html=HTML, url="https://example.org/news/1"))
    assert f"{part}: Broken: a mistake" in page.unread
    assert all(paragraph in page.text for paragraph in PARAGRAPHS)
    assert Page.from_json(json.loads(json.dumps(page.to_json()))) == page


INNER_PARTS = {
    "publication date": ("_forms.articles._publications", "read"),
    "date of change": ("_forms.articles._publications", "read_modified"),
    "kind": ("_forms.articles", "_judge"),
    "dates": ("_dates", "find_both"),
    "names": ("_entities", "find"),
    "contacts": ("_entities", "contacts"),
    "events": ("_events", "find"),
}


@pytest.mark.parametrize("part", INNER_PARTS)
def test_a_failing_part_of_the_record_is_left_out(
    reader: PageReader, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    path, name = INNER_PARTS[part]
    owner: object = reader
    for attribute in path.split("."):
        owner = getattr(owner, attribute)
    monkeypatch.setattr(type(owner), name, breaking, raising=False)
    if name == "_judge":
        monkeypatch.setattr(owner, name, breaking)
    undated = HTML.replace("article:published_time", "unknown")
    page = reader.read(RawPage(html=undated, url="https://example.org/news/1"))
    assert f"{part}: Broken: a mistake" in page.unread
    assert page.text == "\n\n".join(PARAGRAPHS)
    assert page.title == "Lithium under review"


def test_a_page_that_reads_well_says_nothing(reader: PageReader) -> None:
    page = reader.read(RawPage(html=HTML, url="https://example.org/news/1"))
    assert page.unread == ()
    assert "unread" not in page.to_json()
    assert page.published == "2031-04-02"


def test_where_no_block_can_be_found_the_rest_is_kept(
    reader: PageReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(body, "read_blocks", breaking)
    monkeypatch.setattr(body, "open_swallowers", breaking)
    page = reader.read(RawPage(html=HTML, url="https://example.org/news/1"))
    assert page.unread[:2] == ("text: Broken: a mistake", "blocks: Broken: a mistake")
    assert (page.title, page.published) == ("Lithium under review", "2031-04-02")


def test_where_reading_by_places_fails_the_page_is_read_in_full(
    reader: PageReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[bool] = []

    def fail(*args: object) -> object:
        tried.append(True)
        return breaking()

    places = ArticlePlaces("article", frozenset({"a"}), frozenset(), agreed=PROVEN)
    profile = SiteProfile(30, articles=places)
    url = next(u for n in range(9) if not is_read_in_full(u := f"https://example.org/news/{n}"))
    monkeypatch.setattr(content.ContentReader, "read_by_places", fail)
    page = reader.read(RawPage(html=HTML, url=url, profile=profile))
    assert tried
    assert page.text == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize("error", [ParseError("no", reason="empty"), MemoryError, RecursionError])
def test_what_concerns_the_page_is_raised(error: Exception) -> None:
    def fail() -> None:
        raise error

    with pytest.raises(type(error) if isinstance(error, Exception) else error):
        ReadingParts().read("text", fail, None)


def test_a_long_error_is_told_in_short() -> None:
    def fail() -> None:
        raise ValueError("x" * 1000)

    reading = ReadingParts()
    assert reading.read("title", fail, "none") == "none"
    assert [len(failure) for failure in reading.failures] == [LONGEST]
