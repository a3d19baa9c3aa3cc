"""Headlines of other pages with the beginnings of their texts, below a label that says what they
are: `Most read`, `Lesen Sie auch`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from itertools import takewhile

import lxml.html

from crawler.parsers.article.blocks import HEADINGS, LONG, TextBlock
from crawler.parsers.article.body import Body
from crawler.parsers.article.entries import ABOVE, LONGEST_TEASER, is_headline
from crawler.parsers.article.page_words import PageWords

FEWEST = 2
"""Of one list; one may be a text that belongs to the article."""
LONGEST_LABEL = 70
"""Characters."""


def without_other_beginnings(
    body: Body, heading: lxml.html.HtmlElement | None, words: PageWords
) -> Body:
    """The body without what stands between such a label and its end, or the headline of the page,
    where all paragraphs are beginnings of other pages.
    """
    labels = [i for i, block in enumerate(body.blocks) if _is_label(block, words)]
    if not labels or not body.chosen:
        return body
    own = next((i for i, b in enumerate(body.blocks) if b.element is heading), -1)
    kept = body.chosen
    for label in labels:
        end = own if label < own else len(body.blocks)
        inside = [i for i in kept if label < i < end]
        long = [i for i in inside if len(body.blocks[i].words) >= LONG]
        if len(long) >= FEWEST and all(_begins_another(body.blocks, i, words) for i in long):
            kept = tuple(i for i in kept if i not in inside)
    return dataclasses.replace(body, chosen=kept) if kept and kept != body.chosen else body


def _is_label(block: TextBlock, words: PageWords) -> bool:
    said = block.text.rstrip(" :.…»")
    return bool(said) and len(said) <= LONGEST_LABEL and words.start("related", said) == said


def _begins_another(blocks: Sequence[TextBlock], index: int, words: PageWords) -> bool:
    """Whether a paragraph stands below a linked headline, begins with one, or stands below a
    heading and ends with a link that says "more".
    """
    block = blocks[index]
    if len(block.words) > LONGEST_TEASER:
        return False
    before = blocks[max(0, index - ABOVE) : index]
    between = takewhile(lambda b: len(b.words) < LONG, reversed(before))
    if is_headline(block.lines[0]) or any(map(is_headline, between)):
        return True
    links = block.element.findall(".//a")
    last = " ".join(links[-1].itertext()).strip(" .…»›>") if links else ""
    return bool(last) and words.start("related", last) == last and _is_heading(before[-1:])


def _is_heading(before: Sequence[TextBlock]) -> bool:
    return any(block.tag in HEADINGS for block in before)
