"""Measures of an address: how deep it lies, how its last segment is made, words of web software."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import urlsplit

_NUMBER = re.compile(r"\d+")
_LETTERS = re.compile(r"[^\W\d_]+")
_BETWEEN_WORDS = re.compile(r"[-_.]")
_DATE = re.compile(r"/(?:19|20)\d\d(?:[/_-](?:0?[1-9]|1[0-2])(?=[/_-]|$)|/)")

# The vocabulary of content management, shops, forums and documentation, the same on sites of any
# language; words of a language stand in config/languages.
_SECTIONS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        name: re.compile(words)
        for name, words in {
            "news": "articles?|blogs?|insights|magazine|news|posts?|press|press-releases?|resources"
            "|story|stories",
            "forum": "boards?|comments|community|discuss|discussions?|forums?|questions?|r"
            "|show(?:topic|thread)|t|threads?|topics?|viewtopic",
            "shop": "cart|catalog|dp|ip|itm|items?|p|pd|products?|shop|sku|store",
            "documentation": "api|docs?|documentation|handbook|man|manpages?|manuals?|reference|sdk"
            "|wiki",
            "learning": "book|courses?|glossary|guides?|help|howto|kb|latest|learn|stable|support"
            "|tutorials?",
            "list": "archives?|author|b|best|browse|c|cat|category|categories|collections?"
            "|directory|events|index|jobs|lists?|page|search|tags?|topics?",
            "service": "consulting|features|industries|platform|pricing|programs?|rentals?"
            "|services?|solutions",
            "site": "about|admissions|careers|company|contact|departments?|locations?|team",
        }.items()
    }
)


def measure_address(url: str | None, title_words: frozenset[str]) -> dict[str, float]:
    """Measures of the page's address; of none, those of a start page."""
    parts = urlsplit((url or "").lower())
    hosts = (parts.hostname or "").removeprefix("www.").split(".")
    segments = [segment for segment in parts.path.split("/") if segment]
    last = segments[-1] if segments else ""
    slug = _LETTERS.findall(last)
    whole = {*segments, *last.split("."), *hosts[:-1]}
    words = {word for segment in segments for word in _BETWEEN_WORDS.split(segment)}
    measures: dict[str, float] = {
        "address.depth": len(segments),
        "address.labels": len(hosts),
        "address.parameters": parts.query.count("="),
        "address.extension": "." in last,
        "address.date": bool(_DATE.search(parts.path)),
        "address.number": max(map(len, _NUMBER.findall(parts.path)), default=0),
        "address.last.length": len(last),
        "address.last.words": len(slug),
        "address.last.digits": sum(map(str.isdigit, last)),
        "address.slug": max((segment.count("-") for segment in segments), default=0),
        "address.in_title": len(title_words.intersection(slug)) / max(1, len(title_words)),
    }
    for name, section in _SECTIONS.items():
        measures[f"address.section.{name}"] = sum(map(bool, map(section.fullmatch, whole)))
        measures[f"address.word.{name}"] = sum(map(bool, map(section.fullmatch, words)))
    return measures
