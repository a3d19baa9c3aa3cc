"""Boxes that swallowed the page: a `nav` that was never closed, a "widget" that holds the article.

By its markup alone such a box is boilerplate, and the page would be read without its article. What
tells it from a menu is how much prose stands in it, compared with what is left outside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import lxml.etree
import lxml.html

from crawler.parsers.article.blocks import TextBlock, prose, read_blocks, read_shown_blocks
from crawler.parsers.article.boilerplate import find_boilerplate
from crawler.parsers.elements import Elements

_TIMES = 2
"""A swallower holds more than so many times the prose that stands outside of all boxes."""

_LEAST = 40
"""Words of prose; a box with less is a box."""

_DEPTH = 5
"""Swallowers inside one another that are opened."""

# May well be longer than a short article, and are never one.
_NO_ARTICLE = re.compile(
    r"comment|disqus|respond|cookie|consent|gdpr|onetrust|dialog|footer|related|recommend",
    re.IGNORECASE,
)


def open_swallowers(
    tree: lxml.html.HtmlElement,
    boilerplate: frozenset[lxml.html.HtmlElement],
    elements: Elements | None = None,
) -> tuple[frozenset[lxml.html.HtmlElement], list[TextBlock]]:
    """The boilerplate without boxes that hold the page, and the blocks outside of it."""
    elements = elements or Elements(tree)
    blocks = read_blocks(tree, boilerplate.__contains__, elements)
    for _ in range(_DEPTH):
        swallowers = frozenset(_swallowers(boilerplate, blocks, elements))
        if not swallowers:
            break
        boilerplate = boilerplate - swallowers | frozenset(_boilerplate_inside(swallowers))
        blocks = read_blocks(tree, boilerplate.__contains__, elements)
    return boilerplate, blocks


def _swallowers(
    boilerplate: Iterable[lxml.html.HtmlElement],
    outside: Sequence[TextBlock],
    elements: Elements,
) -> Iterable[lxml.html.HtmlElement]:
    least = max(_LEAST, _TIMES * prose(outside))
    for element in boilerplate:
        if _is_never_article(element) or len(element.text_content()) < 2 * least:
            continue  # so many words have as many letters and blanks between them
        if prose(read_shown_blocks(element, elements)) > least:
            yield element


def _is_never_article(element: lxml.html.HtmlElement) -> bool:
    names = (element.tag, element.get("class"), element.get("id"), element.get("role"))
    return any(_NO_ARTICLE.search(name) for name in names if name)


def _boilerplate_inside(
    swallowers: Iterable[lxml.html.HtmlElement],
) -> Iterable[lxml.html.HtmlElement]:
    for element in swallowers:
        for child in element.iterchildren(tag=lxml.etree.Element):
            yield from find_boilerplate(child)
