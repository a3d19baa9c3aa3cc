"""Lists and tables among paragraphs: what their items belong to."""

from __future__ import annotations

import lxml.html

from crawler.parsers.article.blocks import TextBlock

_LISTS = frozenset({"ul", "ol", "dl", "menu", "dir", "table"})
_WITH_PARAGRAPHS = frozenset({"li", "dd"})
_ROWS = frozenset({"li", "dt", "dd", "tr"})
_ITEMS = frozenset({"li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot"})


def outer_list(element: lxml.html.HtmlElement) -> lxml.html.HtmlElement | None:
    """The list or table that an item, a paragraph of one or a row is of: the outermost of nested
    ones, with the elements that hold nothing but it. None for what is no item.
    """
    found, at = None, element
    above = element.getparent()
    if above is not None and above.tag in _WITH_PARAGRAPHS:
        at = above
    while at.tag in _ITEMS or at.tag in _LISTS:
        if at.tag in _LISTS:
            found = at
        parent = at.getparent()
        if parent is None:
            break
        at = parent
    while found is not None and (parent := found.getparent()) is not None and _holds_only(parent):
        found = parent
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
