"""Advertisements amid an article, where nothing but their label marks them: `Anzeige`, and below it
a line that is another one the next day.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import lxml.html

from crawler.parsers.article.blocks import HEADINGS, TextBlock, words_of
from crawler.parsers.article.page_words import PageWords

MOST_OF_LABEL = 40
"""Characters of a label."""
MOST_OF_ADVERTISEMENT = 60
"""Words of a box, its label included: a whole page may be one, and is read."""
STEPS = 3
"""Elements around a line of text that may be its box."""

_EXPLAINS = (":", "–", "—", "-", ",")
"""Behind a word that is explained, or begins a sentence."""

Original = Callable[[lxml.html.HtmlElement], lxml.html.HtmlElement]
"""The element of the whole page for one of a part of it, in which the label is left out already."""


def advertised(
    blocks: Sequence[TextBlock], words: PageWords, original: Original
) -> frozenset[lxml.html.HtmlElement]:
    """The elements of those blocks that stand in boxes which begin with the label of an
    advertisement.
    """
    known: dict[lxml.html.HtmlElement, bool] = {}
    found = set()
    for block in blocks:
        box: lxml.html.HtmlElement | None = original(block.element)
        for _ in range(STEPS if len(block.words) <= MOST_OF_ADVERTISEMENT else 0):
            if box is None:
                break
            if box not in known:
                known[box] = _is_advertisement(box, words)
            if known[box]:
                found.add(block.element)
                break
            box = box.getparent()
    return frozenset(found)


def _is_advertisement(box: lxml.html.HtmlElement, words: PageWords) -> bool:
    """Whether a box begins with such a label, and holds little more."""
    texts = (text.strip() for text in box.itertext() if text.strip())
    line, behind = next(texts, ""), next(texts, "")
    if len(line) > MOST_OF_LABEL or behind.startswith(_EXPLAINS):
        return False
    label = words_of(line)
    if not label or words_of(words.start("advertisement", line)) != label:
        return False
    said = words_of(" ".join(box.itertext()))
    if not len(label) < len(said) <= MOST_OF_ADVERTISEMENT or box.find(".//h1") is not None:
        return False
    return all(words_of(heading.text or "") != label for heading in box.iter(*HEADINGS))
