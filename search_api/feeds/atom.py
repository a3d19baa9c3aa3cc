"""Atom feeds (RFC 4287) of a search and of a watch. Pure: records in, bytes out."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from lxml import etree

from indexer.records.document import iso_instant
from indexer.records.marked_passage import MarkedPassage
from search_api.language import t
from search_api.page_words import NO_TITLE, change_line
from search_api.pages.highlight import segments
from search_api.ports import WatchMatch, WatchView
from search_api.term_words import term_words

MEDIA_TYPE = "application/atom+xml"
GENERATOR = "Rohstoffradar"

_ATOM = "http://www.w3.org/2005/Atom"
_THREAD = "http://purl.org/syndication/thread/1.0"  # RFC 4685
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
"""`updated` of a feed without entries: Atom requires it, and it must not change by itself."""


@dataclass(frozen=True, slots=True)
class FeedHead:
    """Head of a feed."""

    id: str
    """URN, the same for the same search on every machine."""
    title: str
    address: str
    """Where it is served, absolute."""
    page: str
    """The HTML page with the same content, absolute."""
    next: str | None = None
    """Where older entries are, absolute (RFC 5005)."""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An entry of a feed."""

    id: str
    title: str | None
    link: str
    """The page itself, or our page about it, absolute."""
    updated: datetime
    source: str
    passages: tuple[MarkedPassage, ...] = ()
    notes: tuple[str, ...] = ()
    """Lines after the passages."""
    category: tuple[str, str] | None = None
    """Term and label."""
    lang: str | None = None
    published: datetime | None = None
    thread: str | None = None
    """URN that entries on one event share."""


def search_id(query: str) -> str:
    """URN of the search with this query string."""
    digest = hashlib.blake2b(query.encode(), digest_size=8).hexdigest()
    return f"urn:rohstoffradar:search:{digest}"


def document_urn(document: str) -> str:
    """URN of a document, the id of its entry in every search."""
    return f"urn:rohstoffradar:document:{document}"


def watch_entry(entry: WatchMatch, link: str) -> FeedEntry:
    """A match as an entry of its watch's feed, in the language that is spoken."""
    notes = [t("Event: {line}", line=change_line(change)) for change in entry.events]
    notes += [t("Also at {place}", place=place) for place in entry.places]
    if entry.terms:
        terms = ", ".join(term_words(term, entry.source) for term in entry.terms)
        notes.append(t("Matched: {terms}", terms=terms))
    if entry.first_look:
        notes.append(t("First look: the source was crawled for the first time."))
    return FeedEntry(
        id=entry.id,
        title=entry.title or t(NO_TITLE),
        link=link,
        updated=entry.when,
        source=entry.source,
        passages=entry.passages,
        notes=tuple(notes),
        category=("first-look", t("First look")) if entry.first_look else None,
        thread=f"urn:rohstoffradar:event:{entry.event}" if entry.event else None,
    )


def watch_head(watch: WatchView, address: str, page: str) -> FeedHead:
    """Head of a watch's feed."""
    return FeedHead(f"urn:rohstoffradar:watch:{watch.id}", watch.name, address, page)


def atom(feed: FeedHead, entries: Sequence[FeedEntry]) -> bytes:
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


def summary_html(entry: FeedEntry) -> str:
    """Passages and notes of an entry as HTML; empty if it has none."""
    marked = ["".join(_mark_html(passage)) for passage in entry.passages]
    notes = (html.escape(note) for note in entry.notes)
    return "".join(f"<p>{line}</p>" for line in (*marked, *notes))


def _mark_html(passage: MarkedPassage) -> Iterable[str]:
    for segment in segments(passage.text, passage.marks):
        text = html.escape(segment.text)
        yield f"<mark>{text}</mark>" if segment.marked else text


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
