from __future__ import annotations

import pytest

from crawler.parsers.article.publication.lone_days import LoneDays
from crawler.parsers.article.publication.stated_marks import MOST_IN_SCRIPTS, stated_marks
from crawler.parsers.html import HtmlDocument
from crawler.parsers.markup import read_markup
from tests.page_reader import packaged_dates

CREATED = 'property="dc:date dc:created" content="2024-03-12T11:02:00+01:00"'
LD = '<script type="application/ld+json">{}</script>'


def stated(head: str) -> list[tuple[str, str, str]]:
    document = HtmlDocument(f"<html><head>{head}</head><body><p>Text</p></body></html>")
    days = LoneDays(packaged_dates(), "en", day_first=True)
    marks = stated_marks(read_markup(document, None), document.elements, days.parse)
    return [(mark.source, mark.day, mark.path) for mark in marks]


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (
            LD.format('{"@type": "NewsArticle", "datePublished": "2024-03-12T10:00:00Z"}'),
            ("json-ld.article.published", "2024-03-12", "NewsArticle.datePublished"),
        ),
        (
            LD.format('{"@type": "VideoObject", "uploadDate": "2024-03-11"}'),
            ("json-ld.other.upload", "2024-03-11", "VideoObject.uploadDate"),
        ),
        (
            LD.format('{"@type": "WebPage", "dateModified": "2024-03-14"}'),
            ("json-ld.page.modified", "2024-03-14", "WebPage.dateModified"),
        ),
        (
            '<meta name="published-date" content="2024-03-12">',
            ("meta.published", "2024-03-12", "meta.published-date"),
        ),
        (
            '<meta name="Published" content="March 12, 2024">',
            ("meta.published", "2024-03-12", "meta.published"),
        ),
        (
            '<meta property="article:published_time" content="2024-03-12">',
            ("meta.published", "2024-03-12", "meta.article:published_time"),
        ),
        (
            '<meta name="DC.date" content="12 March 2024">',
            ("meta.plain", "2024-03-12", "meta.dc.date"),
        ),
        (
            '<meta property="og:updated_time" content="2024-03-14">',
            ("meta.modified", "2024-03-14", "meta.og:updated_time"),
        ),
        (
            '<script>var page = {"publishDate": "2024-03-12T08:00:00+01:00"};</script>',
            ("script.published", "2024-03-12", "script.publishDate"),
        ),
        (
            "<script>state = {updated_at: '2024-03-14'}</script>",
            ("script.modified", "2024-03-14", "script.updated_at"),
        ),
    ],
)
def test_what_states_a_day(head: str, found: tuple[str, str, str]) -> None:
    assert stated(head) == [found]


def test_data_of_a_script_is_looked_at_to_a_limit() -> None:
    entries = ",".join(f'{{"published": "2024-03-{day:02d}"}}' for day in range(1, 29))
    assert len(stated(f"<script>x = [{entries}]</script>")) == MOST_IN_SCRIPTS


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="date" content="soon">',
        LD.format('{"@type": "Event", "startDate": "2024-03-12"}'),
        "<script>var clock = '2024-03-12';</script>",
    ],
)
def test_what_states_none(head: str) -> None:
    assert stated(head) == []


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (
            f"<b {CREATED}>12 March</b><p property='dc:date' content='2024-03-14'></p>",
            [("meta.plain", "2024-03-12", "rdfa.dc:date")],
        ),
        (
            '<span property="schema:dateCreated" content="2024-03-12T10:00:00+00:00"></span>',
            [("meta.plain", "2024-03-12", "rdfa.schema:dateCreated")],
        ),
        (
            '<div class="comment"><b property="dc:date dc:created" content="2024-03-12"></b></div>',
            [],
        ),
        (
            '<main class="no-comments"><b property="dc:date" content="2024-03-12"></b></main>',
            [("meta.plain", "2024-03-12", "rdfa.dc:date")],
        ),
        ('<span property="dc:title" content="2024-03-12"></span>', []),
        ('<span property="dc:date" content="last year"></span>', []),
    ],
)
def test_the_day_in_rdfa_is_that_of_the_page(body: str, found: list[tuple[str, str, str]]) -> None:
    assert stated(f"</head><body>{body}") == found
