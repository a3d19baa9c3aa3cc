"""Lists and tables among paragraphs: what their items belong to."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

import lxml.html

from crawler.parsers.article.blocks import TextBlock

_LISTS = frozenset({"ul", "ol", "dl", "menu", "dir", "table"})
_WITH_PARAGRAPHS = frozenset({"li", "dd"})
_ROWS = frozenset({"li", "dt", "dd", "tr"})
PARTS = _ROWS | {"thead", "tbody", "tfoot"}
"""Elements that a list or table is made of, without cells."""
_ITEMS = PARTS | {"td", "th"}


def outer_list(element: lxml.html.HtmlElement) -> lxml.html.HtmlElement | None:
    """The list or table that an item, a paragraph of one or a row is of: the outermost of nested
    ones, with the elements that hold nothing but it. None for what is no item.
    """
    found = _outermost(element, _ITEMS)
    while found is not None and (parent := found.getparent()) is not None and _holds_only(parent):
        found = parent
    return found


def list_in(
    holder: lxml.html.HtmlElement | None, item: lxml.html.HtmlElement
) -> lxml.html.HtmlElement | None:
    """The list or table of an item that stands in `holder`, which may be a cell of a layout, alone
    or in elements that hold nothing but it; None for what is no item of one.
    """
    at = None if outer_list(item) is None else item
    while at is not None and at.getparent() is not holder:
        at = at.getparent()
    while at is not None and at.tag not in _LISTS and _holds_only(at):
        at = at[0]
    return at if at is not None and at.tag in _LISTS else None


def list_around(element: lxml.html.HtmlElement) -> lxml.html.HtmlElement:
    """The outermost list or table that the element is an item of, inside of a cell; or itself."""
    found = _outermost(element, PARTS)
    return element if found is None else found


def _outermost(
    element: lxml.html.HtmlElement, parts: AbstractSet[str]
) -> lxml.html.HtmlElement | None:
    """The list or table that holds an element by nothing but these parts, and other lists."""
    above = element.getparent()
    at = above if above is not None and above.tag in _WITH_PARAGRAPHS else element
    found = None
    while at is not None and (at.tag in parts or at.tag in _LISTS):
        found = at if at.tag in _LISTS else found
        at = at.getparent()
    return found


def nearest_list(block: TextBlock) -> lxml.html.HtmlElement | None:
    """The list or table of data that a block is an item or a row of; None of a cell in a layout."""
    if block.tag not in _ROWS:
        return None
    return next((e for e in block.element.iterancestors() if e.tag in _LISTS), None)


def holder_of(element: lxml.html.HtmlElement) -> lxml.html.HtmlElement | None:
    """What holds an element and others: page builders put each paragraph into boxes of its own."""
    parent = element.getparent()
    while parent is not None and _holds_only(parent):
        parent = parent.getparent()
    return parent


def _holds_only(element: lxml.html.HtmlElement) -> bool:
    """One element and no text."""
    return len(element) == 1 and not any(
        text and not text.isspace() for text in (element.text, element[0].tail)
    )
