"""Headlines of other pages with the beginnings of their texts, below a label that says what they
are: `Most read`, `Lesen Sie auch`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from itertools import takewhile

import lxml.html

from crawler.parsers.article.blocks import HEADINGS, LONG, TextBlock, words_of
from crawler.parsers.article.body import Body
from crawler.parsers.article.entries import ABOVE, LONGEST_TEASER, is_headline
from crawler.parsers.article.page_words import PageWords

FEWEST = 2
"""Of one list; one may be a text that belongs to the article."""
LONGEST_LABEL = 70
"""Characters."""
FEWEST_OF_HEADLINE = 3
"""Words."""
_PARTS = frozenset("–—:|-")
"""What parts a headline from the beginning in one line with it."""


def _itself(element: lxml.html.HtmlElement) -> lxml.html.HtmlElement:
    return element


def without_other_beginnings(
    body: Body,
    heading: lxml.html.HtmlElement | None,
    words: PageWords,
    shown: Sequence[TextBlock] = (),
    original: Callable[[lxml.html.HtmlElement], lxml.html.HtmlElement] = _itself,
) -> Body:
    """The body without what stands between such a label and its end, or the headline of the page,
    where all paragraphs are beginnings of other pages.

    `shown`: the blocks of the page, labels that recur on its site too, where the body is without;
    `original`: the element there for one of the body.
    """
    blocks = shown or body.blocks
    labels = [i for i, block in enumerate(blocks) if _is_label(block, words)]
    if not labels or not body.chosen:
        return body
    places = {block.element: i for i, block in reversed(list(enumerate(blocks)))}
    headline = original(heading) if heading is not None else None
    own = places.get(headline, -1) if headline is not None else -1
    kept = [(i, places.get(original(body.blocks[i].element), -1)) for i in body.chosen]
    for label in labels:
        end = own if label < own else len(blocks)
        inside = [place for _, place in kept if label < place < end]
        long = [i for i in inside if len(blocks[i].words) >= LONG]
        is_whole = len(long) >= FEWEST or all(
            _opens_with_headline(blocks[i]) and _is_beside(blocks[i], blocks[label]) for i in inside
        )
        if is_whole and long and all(_begins_another(blocks, i, words) for i in long):
            kept = [(i, place) for i, place in kept if place not in inside]
    chosen = tuple(i for i, _ in kept)
    return dataclasses.replace(body, chosen=chosen) if chosen else body


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
    if is_headline(block.lines[0]) or _opens_with_headline(block):
        return True
    if any(map(is_headline, between)):
        return True
    links = block.element.findall(".//a")
    last = " ".join(links[-1].itertext()).strip(" .…»›>") if links else ""
    return bool(last) and words.start("related", last) == last and _is_heading(before[-1:])


def _opens_with_headline(block: TextBlock) -> bool:
    """A paragraph of a linked headline and, behind a dash or a colon, a beginning: `<p><a>Ore is
    found near Leeds</a> – The survey has …</p>`.
    """
    link = next(iter(block.element), None)
    if link is None or link.tag != "a" or (block.element.text or "").strip():
        return False
    behind = (link.tail or "").lstrip()
    return behind[:1] in _PARTS and len(words_of(link.text_content())) >= FEWEST_OF_HEADLINE


def _is_beside(block: TextBlock, label: TextBlock) -> bool:
    return block.element.getparent() is label.element.getparent()


def _is_heading(before: Sequence[TextBlock]) -> bool:
    return any(block.tag in HEADINGS for block in before)
