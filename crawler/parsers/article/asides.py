"""Boxes of a page that hold nothing of its own, as the profile of its site knows them by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet

import lxml.html

from crawler.parsers.article.blocks import LONG, TextBlock
from crawler.profiles.places import NEAR, Places, box_of


def find_asides(
    blocks: Sequence[TextBlock],
    names: AbstractSet[str],
    places: Places,
    recurs: Callable[[TextBlock, str], bool],
) -> frozenset[lxml.html.HtmlElement]:
    """Elements of the boxes with these names that stand behind a paragraph of the page's own, as
    those did that taught it. None where they hold most of the page: that is of another template.

    `recurs`: whether a line at a place is known from other pages.
    """
    if not names:
        return frozenset()
    seen: set[lxml.html.HtmlElement] = set()
    found: set[lxml.html.HtmlElement] = set()
    texts: set[lxml.html.HtmlElement] = set()
    inside = outside = 0
    for block in blocks:
        around = (block.element, *block.element.iterancestors())
        for element in around:
            if element not in seen:
                seen.add(element)
                if element.getparent() in texts and box_of(element, places) in names:
                    found.add(element)
        if not found.isdisjoint(around):
            inside += len(block.words)
            continue
        outside += len(block.words)
        if _tells(block, places.of(block.element), recurs):
            texts.update(around[: NEAR + 1])
    return frozenset(found) if inside <= outside else frozenset()


def _tells(block: TextBlock, place: str, recurs: Callable[[TextBlock, str], bool]) -> bool:
    return len(block.words) >= LONG and any(
        len(line.words) >= LONG and line.link_share <= 0.5 and not recurs(line, place)
        for line in block.lines
    )
