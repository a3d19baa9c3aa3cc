"""What the day of the request tells of a page."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.parsers.article import ArticleDraft, ArticleReader
from crawler.parsers.html import HtmlDocument
from crawler.parsers.page import PageReader
from crawler.parsers.raw_page import RawPage
from tests.page_reader import packaged_reader

TEXT = "<p>The chamber invites all members to a tour of the old tin mine above the town.</p>" * 4
STATED = '{"@type": "NewsArticle", "datePublished": "2031-04-16"}'
MARKED = f'<script type="application/ld+json">{STATED}</script>'


def read(day: str, head: str = "", fetched: date | None = None) -> ArticleDraft:
    articles: ArticleReader = packaged_reader().articles
    menu = "".join(f"<li><a href=/{n}>{n}</a></li>" for n in ("about", "members", "projects"))
    html = (
        f"<html><head><title>Mine tour</title>{head}</head><body><ul>{menu}</ul>"
        f"<main><h1>Mine tour</h1><span class=date>{day}</span>{TEXT}</main></body></html>"
    )
    return articles.read(HtmlDocument(html), "https://example.org/a/9", fetched=fetched)


@pytest.mark.parametrize(
    ("fetched", "published", "kind"),
    [
        (None, "2031-04-16", "article"),
        (date(2031, 5, 2), "2031-04-16", "article"),
        (date(2031, 4, 16), "2031-04-16", "article"),
        # it is the next day already where the site is
        (date(2031, 4, 15), "2031-04-16", "article"),
        (date(2031, 4, 14), None, "event"),
        (date(2031, 3, 12), None, "event"),
    ],
)
def test_a_day_later_than_the_request_is_that_of_an_event(
    fetched: date | None, published: str | None, kind: str
) -> None:
    draft = read("16 April 2031", fetched=fetched)
    assert (draft.published, draft.kind) == (published, kind)


def test_what_a_page_states_for_programs_is_believed() -> None:
    draft = read("", MARKED, date(2031, 3, 12))
    assert (draft.published, draft.kind) == ("2031-04-16", "article")


def test_a_page_takes_the_day_of_its_request_along() -> None:
    reader: PageReader = packaged_reader()
    html = f"<title>Mine tour</title><h1>Mine tour</h1><span class=date>16 April 2031</span>{TEXT}"
    page = reader.read(RawPage(html=html, fetched=date(2031, 3, 12)))
    assert page.published is None
    assert reader.read(RawPage(html=html)).published == "2031-04-16"
