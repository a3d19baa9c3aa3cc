"""What a page says of itself in structured markup: JSON-LD, microdata and meta tags.

JSON-LD is read here (a quarter of the time of a library, and broken blocks are mended); microdata
by extruct, and only where the page has any.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

import extruct
import lxml.html

from crawler.parsers.html import HtmlDocument
from crawler.parsers.script_values import read_script_value
from indexer.records.half_characters import value_without_halves

MarkupValue: TypeAlias = (
    str | int | float | bool | list["MarkupValue"] | dict[str, "MarkupValue"] | None
)
MarkupNode: TypeAlias = dict[str, MarkupValue]

MAX_NODES = 2_000
"""Nodes of a page's JSON-LD that are looked at: product lists of shops run to thousands."""
MAX_NESTING = 12

ARTICLE_TYPES = frozenset(
    {
        "Article",
        "NewsArticle",
        "BlogPosting",
        "Report",
        "ReportageNewsArticle",
        "PressRelease",
        "AnalysisNewsArticle",
        "OpinionNewsArticle",
        "BackgroundNewsArticle",
        "TechArticle",
        "ScholarlyArticle",
        "LiveBlogPosting",
        "SocialMediaPosting",
        "AdvertiserContentArticle",
    }
)
"""schema.org types of a page that is an article."""
PAGE_TYPES = frozenset({"WebPage", "ItemPage", "AboutPage"})
LISTING_TYPES = frozenset({"CollectionPage", "SearchResultsPage", "ItemList", "Blog"})

_COMMENT = re.compile(r"\A\s*(?://\s*)?(?:<!--|<!\[CDATA\[)|(?://\s*)?(?:-->|\]\]>)\s*\Z")
_ESCAPED = re.compile(r"[\s\[{]{1,40}&(?:quot|#34|#x22);", re.IGNORECASE)
"""As a template has it that escapes whatever it prints."""
_ESCAPED_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


@dataclass(frozen=True, slots=True)
class Markup:
    """Structured markup of one page."""

    nodes: tuple[MarkupNode, ...] = ()
    """Every schema.org node, nested ones and those of @graph included, in the order of the page."""
    meta: Mapping[str, str] = field(default_factory=dict)
    """Lower-case name or property of a meta tag → its first content that isn't empty."""
    repeated: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """All contents of `article:author`, `author` and the like."""

    def of_type(self, types: frozenset[str]) -> Iterator[MarkupNode]:
        """Nodes that are of one of the types."""
        return (node for node in self.nodes if types & types_of(node))

    def first_meta(self, *names: str) -> str | None:
        """Content of the first of the meta tags that the page has."""
        return next((self.meta[name] for name in names if name in self.meta), None)

    def event_text(self) -> str:
        """The schema.org events as text for the part `markup`: a line `path: value` for each value.

        Lists keep their index in the path; events are separated by a blank line.
        """
        blocks = []
        for node in self.nodes:
            types = sorted(t for t in types_of(node) if t.endswith("Event"))
            if types:
                blocks.append("\n".join(f"{path}: {v}" for path, v in _leaves(node, types[0], 0)))
        return "\n\n".join(dict.fromkeys(blocks))


def read_markup(document: HtmlDocument, url: str | None) -> Markup:
    """Read JSON-LD, meta tags, and microdata where JSON-LD has no article and no event."""
    reader = _Reader(document, url)
    return Markup(tuple(reader.nodes), reader.meta, reader.repeated)


def types_of(node: MarkupNode) -> set[str]:
    """Types of a node without the address of their vocabulary."""
    given = node.get("@type", node.get("type"))
    names = given if isinstance(given, list) else [given]
    return {name.rsplit("/", 1)[-1].rsplit(":", 1)[-1] for name in names if isinstance(name, str)}


def text_of(value: MarkupValue) -> str | None:
    """A value as one line of text: a node gives its name, a list its first entry."""
    if isinstance(value, list):
        return next((text for entry in value if (text := text_of(entry))), None)
    if isinstance(value, dict):
        return text_of(value.get("@value") or value.get("name"))
    if isinstance(value, bool) or value is None:
        return None
    return " ".join(html.unescape(str(value)).split()) or None


class _Reader:
    def __init__(self, document: HtmlDocument, url: str | None) -> None:
        self._document = document
        self._url = url

    @cached_property
    def nodes(self) -> list[MarkupNode]:
        found: list[MarkupNode] = []
        for script in self._document.elements.with_tags("script"):
            if "ld+json" in script.attributes.get("type", "").lower():
                _collect(_parse(script.element.text or ""), found, 0)
        wanted = any(t in ARTICLE_TYPES or t.endswith("Event") for n in found for t in types_of(n))
        if not wanted and "itemscope" in self._document.markup:
            found.extend(_microdata(self._document.tree, self._url))
        return found

    @cached_property
    def repeated(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for tag in self._document.elements.with_tags("meta"):
            given = tag.attributes
            content = " ".join(given.get("content", "").split())
            for name in (given.get("property"), given.get("name"), given.get("itemprop")):
                if name and content:
                    found.setdefault(name.strip().lower(), []).append(content)
        return {name: tuple(dict.fromkeys(contents)) for name, contents in found.items()}

    @property
    def meta(self) -> dict[str, str]:
        return {name: contents[0] for name, contents in self.repeated.items()}


def _parse(block: str) -> MarkupValue:
    """A JSON-LD block; comments, raw line breaks, trailing commas, single quotes, escapes of HTML
    and what follows it are forgiven, halves of characters (an emoji that was cut in two) become
    U+FFFD.
    """
    text = _COMMENT.sub("", block).strip().rstrip(";")
    if _ESCAPED.match(text):
        text = html.unescape(text)
    try:
        parsed: MarkupValue = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        parsed = read_script_value(text, 0)
    try:
        # Two halves that belong together are joined by now.
        return value_without_halves(parsed) if _ESCAPED_SURROGATE.search(text) else parsed
    except RecursionError:
        return None


def _collect(value: MarkupValue, found: list[MarkupNode], depth: int) -> None:
    """Every typed node inside the value, outer before inner."""
    if depth > MAX_NESTING or len(found) >= MAX_NODES:
        return
    if isinstance(value, list):
        for entry in value:
            _collect(entry, found, depth + 1)
    elif isinstance(value, dict):
        if types_of(value):
            found.append(value)
        for entry in value.values():
            if isinstance(entry, dict | list):
                _collect(entry, found, depth + 1)


def _microdata(tree: lxml.html.HtmlElement, url: str | None) -> list[MarkupNode]:
    extractor = extruct.MicrodataExtractor(add_text_content=False)
    try:
        items = extractor.extract_items(tree, base_url=url or "")
    except (ValueError, TypeError, RecursionError):
        return []  # broken itemref or address: the page then has no microdata
    found: list[MarkupNode] = []
    for item in items[:MAX_NODES]:
        _collect(_flat(item, 0), found, 0)
    return found


def _flat(value: MarkupValue, depth: int) -> MarkupValue:
    """Microdata in the form of JSON-LD: properties beside the type."""
    if depth > MAX_NESTING:
        return None
    if isinstance(value, list):
        return [_flat(entry, depth + 1) for entry in value]
    if isinstance(value, dict) and "properties" in value:
        properties = value["properties"]
        inner = properties if isinstance(properties, dict) else {}
        return {"@type": value.get("type"), **{k: _flat(v, depth + 1) for k, v in inner.items()}}
    return value


def _leaves(value: MarkupValue, path: str, depth: int) -> Iterator[tuple[str, str]]:
    if depth > MAX_NESTING:
        return
    if isinstance(value, dict):
        for key, entry in value.items():
            if key != "@context":
                yield from _leaves(entry, f"{path}.{key}", depth + 1)
    elif isinstance(value, list):
        for index, entry in enumerate(value[:50]):
            yield from _leaves(entry, f"{path}[{index}]", depth + 1)
    else:
        text = text_of(value)
        if text:
            yield path, text
