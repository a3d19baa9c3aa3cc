"""What readers write below an article where nothing marks it: old portals have tables only."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Sequence
from itertools import islice

import lxml.html

from crawler.parsers.article.blocks import LONG, TextBlock
from crawler.parsers.article.body import Body
from crawler.parsers.article.page_words import PageWords
from crawler.parsers.article.printed_dates import has_date

FEWEST_PARAGRAPHS = 2
"""Of the article above them: the number of comments may stand below its lead, too."""
MOST_OF_HEADING = 6
"""Words of a heading of comments, besides the title of the page."""
NEAR = 8
"""Lines below a heading without a number, of which one says when somebody wrote."""
_TIME = re.compile(r"(?<!\d)\d{1,2}:\d\d(?!\d)")
_LETTER = re.compile(r"[^\W\d_]")
_SEVERAL = re.compile(r"[1-9]")


def without_comments(
    body: Body,
    shown: Sequence[TextBlock],
    original: Callable[[lxml.html.HtmlElement], lxml.html.HtmlElement],
    title: str | None,
    words: PageWords,
) -> Body:
    """The body without what is chosen behind a line that heads comments: how many there are, or
    their name alone above lines with day and time.

    `shown`: all blocks of the page, for such a line recurs on the pages of a site; `original`: the
    element there of one of the body.
    """
    places: dict[lxml.html.HtmlElement, int] = {}
    for number, block in enumerate(shown):
        places.setdefault(block.element, number)
    told = [places.get(original(body.blocks[i].element)) for i in body.chosen]
    paragraphs = sorted(
        place
        for i, place in zip(body.chosen, told, strict=True)
        if place is not None and len(body.blocks[i].words) >= LONG
    )
    if len(paragraphs) < FEWEST_PARAGRAPHS:
        return body
    first = paragraphs[FEWEST_PARAGRAPHS - 1]
    end = _heading(shown, range(first + 1, max(p or 0 for p in told) + 1), title or "", words)
    if end is None:
        return body
    kept = (i for i, place in zip(body.chosen, told, strict=True) if place is None or place < end)
    return dataclasses.replace(body, chosen=tuple(kept))


def _heading(
    shown: Sequence[TextBlock], numbers: range, title: str, words: PageWords
) -> int | None:
    """The number of the first block that heads comments."""
    for number in numbers:
        block = shown[number]
        if block.link_share > 0.5 or "\n" in block.text:
            continue
        label = block.text.replace(title, "") if title else block.text
        if len(label.split()) > MOST_OF_HEADING:
            continue
        found = words.find("comments", label)
        rest = f"{label[: found.start()]} {label[found.end() :]}" if found else label
        if found is None or _LETTER.search(rest):
            continue
        behind = (line for b in shown[number + 1 : number + 1 + NEAR] for line in b.lines)
        if _SEVERAL.search(rest) or any(map(_says_when, islice(behind, NEAR))):
            return number
    return None


def _says_when(line: TextBlock) -> bool:
    return len(line.words) < LONG and bool(_TIME.search(line.text)) and has_date(line.text)
