from __future__ import annotations

from collections.abc import Iterator

import lxml.html
import pytest

from crawler.parsers.article.authorship.author_rows import AuthorRows
from crawler.parsers.article.authorship.names import AuthorNames
from crawler.parsers.article.authorship.strings import AuthorString, Evidence
from crawler.parsers.html import HtmlDocument
from tests.page_reader import packaged_words

BOTH = ("Jane Roe", "John Sample")


@pytest.fixture(scope="module")
def rows() -> AuthorRows:
    words = packaged_words()
    return AuthorRows(words, AuthorNames(words))


def read(rows: AuthorRows, html: str, evidence: Evidence = "named") -> set[tuple[str, ...]]:
    """The rows of a box for authors."""
    box = HtmlDocument(f"<html><body><div>{html}</div></body></html>").tree.find(".//div")
    assert box is not None
    strings = [
        AuthorString(
            text.strip(), evidence, "head", box if evidence == "named" else element, element
        )
        for text, element in texts(box)
        if text.strip()
    ]
    return set(rows.read(strings).values())


def texts(element: lxml.html.HtmlElement) -> Iterator[tuple[str, lxml.html.HtmlElement]]:
    """The strings in an element, each with the one that it stands in, in the order of the page."""
    yield element.text or "", element
    for child in element:
        yield from texts(child)
        yield child.tail or "", element


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<a>Jane Roe</a>, <a>John Sample</a>", {BOTH}),
        ("<a>Jane Roe</a> and <a>John Sample</a>", {BOTH}),
        ("<ul><li>Dr. Jane Roe</li><li>John Sample</li></ul>", {BOTH}),
        (
            "<div><a>Jane Roe</a><p>Adviser</p></div><div><a>John Sample</a><p>Geologist</p></div>",
            {BOTH},
        ),
        ("<a>Jane Roe</a>, <a>John Sample</a> und <a>Eva Muster</a>", {(*BOTH, "Eva Muster")}),
        ("<a>Jane Roe</a>, reviewed by <a>John Sample</a>", set()),
        ("<div>Jane Roe</div><div><i>Reviewed by</i><a>John Sample</a></div>", set()),
        (
            "<div><i>Text</i><a>Jane Roe</a></div><div><i>Photos</i><a>John Sample</a></div>",
            set(),
        ),
        ("<b>Jane Roe</b>, <a>John Sample</a>", set()),
        ("<a>Jane Roe</a>, <a>Mining Desk 24</a>", set()),
        ("<a>Jane Roe</a>", set()),
        (", ".join(f"<a>Jane Roe{'abcdefghijklmn'[n]}</a>" for n in range(14)), set()),
    ],
)
def test_persons_side_by_side(rows: AuthorRows, html: str, found: set[tuple[str, ...]]) -> None:
    assert read(rows, html) == found


def test_links_to_persons_without_a_box_need_what_joins_them(rows: AuthorRows) -> None:
    assert read(rows, "<a>Jane Roe</a> and <a>John Sample</a>", "marked") == {BOTH}
    assert read(rows, "<a>Jane Roe</a><a>John Sample</a>", "marked") == set()
    assert read(rows, "<p><a>Jane Roe</a></p><p><a>John Sample</a></p>", "marked") == set()
