"""What stands in one element with the text of an article is part of it: short lines, lists, an
answer to a question, a last sentence.

Extractors judge block by block, and find little in short notices; who makes a page puts its text
into one element.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

import lxml.html

from crawler.parsers.article.blocks import HEADINGS, TextBlock
from crawler.parsers.article.boilerplate_lines import ends_as_sentence
from crawler.parsers.article.lists import PARTS, holder_of, list_around

MOST_LINKED = 0.3
"""Share of a line that is links, from which on it leads to other pages."""
MOST_OF_TEXT = 0.5
"""Of the words that were chosen, those that one element has to hold."""
LEAST = 8
"""Words of a block that the text begins with; shorter ones stand around a headline."""
FEWEST_WORDS, MOST = 3, 30
"""Words of a sentence; blocks that are looked at behind the last one."""

_CELLS = frozenset({"td", "th", "body"})
"""Elements that are never one paragraph among others."""
_POINTS = frozenset({"li", "h3", "h4", "h5", "h6"})
_PARAGRAPHS = frozenset({"p", "blockquote"})
"""With points, the tags of what may stand before a text; a table there is of facts."""
_ALWAYS = PARTS | _PARAGRAPHS | HEADINGS | {"pre"}
"""Tags of which a text has some; what is made otherwise has to be made like its paragraphs."""


def fill_holder(blocks: Sequence[TextBlock], chosen: Sequence[bool]) -> list[bool]:
    """With what stands directly in the element that holds most of the chosen blocks: among them;
    behind them, up to the last sentence; and points and sentences right before them. What leads
    elsewhere, or stands in a box of its own, ends it.
    """
    page = _Page(blocks)
    holder = page.main_holder(chosen)
    if holder is None or holder.tag == "body":
        return list(chosen)
    models = {_make(b.element) for b, yes in zip(blocks, chosen, strict=True) if yes}
    inside = [page.stands_in(i, holder, models) for i in range(len(blocks))]
    own = [i for i, yes in enumerate(chosen) if yes and inside[i]]
    own = [i for i in own if len(blocks[i].words) >= LEAST] or own  # no title above the text
    if not own:
        return list(chosen)  # all of them lead elsewhere
    end = _end(blocks, inside, own[-1])
    start = _start(blocks, inside, own[0])
    return [yes or (inside[i] and start <= i < end) for i, yes in enumerate(chosen)]


def _end(blocks: Sequence[TextBlock], inside: Sequence[bool], last: int) -> int:
    """Number behind the last sentence in one row with the last block."""
    behind = takewhile(lambda i: inside[i], range(last + 1, min(last + 1 + MOST, len(blocks))))
    return max((i for i in behind if ends_as_sentence(blocks[i], FEWEST_WORDS)), default=last) + 1


def _start(blocks: Sequence[TextBlock], inside: Sequence[bool], first: int) -> int:
    """Number of the first block in one row with the first of the text."""
    start = first
    for index in range(first - 1, -1, -1):
        block = blocks[index]
        if not inside[index] or not (block.tag in _POINTS or _is_paragraph(block)):
            break
        start = index
    return start


def _is_paragraph(block: TextBlock) -> bool:
    return block.tag in _PARAGRAPHS and ends_as_sentence(block, FEWEST_WORDS)


@dataclass(frozen=True)
class _Page:
    """The blocks of a page, and what holds them."""

    blocks: Sequence[TextBlock]

    def main_holder(self, chosen: Sequence[bool]) -> lxml.html.HtmlElement | None:
        """What directly holds most of the words that were chosen."""
        words: Counter[lxml.html.HtmlElement] = Counter()
        for index, block in enumerate(self.blocks):
            holder = self._holder(index) if chosen[index] else None
            if holder is not None:
                words[holder] += len(block.words)
        total = sum(len(b.words) for b, yes in zip(self.blocks, chosen, strict=True) if yes)
        best = max(words, key=lambda holder: words[holder], default=None)
        return best if best is not None and words[best] > MOST_OF_TEXT * total else None

    def stands_in(
        self, index: int, holder: lxml.html.HtmlElement, models: set[tuple[object, str]]
    ) -> bool:
        """The block stands directly in the element, or in one made like a chosen one there, and
        does not lead elsewhere.
        """
        block = self.blocks[index]
        if block.link_share >= MOST_LINKED:
            return False
        if block.tag not in _ALWAYS and _make(block.element) not in models:
            return False
        own = self._holder(index)
        if own is holder:
            return True
        return own is not None and _make(own) in models and holder_of(own) is holder

    def _holder(self, index: int) -> lxml.html.HtmlElement | None:
        element = self.blocks[index].element
        if element in self._holding or element.tag in _CELLS:
            return element
        at = list_around(element)
        above = at.getparent()
        return holder_of(above if above is not None and above.tag == "blockquote" else at)

    @cached_property
    def _holding(self) -> frozenset[lxml.html.HtmlElement]:
        """Elements that hold more than one block, and some of it directly."""
        own = Counter(block.element for block in self.blocks)
        inside = {parent for block in own for parent in block.iterancestors() if parent in own}
        return frozenset(inside.union(element for element, number in own.items() if number > 1))


def _make(element: lxml.html.HtmlElement) -> tuple[object, str]:
    return element.tag, element.get("class") or ""
