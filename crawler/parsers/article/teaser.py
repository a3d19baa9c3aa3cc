"""The teaser of an article: subtitle, lead or standfirst, shown apart from the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

import lxml.html

from crawler.parsers.article.blocks import HEADINGS, TextBlock, words_of
from crawler.parsers.article.body import Body, signature
from crawler.parsers.article.boilerplate_lines import BoilerplateLines
from crawler.parsers.article.title import Titles

MIN_WORDS, MAX_WORDS = 4, 120
MOST_BEFORE_TEXT = 60
"""Blocks between title and text; where there are more, they are no part of the article's head."""

# Names that sites give the element, English and German ones and the transliterated Russian "anons".
_NAMED = re.compile(
    r"""(?:^|[\s_-])(?:
        sub-?title|sub-?head(?:line|ing)?|sub-?headline|teaser(?:text)?|lead|lead-?text|leadtext|lede|
        intro|intro-?text|introtext|introduction|standfirst|strapline|dek|deck|excerpt|summary|abstract|
        vorspann|anreisser|untertitel|unterzeile|anons|chapeau|description|descr|bajada
    )(?=$|[\s_-])""",
    re.IGNORECASE | re.VERBOSE,
)


def read_teaser(
    body: Body,
    titles: Titles,
    description: str | None,
    lines: BoilerplateLines,
    told: AbstractSet[lxml.html.HtmlElement] = frozenset(),
) -> str | None:
    """The teaser's text if the page shows one between title and text, else None.

    The description of the meta tags counts only where the page shows the same words in a block that
    is made unlike the paragraphs: a first paragraph stays text. `told`: elements with the day and
    place of an event; they are text, but a teaser may stand behind them.
    """
    start = heading_index(body, titles)
    # The heading may have been taken for a part of the text.
    text = [i for i in body.chosen if body.blocks[i].element not in told]
    first = next((i for i in text if i >= start), len(body.blocks))
    usual = _usual_signature(body, text)
    known = [words_of(t) for t in (titles.title or "", *titles.alternatives)]
    for index in range(start, min(first + 2, len(body.blocks), start + MOST_BEFORE_TEXT)):
        block = body.blocks[index]
        if block.element in told or block.words in known or lines.is_head_label(block):
            continue
        if not MIN_WORDS <= len(block.words) <= MAX_WORDS or block.link_share > 0.5:
            continue
        behind = next((body.blocks[i] for i in text if i > index), None)
        made_alike = signature(block) == usual or _are_alike(block, behind)
        if _is_teaser(block, body, description, made_alike=made_alike):
            return block.text.replace("\n", " ")
        if index >= first:
            break
    return None


def heading_index(body: Body, titles: Titles) -> int:
    """Index of the block behind the title's heading; a few blocks before the text where none shows
    it.
    """
    own = words_of(titles.title or "")
    for index, block in enumerate(body.blocks[: body.first + 3]):
        if titles.heading is not None and _is_within(block.element, titles.heading):
            return index + 1
        if own and block.words == own and block.tag in HEADINGS:
            return index + 1
    return max(0, body.first - 3)


def _is_teaser(block: TextBlock, body: Body, description: str | None, *, made_alike: bool) -> bool:
    """`made_alike`: the block is made like the paragraphs of the text."""
    if _is_named(block):
        return True
    if block.tag in HEADINGS and block.tag != "h1":
        tags = [body.blocks[i].tag for i in body.chosen if body.blocks[i] is not block]
        return block.tag not in tags
    return not made_alike and _says(description, block)


def _are_alike(block: TextBlock, behind: TextBlock | None) -> bool:
    """Whether a block is made like the one behind it, in one element with it: where most of the
    text is lists, or sections in elements of their own, first paragraphs are made unlike it.
    """
    return (
        behind is not None
        and signature(block) == signature(behind)
        and block.element.getparent() is behind.element.getparent()
    )


def _is_named(block: TextBlock) -> bool:
    """Its own element or one that holds nothing else is named or marked as a teaser."""
    element: lxml.html.HtmlElement | None = block.element
    for _ in range(3):
        if element is None or element.tag in ("body", "article", "main"):
            return False
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        if _NAMED.search(names) or element.get("itemprop") in (
            "description",
            "alternativeHeadline",
        ):
            return True
        parent = element.getparent()
        if parent is None or len(words_of(parent.text_content())) > 1.2 * len(block.words):
            return False
        element = parent
    return False


def _says(description: str | None, block: TextBlock) -> bool:
    """The meta description has the words of the block, possibly cut off at the end."""
    said = words_of(description or "")
    if len(said) < 6:
        return False
    return block.words[: len(said) - 1] == said[:-1] or said[: len(block.words)] == block.words


def _usual_signature(body: Body, text: Sequence[int]) -> tuple[str, ...] | None:
    counted = Counter(signature(body.blocks[i]) for i in text)
    return counted.most_common(1)[0][0] if counted else None


def _is_within(element: lxml.html.HtmlElement, other: lxml.html.HtmlElement) -> bool:
    return element is other or any(a is other for a in element.iterancestors())
