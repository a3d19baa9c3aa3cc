"""Which list or table an item is of."""

from __future__ import annotations

import lxml.html
import pytest

from crawler.parsers.article.lists import list_around, outer_list


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<ul id=outer><li id=item>one</ul>", "outer"),
        ("<ul id=outer><li><p id=item>one</p><p>two</p></ul>", "outer"),
        ("<ul id=outer><li>one<ul><li id=item>two</ul></ul>", "outer"),
        ("<table id=outer><tbody><tr id=item><td>one</table>", "outer"),
        ("<div id=outer>\n<table><tr id=item><td>one</table>\n</div>", "outer"),
        ("<div><ul id=outer><li id=item>one</ul>behind</div>", "outer"),
        ("<div><h2>before</h2><dl id=outer><dd id=item>one</dl></div>", "outer"),
        ("<div><p id=item>one</p></div>", None),
        ("<div><li id=item>an item without a list</li><p>two</p></div>", None),
    ],
)
def test_the_outermost_list(markup: str, expected: str | None) -> None:
    tree = lxml.html.document_fromstring(f"<body><p>before</p>{markup}</body>")
    found = outer_list(tree.get_element_by_id("item"))  # type: ignore[attr-defined]
    assert (found.get("id") if found is not None else None) == expected


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<div><ul id=outer><li>one<ul><li><p id=item>two</p></ul></ul></div>", "outer"),
        ("<table id=outer><tbody><tr id=item><td>one</table>", "outer"),
        ("<table><tr><td><ul id=outer><li id=item>one</ul></td></table>", "outer"),
        ("<table><tr><td><p id=item>one</p></td></table>", "item"),
        ("<div><li id=item>an item without a list</li></div>", "item"),
    ],
)
def test_the_list_around_an_item_ends_at_a_cell(markup: str, expected: str) -> None:
    tree = lxml.html.document_fromstring(f"<body><p>before</p>{markup}</body>")
    assert list_around(tree.get_element_by_id("item")).get("id") == expected  # type: ignore[attr-defined]
