"""RSS, Atom and JSON feeds to links, whatever they are served as and however broken. Pure."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

import feedparser

from crawler.discovery.apis.json_answers import Json, read_json, text_at, values_at
from crawler.discovery.feed_dates import parse_date, parse_instant
from crawler.politeness.encoding import gunzip, is_gzip
from indexer.frontier.port import Link
from indexer.records.errors import ParseError, ResponseRejected
from indexer.records.urls import canonical

_Entry = Mapping[str, Any]

_MULTIPLYING = re.compile(rb"""<!ENTITY\s+\S+\s+["'][^"'>]*&\w""")
"""An entity made of other entities: harmless in no feed, and what "billion laughs" is made of."""

LONGEST_GUID = 500
MOST_ENTRIES = 2_000
"""Most entries of one feed, from its beginning, where the newest are."""

LONGEST = 8 * 1024 * 1024
"""Bytes of a feed that was served as a gzip file."""
_BEGINNING = re.compile(rb"<\?xml|<rss\b|<feed\b|<rdf:RDF\b", re.IGNORECASE)
_JUNK = 4_096
"""Bytes before a feed's beginning that are skipped: blank lines, warnings of the server."""

FULL_TEXT = 1_000
"""Least characters of an entry's text that is a whole article: a long teaser has 500."""
_CUT = re.compile(r"(?:…|\.{3}).{0,80}$", re.DOTALL)
"""The end of a text that continues elsewhere, with the label of a link."""
_TAG = re.compile(r"<[^<>]*>")
_ELEMENT = re.compile(rb"<\w")
_BLANKS = re.compile(rb"\s{64,}")


@dataclass(frozen=True, slots=True)
class FeedArticle:
    """A whole article in a feed."""

    title: str
    body: str
    """Markup or plain text."""
    published: str | None
    """ISO date or instant."""


@dataclass(frozen=True, slots=True)
class _ParsedFeed:
    entries: Sequence[Any]
    is_json: bool = False
    older: str | None = None
    """Address of the next page, as it stands."""


@dataclass(frozen=True, slots=True)
class FeedContent:
    """The entries of a feed in their order, each address once."""

    _items: tuple[tuple[Link, _Entry], ...]
    older: str | None = None
    """Canonical address of its next page (RFC 5005, JSON Feed): of what is older."""

    @property
    def links(self) -> tuple[Link, ...]:
        """Their links."""
        return tuple(link for link, _ in self._items)

    @property
    def texts(self) -> list[str]:
        """The longest text of each entry, without markup."""
        return [max(map(_plain, _texts(entry)), key=len, default="") for _, entry in self._items]

    @property
    def articles(self) -> Mapping[str, FeedArticle]:
        """Whole articles by address: with a title, long, and not cut off at the end."""
        found = {}
        for link, entry in self._items:
            text = _full_text(entry)
            if link.title and text is not None:
                found[link.url] = FeedArticle(link.title, text, link.published)
        return found


def read_feed(body: bytes, url: str, content_type: str | None = None) -> FeedContent:
    """Read a feed.

    A feed that is broken in places yields what can be read, a very long one its beginning. Raises
    ParseError (`not-a-feed`) for everything else: an HTML page, an empty body, other XML.
    """
    parsed = _parse(body, url, content_type)
    # Each address once, with the entry that names it first.
    found: dict[str, tuple[Link, _Entry]] = {}
    for entry in parsed.entries:
        link = _json_link(entry, url) if parsed.is_json else _link(entry, url)
        if link is not None:
            found.setdefault(link.url, (link, entry))
    older = canonical(parsed.older, url) if parsed.older else None
    return FeedContent(tuple(found.values()), None if older == canonical(url) else older)


def _full_text(entry: _Entry) -> str | None:
    """The text of the article in an entry, if it is whole."""
    text = max(_contents(entry), key=len, default="")
    plain = _plain(text)
    return text if len(plain) >= FULL_TEXT and not _CUT.search(plain) else None


def _texts(entry: _Entry) -> list[str]:
    return [*_contents(entry), str(entry.get("summary") or "")]


def _contents(entry: _Entry) -> list[str]:
    """What an entry holds of its article, as markup or plain text; no teasers."""
    contents = entry.get("content")
    held = [c.get("value") for c in contents] if isinstance(contents, list) else []
    texts = (*held, entry.get("content_html"), entry.get("content_text"))
    return [str(text) for text in texts if text]


def _plain(text: str) -> str:
    return " ".join(unescape(_TAG.sub(" ", text)).split())


def _parse(body: bytes, url: str, content_type: str | None) -> _ParsedFeed:
    body = _unpack_gzip(body)
    if body[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _parse_json(read_json(body, content_type))
    if _MULTIPLYING.search(body):
        raise ParseError("the feed declares entities that multiply", reason="not-a-feed")
    beginning = _BEGINNING.search(body[:_JUNK])
    body = _with_short_blanks(body[beginning.start() :] if beginning else body)
    headers = {"content-location": url, "content-type": _kind(body, content_type)}
    # A stream: text that looks like an address or a path would be opened.
    feed = feedparser.parse(io.BytesIO(body), response_headers=headers, sanitize_html=False)
    if not feed.get("version"):
        raise ParseError(_why_no_feed(body), reason="not-a-feed")
    return _ParsedFeed(feed.entries[:MOST_ENTRIES], older=_older(feed.feed.get("links", ())))


def _with_short_blanks(body: bytes) -> bytes:
    """The feed without long blanks before its first element: for those the parser takes the square
    of the time, in which nothing else is done.
    """
    first = _ELEMENT.search(body)
    start = first.start() if first else 0
    return _BLANKS.sub(b"\n", body[:start]) + body[start:]


def _unpack_gzip(body: bytes) -> bytes:
    """The content of a gzip file: some servers send compressed feeds without saying so."""
    if not is_gzip(body):
        return body
    try:
        return gunzip(body, limit=LONGEST).body
    except ResponseRejected as error:
        raise ParseError(error.message, reason="too-large") from error


def _kind(body: bytes, content_type: str | None) -> str:
    """The content type for the parser: valid UTF-8 is parsed as such, whatever was declared."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        charset = re.search(r"charset\s*=\s*\"?([\w.:-]+)", content_type or "", re.IGNORECASE)
        return f"application/xml; charset={charset[1]}" if charset else "application/xml"
    return "application/xml" if b"\x00" in body else "application/xml; charset=utf-8"


def _older(links: Sequence[Mapping[str, Any]]) -> str | None:
    """The next page of a feed in pages, or the newest archive of one with archives (RFC 5005)."""
    named = {link.get("rel"): str(link.get("href") or "") for link in reversed(links)}
    return named.get("next") or named.get("prev-archive") or None


def _parse_json(feed: Json) -> _ParsedFeed:
    """A JSON Feed, versions 1 and 1.1 (jsonfeed.org)."""
    if not isinstance(feed, dict) or "jsonfeed.org/version" not in str(feed.get("version")):
        raise ParseError("JSON, but no JSON Feed", reason="not-a-feed")
    items = values_at(feed, "items.*")[:MOST_ENTRIES]
    items = [item for item in items if isinstance(item, dict)]
    return _ParsedFeed(items, is_json=True, older=text_at(feed, "next_url"))


def _json_link(item: Json, base: str) -> Link | None:
    address = text_at(item, "url") or ""
    if not address:
        # An id may be an address; `external_url` is another site's page, and comes last.
        known = [text_at(item, name) or "" for name in ("id", "external_url")]
        address = next((a for a in known if a.startswith(("http:", "https:"))), "")
    url = canonical(address, base) if address else None
    if url is None:
        return None
    published, changed = text_at(item, "date_published"), text_at(item, "date_modified")
    return Link(
        url,
        text_at(item, "title"),
        parse_date(published or changed),
        parse_instant(changed),
        (text_at(item, "id") or "")[:LONGEST_GUID] or None,
    )


def _link(entry: _Entry, base: str) -> Link | None:
    for address in _addresses(entry):
        url = canonical(address, base)
        if url is not None:
            title = " ".join(str(entry.get("title") or "").split()) or None
            return Link(
                url,
                title,
                parse_date(_published(entry)),
                parse_instant(_updated(entry)),
                str(entry.get("id") or "").strip()[:LONGEST_GUID] or None,
            )
    return None


def _addresses(entry: _Entry) -> list[str]:
    """Addresses of the entry's page, best first; the id too, if it is an address."""
    found = [str(entry.get("link") or "")]
    for link in entry.get("links", ()):
        kind = str(link.get("type") or "text/html")
        if link.get("rel", "alternate") == "alternate" and "html" in kind:
            found.append(str(link.get("href") or ""))
    found.append(str(entry.get("id") or ""))
    return [address for address in found if address.startswith(("http:", "https:", "/"))]


def _published(entry: _Entry) -> str | None:
    # Asked for by `in`: feedparser answers for `updated` with `published`, and warns about it.
    for name in ("published", "updated", "created"):
        if name in entry.keys():  # noqa: SIM118  # its `in` maps names, its keys are as they stand
            return str(entry[name])
    return None


def _updated(entry: _Entry) -> str | None:
    return str(entry["updated"]) if "updated" in entry.keys() else None  # noqa: SIM118  # as above


def _why_no_feed(body: bytes) -> str:
    start = body[:1024].lstrip().lower()
    if not start:
        return "the feed is empty"
    if start.startswith((b"<!doctype html", b"<html")):
        return "an HTML page instead of a feed"
    return "neither RSS nor Atom nor JSON Feed"
