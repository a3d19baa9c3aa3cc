"""Names that a page states for programs: JSON-LD, microdata, meta tags, data in scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from crawler.parsers.article.authorship.marks import AuthorMark, marks_of
from crawler.parsers.article.authorship.names import AuthorNames
from crawler.parsers.article.page_words import PageWords
from crawler.parsers.elements import Elements
from crawler.parsers.markup import ARTICLE_TYPES, PAGE_TYPES, Markup, MarkupValue, text_of, types_of

META = {
    "author": ("author", "authors"),
    "article": ("article:author", "article:author_name", "og:author", "og:article:author"),
    "creator": ("creator", "dc.creator", "dcterms.creator", "citation_author"),
    "tracker": ("sailthru.author", "parsely-author", "cxenseparse:author", "byl"),
}
"""Sort of meta tag → names of tags."""
_LABELS = {f"twitter:label{n}": f"twitter:data{n}" for n in (1, 2, 3)}
"""Label and value that a preview of the page is to show: `Written by`, `Jane Roe`."""
MOST_NODES = 60
"""Nodes of a page's JSON-LD that are looked at."""
MOST_NAMES = 40
"""Names that a page's JSON-LD gives, those of each meta tag, and those of data in its scripts."""
# It begins with a quotation mark, though a backslash may stand before that: what begins with one of
# few signs is found four times as fast.
_KEYS = ("author", "byline", "writer")
_IN_SCRIPT = re.compile(
    r"""["'](?:author|byline|writer)s?(?:_?name)?\\?["']\s*:\s*"""
    r"""(?:\[?\s*\{[^{}]{0,120}?\\?["']name\\?["']\s*:\s*)?\[?\\?["']([^"'\\{}<>]{2,60})\\?["']""",
    re.IGNORECASE,
)


def stated_marks(
    markup: Markup, elements: Elements, names: AuthorNames, words: PageWords
) -> Iterator[AuthorMark]:
    """The names in a page's JSON-LD or microdata, its meta tags and its scripts."""
    yield from islice(_in_nodes(markup, names), MOST_NAMES)
    yield from _in_meta(markup, names, words)
    yield from islice(_in_scripts(elements, names), MOST_NAMES)


def _in_nodes(markup: Markup, names: AuthorNames) -> Iterator[AuthorMark]:
    for node in markup.nodes[:MOST_NODES]:
        types = types_of(node)
        sort = "article" if types & ARTICLE_TYPES else "page" if types & PAGE_TYPES else "other"
        given = node.get("author") or node.get("creator")
        entries = [_resolve(e, markup) for e in (given if isinstance(given, list) else [given])]
        kinds = {
            name: _kind(entry)
            for entry in entries
            for name in _read(text_of(entry) or "", _kind(entry), names)
        }
        for mark in marks_of([*kinds], f"json-ld.{sort}"):
            yield replace(mark, source=f"{mark.source}.{kinds[mark.name]}")
        if "Person" in types and (said := text_of(node.get("name"))):
            yield from marks_of(names.read(said), "json-ld.person")


def _read(value: str, kind: str, names: AuthorNames) -> list[str]:
    return names.read_whole(value) if kind == "body" else names.read(value)


def _resolve(entry: MarkupValue, markup: Markup) -> MarkupValue:
    """The node that an entry refers to by its id."""
    if not isinstance(entry, dict) or entry.get("name") or not entry.get("@id"):
        return entry
    same = (n for n in markup.nodes if n.get("@id") == entry["@id"] and n.get("name"))
    return next(same, entry)


def _kind(value: MarkupValue) -> str:
    """Whether markup says that it is a person, or a body."""
    types = types_of(value) if isinstance(value, dict) else set()
    if "Person" in types:
        return "person"
    is_body = any(name.endswith(("Organization", "Corporation", "Business")) for name in types)
    return "body" if is_body else "plain"


def _in_meta(markup: Markup, names: AuthorNames, words: PageWords) -> Iterator[AuthorMark]:
    for sort, tags in META.items():
        for tag in tags:
            values = markup.repeated.get(tag, ())
            given = (name for value in values for name in names.read(value))
            yield from marks_of([*islice(given, MOST_NAMES)], f"meta.{sort}")
    for label, data in _LABELS.items():
        if words.start("byline", markup.meta.get(label, "")):
            yield from marks_of(names.read(markup.meta.get(data, "")), "meta.preview")


def _in_scripts(elements: Elements, names: AuthorNames) -> Iterator[AuthorMark]:
    """Names in the data of a page that a script builds."""
    for script in elements.with_tags("script"):
        if "ld+json" in script.attributes.get("type", "").lower():
            continue
        text = script.element.text or ""
        folded = text.lower()
        if not any(key in folded for key in _KEYS):
            continue  # five times as fast
        for match in islice(_IN_SCRIPT.finditer(text), MOST_NAMES):
            yield from marks_of(names.read(match[1]), "script")
