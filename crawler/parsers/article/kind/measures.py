"""What a page is like, in numbers: the measures by which its kind is told.

They are of structure, markup and address, not of words of a language: English pages teach what
German and Russian ones are judged by.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from crawler.parsers.article.kind.address_measures import measure_address
from crawler.parsers.article.kind.block_measures import measure_blocks
from crawler.parsers.article.kind.element_measures import measure_elements
from crawler.parsers.article.kind.evidence import KindEvidence
from crawler.parsers.article.kind.markup_measures import measure_markup

_WORD = re.compile(r"[^\W\d_]+")
_RULES = ("json-ld", "meta", "byline", "time", "printed", "script", "url")
"""Rules of publication dates."""
_SEPARATOR = re.compile(r" [|–—-] |»")


def measure(evidence: KindEvidence) -> dict[str, float]:
    """Name → value of every measure, always the same names in the same order."""
    words = frozenset(w for t in evidence.titles for w in _WORD.findall(t.lower()))
    return {
        **measure_address(evidence.url, words),
        **measure_markup(evidence.markup, evidence.elements),
        **measure_elements(evidence.elements, evidence.url),
        **measure_blocks(evidence.chosen, evidence.content),
        "title.words": len((evidence.title or "").split()),
        "title.longest": max((len(title.split()) for title in evidence.titles), default=0),
        "title.parted": any(_SEPARATOR.search(title) for title in evidence.titles),
        "title.host": _is_named_in(evidence.url, words),
        "dated.stated": evidence.dated,
        **{f"dated.{rule}": evidence.date_rule.startswith(rule) for rule in _RULES},
        "dated": bool(evidence.date_rule),
        "authors": evidence.authors,
        "byline": len(evidence.byline.split()),
    }


def _is_named_in(url: str | None, words: frozenset[str]) -> int:
    """How many letters of words of the titles are part of the host's name."""
    hosts = (urlsplit(url or "").hostname or "").lower().removeprefix("www.").split(".")
    name = max(hosts, key=len)
    return max((len(word) for word in words if len(word) > 2 and word in name), default=0)
