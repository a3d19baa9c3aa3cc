"""Atom feeds (RFC 4287) of a search and of a watch. Pure: records in, bytes out."""

from __future__ import annotations

import hashlib
import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from indexer.records.marked_passage import MarkedPassage
from search_api.language import t
from search_api.page_words import NO_TITLE, change_line
from search_api.pages.highlight import segments
from search_api.ports import WatchMatch, WatchView
from search_api.term_words import term_words

MEDIA_TYPE = "application/atom+xml"


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
    # For a server that is asked for no feed: lxml takes 3 MiB.
    from search_api.feeds.atom_xml import feed_document  # noqa: PLC0415

    return feed_document(feed, entries)


def summary_html(entry: FeedEntry) -> str:
    """Passages and notes of an entry as HTML; empty if it has none."""
    marked = ["".join(_mark_html(passage)) for passage in entry.passages]
    notes = (html.escape(note) for note in entry.notes)
    return "".join(f"<p>{line}</p>" for line in (*marked, *notes))


def _mark_html(passage: MarkedPassage) -> Iterable[str]:
    for segment in segments(passage.text, passage.marks):
        text = html.escape(segment.text)
        yield f"<mark>{text}</mark>" if segment.marked else text
