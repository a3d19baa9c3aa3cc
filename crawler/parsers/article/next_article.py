"""The article that follows on the same page, where readers who scroll on are shown the next one."""

from __future__ import annotations

import dataclasses

import lxml.html

from crawler.parsers.article.blocks import LONG, TextBlock
from crawler.parsers.article.body import Body
from crawler.parsers.article.printed_dates import has_date

_WHOLLY = 0.9
"""Share of a headline that is a link to its own page."""


def without_next_article(body: Body, heading: lxml.html.HtmlElement | None) -> Body:
    """The body up to a second headline that is made like the first one, is a link and stands above
    the day of its own article, in a box of its own. `heading`: the element with the headline.

    Parts of one article have headings of a lower rank, without links or without days, or in the box
    of the headline.
    """
    if heading is None or not body.chosen:
        return body
    made = _make(heading)
    is_begun = False
    for index in range(body.first, body.end):
        block = body.blocks[index]
        element = block.element
        is_apart = element.getparent() is not heading.getparent()
        if is_begun and is_apart and _make(element) == made:
            following = body.blocks[index + 1 : index + 2]
            if block.link_share >= _WHOLLY and any(map(_is_day, following)):
                kept = tuple(i for i in body.chosen if i < index)
                return dataclasses.replace(body, chosen=kept)
        is_begun = is_begun or (index in body.chosen and len(block.words) >= LONG)
    return body


def _make(element: lxml.html.HtmlElement) -> tuple[object, str]:
    return element.tag, element.get("class") or ""


def _is_day(block: TextBlock) -> bool:
    return len(block.words) < LONG and has_date(block.text)
