"""An Atom feed as XML. Apart from `atom`, as a server loads the parser of XML for a feed only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from lxml import etree

from indexer.records.document import iso_instant
from search_api.feeds.atom import MEDIA_TYPE, FeedEntry, FeedHead, summary_html
from search_api.page_words import NO_TITLE

GENERATOR = "Rohstoffradar"

_ATOM = "http://www.w3.org/2005/Atom"
_THREAD = "http://purl.org/syndication/thread/1.0"  # RFC 4685
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
"""`updated` of a feed without entries: Atom requires it, and it must not change by itself."""


def feed_document(feed: FeedHead, entries: Sequence[FeedEntry]) -> bytes:
    """The feed as a UTF-8 document; characters that XML does not allow are left out."""
    # The stubs of lxml know no default namespace.
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM, "thr": _THREAD})  # type: ignore[dict-item]
    updated = max((e.updated for e in entries), default=_BEGINNING)
    _text(root, "id", feed.id)
    _text(root, "title", feed.title)
    _text(root, "updated", iso_instant(updated))
    _text(root, "generator", GENERATOR)
    _author(root, GENERATOR)
    _link(root, "self", feed.address, MEDIA_TYPE)
    _link(root, "alternate", feed.page, "text/html")
    if feed.next:
        _link(root, "next", feed.next, MEDIA_TYPE)
    for entry in entries:
        _entry(root, entry)
    document: bytes = etree.tostring(
        root, encoding="utf-8", xml_declaration=True, pretty_print=True
    )
    return document


def _entry(root: etree._Element, entry: FeedEntry) -> None:
    element = etree.SubElement(root, f"{{{_ATOM}}}entry")
    if entry.lang:
        element.set("{http://www.w3.org/XML/1998/namespace}lang", _clean(entry.lang))
    _text(element, "id", entry.id)
    _text(element, "title", entry.title or NO_TITLE)
    _text(element, "updated", iso_instant(entry.updated))
    if entry.published:
        _text(element, "published", iso_instant(entry.published))
    _author(element, entry.source)
    _link(element, "alternate", entry.link)
    if entry.category:
        term, label = entry.category
        etree.SubElement(element, f"{{{_ATOM}}}category", term=term, label=label)
    if entry.thread:
        etree.SubElement(element, f"{{{_THREAD}}}in-reply-to", ref=entry.thread)
    if summary := summary_html(entry):
        _text(element, "summary", summary).set("type", "html")


def _text(parent: etree._Element, name: str, text: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{_ATOM}}}{name}")
    element.text = _clean(text)
    return element


def _author(parent: etree._Element, name: str) -> None:
    _text(etree.SubElement(parent, f"{{{_ATOM}}}author"), "name", name)


def _link(parent: etree._Element, relation: str, href: str, media_type: str | None = None) -> None:
    element = etree.SubElement(parent, f"{{{_ATOM}}}link", rel=relation, href=_clean(href))
    if media_type:
        element.set("type", media_type)


def _clean(text: str) -> str:
    return _ILLEGAL.sub("", text)
