"""What pages of a site say of one another where they link: headline and day of an entry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin

import lxml.html

from crawler.parsers.article.blocks import words_of
from crawler.parsers.article.printed_dates import first_date

LONGEST_ENTRY = 1_500
"""Characters of an entry: headline, date, teaser."""
LONGEST_HEADLINE = 300
BESIDE = 40
"""Characters beside a link among which the date of its entry is looked for."""
_SEVERAL = ""


@dataclass(frozen=True, slots=True)
class EntryLink:
    """A link to another page, with what stands at it."""

    url: str
    words: tuple[str, ...]
    """Folded words of the link."""
    date: str | None
    """The first date of the entry as it is printed there."""


def read_links(tree: lxml.html.HtmlElement, url: str | None) -> Iterator[EntryLink]:
    """The links of a page; an entry is the largest element that links to nothing else."""
    if not url:
        return
    targets = _targets(tree)
    for anchor in tree.iter("a"):
        address = _resolved(url, anchor.get("href"))
        if address is None or address == url:
            continue
        words = words_of(anchor.text_content()[:LONGEST_HEADLINE])
        yield EntryLink(address, words, _date_of_entry(anchor, targets))


def _targets(tree: lxml.html.HtmlElement) -> dict[lxml.html.HtmlElement, str]:
    """Element → the one address that it links to, or _SEVERAL; found from the inside out."""
    found: dict[lxml.html.HtmlElement, str] = {}
    for element in reversed(list(tree.iter("*"))):
        own = (element.get("href") or "") if element.tag == "a" else None
        known = found.get(element)
        if own is not None:
            known = own if known in (None, own) else _SEVERAL
        if known is None:
            continue
        found[element] = known
        parent = element.getparent()
        if parent is not None:
            found[parent] = known if found.get(parent, known) == known else _SEVERAL
    return found


def _date_of_entry(
    anchor: lxml.html.HtmlElement, targets: dict[lxml.html.HtmlElement, str]
) -> str | None:
    entry, target = anchor, targets.get(anchor)
    while (parent := entry.getparent()) is not None and targets.get(parent) == target:
        entry = parent
    if entry is not anchor:
        text = " ".join(entry.itertext())
        if len(text) <= LONGEST_ENTRY and (found := first_date(text)):
            return found
    # Entries that have no element of their own: the date stands right behind or before the link.
    behind = first_date((anchor.tail or "")[:BESIDE])
    return behind or first_date(_text_before(anchor))


def _text_before(anchor: lxml.html.HtmlElement) -> str:
    """The text between this link and what stands before it, from the left."""
    pieces: list[str] = []
    sibling = anchor.getprevious()
    while sibling is not None and sibling.tag != "a" and sum(map(len, pieces)) < BESIDE:
        pieces.append(f"{' '.join(sibling.itertext())} {sibling.tail or ''}")
        sibling = sibling.getprevious()
    if sibling is None and (parent := anchor.getparent()) is not None:
        pieces.append(parent.text or "")
    return " ".join(reversed(pieces))[-BESIDE:]


def _resolved(url: str, href: str | None) -> str | None:
    if not href or href.startswith(("#", "javascript:", "mailto:")):
        return None
    try:
        return urldefrag(urljoin(url, href)).url
    except ValueError:
        return None
