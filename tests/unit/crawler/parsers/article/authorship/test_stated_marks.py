from __future__ import annotations

import json

import pytest

from crawler.parsers.article.authorship.names import AuthorNames
from crawler.parsers.article.authorship.stated_marks import MOST_NAMES, stated_marks
from crawler.parsers.html import HtmlDocument
from crawler.parsers.markup import read_markup
from tests.page_reader import packaged_words

JANE = {"@type": "Person", "name": "Jane Roe"}


def ld(*nodes: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@graph": nodes})}</script>'


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (ld({"@type": "NewsArticle", "author": "Jane"}), [("Jane", "json-ld.article.plain")]),
        (
            ld({"@type": "Article", "author": {"@type": "Organization", "name": "Ore and Slag"}}),
            [("Ore and Slag", "json-ld.article.body")],
        ),
        (
            ld({"@type": "WebPage", "author": {"@id": "#j"}}, JANE | {"@id": "#j"}),
            [("Jane Roe", "json-ld.page.person"), ("Jane Roe", "json-ld.person")],
        ),
        (
            '<meta name="author" content="Jane Roe; J. Doe">',
            [("Jane Roe", "meta.author"), ("J. Doe", "meta.author")],
        ),
        ('<meta property="article:author" content="Jane Roe">', [("Jane Roe", "meta.article")]),
        (
            (
                '<meta name="twitter:label1" content="Written by">'
                '<meta name="twitter:data1" content="Jane">'
            ),
            [("Jane", "meta.preview")],
        ),
        ('<script>{"author":{"id":7,"name":"Jane Roe"}}</script>', [("Jane Roe", "script")]),
        ('<script>s = {\\"authorName\\": \\"Jane Roe\\"}</script>', [("Jane Roe", "script")]),
        ('<script>{"name": "Jane Roe"}</script>', []),
    ],
)
def test_names_that_are_stated(head: str, found: list[tuple[str, str]]) -> None:
    words = packaged_words()
    document = HtmlDocument(f"<html><head>{head}</head><body><p>Ore</p></body></html>")
    marks = stated_marks(read_markup(document, None), document.elements, AuthorNames(words), words)
    assert [(mark.name, mark.source) for mark in marks] == found


def test_a_page_states_so_many_names_in_a_tag_and_no_more() -> None:
    words = packaged_words()
    head = "".join(f'<meta name="author" content="Jane Roe{"abc"[n % 3] * n}">' for n in range(300))
    document = HtmlDocument(f"<html><head>{head}</head><body><p>Ore</p></body></html>")
    marks = stated_marks(read_markup(document, None), document.elements, AuthorNames(words), words)
    assert len(list(marks)) == MOST_NAMES
