"""Entries of an index page: linked headlines made alike, with a date or a teaser between them.

An article may well hold a list of links, or be followed by one; then its own text stands before or
behind them. On an index page nearly all text stands between the headlines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from crawler.parsers.article.blocks import CELLS, HEADINGS, SENTENCE_END, TextBlock, words_of
from crawler.parsers.article.page_words import PageWords
from indexer.records.urls import canonical, identity

FEWEST = 5
"""Headlines that make a list."""
FEWEST_OWN = 2
"""Where nothing is left of a page but what is its own."""
LINKED, ROW_LINKED = 0.7, 0.4
"""Share of a headline that is linked; of a row, which has a date and a place besides."""
HEADLINE = range(3, 30)
"""Words of a linked headline; menus have fewer."""
LONGEST_TEASER = 70
"""Words between two headlines; more are a section of a text."""
_FULL_STOP = re.compile(r"[.!?。؟।]['\"»“”’)\]]*\s*$")
"""At the end of a sentence; an ellipsis is that of a teaser."""
_CUT_SHORT = re.compile(r"(?:…|\.{3})[)\]]?\s*$")
ABOVE = 2
"""Blocks above the beginning of a text, its day and author between, among which its headline is."""
PARAGRAPH = 12
"""Words of a paragraph that counts as running text."""
OWN_TEXT, INTRODUCTION = 12, 45
"""Words of running text beside the entries that make a page no index page; the second number holds
where most entries have teasers, for the introduction may be long.
"""
MOST_OF_MORE = 4
"""Words of a link that says to read on, and nothing of what it leads to."""


def lists_entries(blocks: Sequence[TextBlock], *, stripped: bool = False) -> bool:
    """Whether the blocks of a page, boilerplate left out, are entries and hardly anything else.

    `stripped`: what recurs on other pages of the site is left out too. Then a few make a list, if
    no paragraph stands before them, and a headline may be the first line of its teaser.
    """
    headlines = _headlines(blocks, first_line=stripped)
    if len(headlines) < (FEWEST_OWN if stripped else FEWEST):
        return False
    if len(headlines) < FEWEST and _has_paragraph(blocks[: headlines[0]]):
        return False
    gaps = [blocks[i + 1 : j] for i, j in pairwise([*headlines, _end(blocks, headlines)])]
    if any(sum(len(b.words) for b in gap) > LONGEST_TEASER for gap in gaps):
        return False
    teasers = sum(any(len(b.words) >= PARAGRAPH // 2 for b in gap) for gap in gaps)
    own = _beside(blocks, headlines)
    return own < (INTRODUCTION if 2 * teasers >= len(gaps) else OWN_TEXT)


def holds_entries(blocks: Sequence[TextBlock]) -> bool:
    """Whether a page has a list of linked headlines, whatever else it says."""
    return len(_headlines(blocks)) >= FEWEST


def lists_teasers(blocks: Sequence[TextBlock], words: PageWords, url: str | None) -> bool:
    """Whether the blocks of a page are teasers of other pages, each with a link to read on in it or
    below it, and hardly anything else: in old systems their headlines are no links.

    Where an article is followed by teasers of others, more stands above the first link.
    """
    ends = {i: href for i, b in enumerate(blocks) if b.linked and (href := _more_of(b, words, url))}
    if len(set(ends.values())) < FEWEST_OWN:
        return False
    told = [_told(blocks[i + 1 : j + 1]) for i, j in pairwise([-1, *ends])]
    behind = [len(b.words) for b in blocks[max(ends) + 1 :] if _is_paragraph(b)]
    return (
        sum(behind) < INTRODUCTION
        and len(told[0]) <= max(map(len, told[1:]))
        and all(0 < sum(entry) <= LONGEST_TEASER for entry in told)
    )


def _told(entry: Sequence[TextBlock]) -> Sequence[int]:
    """Words of the paragraphs of a teaser: those that end as a sentence, where one does, for a
    headline may be as long; of what the link to read on stands in, if of nothing else: with a day,
    an author and so on that is a long line.
    """
    *above, end = entry
    long = [b for b in above if _is_paragraph(b)]
    found = [b for b in long if SENTENCE_END.search(b.text)] or long
    return [len(b.words) for b in found] or [len(end.words)] * _is_paragraph(end)


def _more_of(block: TextBlock, words: PageWords, url: str | None) -> str:
    """The address to which a link of the block says to read on; empty where none does."""
    for link in block.element.iter("a"):
        said, href = link.text_content().strip(), link.get("href") or ""
        phrase = words.start("related", said)
        is_all = phrase and len(words_of(said)) <= min(MOST_OF_MORE, len(words_of(phrase)) + 1)
        if is_all and _leads_elsewhere(href, url):
            return href
    return ""


def _is_paragraph(block: TextBlock) -> bool:
    return len(block.words) >= PARAGRAPH and block.link_share < 0.5


def quotes_another_page(
    content: Sequence[TextBlock],
    chosen: Sequence[TextBlock],
    titles: Sequence[str],
    url: str | None,
) -> bool:
    """Whether the only paragraph chosen is the beginning of another page's text: right behind a
    linked heading that is no title of this one, and with a link to the same address, which is not
    that of this one (a heading that leads to its own page, with a permalink below). A list of one
    entry is no article.
    """
    paragraphs = [b for b in chosen if len(b.words) >= PARAGRAPH]
    if len(paragraphs) != 1 or len(paragraphs[0].words) > LONGEST_TEASER:
        return False
    return any(
        teaser.text == paragraphs[0].text
        and heading.tag in HEADINGS
        and heading.link_share > LINKED
        and heading.text not in titles
        and any(
            _leads_elsewhere(href, url)
            for href in _hrefs(heading) & (_hrefs(teaser) | _hrefs(behind))
        )
        for heading, teaser, behind in zip(content, content[1:], (*content[2:], None), strict=False)
    )


def shows_beginnings(
    content: Sequence[TextBlock],
    chosen: Sequence[TextBlock],
    titles: Sequence[str],
    url: str | None,
) -> bool:
    """Whether all paragraphs chosen are cut short (`(…)`), each below a linked headline that is no
    title of this page and leads to another one: what an author or a theme has written of late.
    """
    paragraphs = [b.text for b in chosen if len(b.words) >= PARAGRAPH]
    if not paragraphs or not all(map(_CUT_SHORT.search, paragraphs)):
        return False
    places = {block.text: number for number, block in enumerate(content)}
    return all(
        any(
            is_headline(block)
            and block.text not in titles
            and any(_leads_elsewhere(href, url) for href in _hrefs(block))
            for block in content[max(0, places.get(text, 0) - ABOVE) : places.get(text, 0)]
        )
        for text in paragraphs
    )


def is_headline(block: TextBlock, linked: float = LINKED) -> bool:
    """Whether a block is the linked headline of another page; `linked`: share of it that is."""
    return block.link_share > linked and len(block.words) in HEADLINE


def _hrefs(block: TextBlock | None) -> AbstractSet[str]:
    return set() if block is None else set(block.element.xpath(".//a/@href"))


def _leads_elsewhere(href: str, url: str | None) -> bool:
    """Whether a link leads to another page than that of an address."""
    if not url:
        return not href.lstrip().startswith("#")
    own, address = canonical(url), canonical(href, url)
    if own is None or address is None:
        return address is not None
    return identity(address).rstrip("/") != identity(own).rstrip("/")


def words_beside_entries(blocks: Sequence[TextBlock]) -> int:
    """Words of running text before and behind the entries, of all running text where there are
    none.
    """
    headlines = _headlines(blocks)
    return _beside(blocks, headlines if len(headlines) >= FEWEST else ())


def sentences_beside_entries(blocks: Sequence[TextBlock]) -> int:
    """Words of the same and of shorter sentences: in Mongolian or Finnish one of eight words says
    as much as a paragraph does elsewhere.
    """
    headlines = _headlines(blocks)
    inside = _inside(blocks, headlines if len(headlines) >= FEWEST else ())
    return sum(
        len(b.words)
        for i, b in enumerate(blocks)
        if i not in inside
        and len(b.words) >= PARAGRAPH // 2
        and b.link_share < 0.5
        and _FULL_STOP.search(b.text)
    )


def _inside(blocks: Sequence[TextBlock], headlines: Sequence[int]) -> range:
    """Numbers of the blocks from the first to the last entry."""
    return range(headlines[0], _end(blocks, headlines)) if headlines else range(0)


def _beside(blocks: Sequence[TextBlock], headlines: Sequence[int]) -> int:
    inside = _inside(blocks, headlines)
    return sum(len(b.words) for i, b in enumerate(blocks) if i not in inside and _is_paragraph(b))


def _has_paragraph(blocks: Sequence[TextBlock]) -> bool:
    return any(map(_is_paragraph, blocks))


def _headlines(blocks: Sequence[TextBlock], *, first_line: bool = False) -> list[int]:
    """Indices of the linked headlines of the kind that the page has most of, each text once.

    `first_line`: also of the blocks and rows that begin with one, behind a date maybe.
    """
    kinds: dict[tuple[str, str], dict[tuple[str, ...], int]] = {}
    for index, block in enumerate(blocks):
        shown = block.lines[0] if first_line else block
        linked = ROW_LINKED if first_line and CELLS in shown.text else LINKED
        if is_headline(shown, linked):
            parent = block.element.getparent()
            kind = (block.tag, "" if parent is None else str(parent.tag))
            kinds.setdefault(kind, {}).setdefault(block.words, index)
    return sorted(max(kinds.values(), key=len, default={}).values())


def _end(blocks: Sequence[TextBlock], headlines: Sequence[int]) -> int:
    """Where the last entry ends: as many blocks behind its headline as the others have."""
    longest = max(j - i for i, j in pairwise(headlines))
    return min(len(blocks), headlines[-1] + longest)
