"""What a page is like, in numbers: the measures by which its kind is told.

They are of structure and address, not of words of a language: English pages teach what German and
Russian ones are judged by. JSON-LD is no part of them: where a page has it, it is asked first.
"""

from __future__ import annotations

import re

from crawler.parsers.article.kind.address_measures import measure_address
from crawler.parsers.article.kind.block_measures import measure_blocks
from crawler.parsers.article.kind.element_measures import measure_elements
from crawler.parsers.article.kind.evidence import KindEvidence
from crawler.parsers.markup import Markup

_WORD = re.compile(r"[^\W\d_]+")
_SEPARATOR = re.compile(r" [|–—-] |»")
_AUTHOR_TAGS = ("author", "article:author", "dc.creator", "parsely-author")
_OPEN_GRAPH = ("article", "website")


def measure(evidence: KindEvidence) -> dict[str, float]:
    """Name → value of every measure, always the same names in the same order."""
    words = frozenset(w for t in evidence.titles for w in _WORD.findall(t.lower()))
    return {
        **measure_address(evidence.url, words),
        **_measure_meta(evidence.markup),
        **measure_elements(evidence.tree, evidence.url),
        **measure_blocks(evidence.chosen, evidence.content),
        "title.words": len((evidence.title or "").split()),
        "title.longest": max((len(title.split()) for title in evidence.titles), default=0),
        "title.parted": any(_SEPARATOR.search(title) for title in evidence.titles),
        "dated.stated": evidence.dated,
        "authors": evidence.authors,
        "byline": len(evidence.byline.split()),
    }


def _measure_meta(markup: Markup) -> dict[str, float]:
    kind = (markup.first_meta("og:type") or "").lower()
    return {
        **{f"og.{name}": kind == name for name in _OPEN_GRAPH},
        "og.product": "product" in kind,
        "og.none": not kind,
        "meta.published": "article:published_time" in markup.meta,
        "meta.modified": "article:modified_time" in markup.meta,
        "meta.section": any(name in markup.meta for name in ("article:section", "article:tag")),
        "meta.author": any(name in markup.meta for name in _AUTHOR_TAGS),
        "meta.price": any("price" in name for name in markup.meta),
    }
