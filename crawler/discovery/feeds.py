"""RSS and Atom feeds to links. Pure."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

import feedparser

from crawler.discovery.stated import stated_date, stated_instant
from crawler.frontier import Link
from crawler.urls import canonical
from indexer.errors import ParseError

_Entry = Mapping[str, Any]

_MULTIPLYING = re.compile(rb"""<!ENTITY\s+\S+\s+["'][^"'>]*&\w""")
"""An entity made of other entities: harmless in no feed, and what "billion laughs" is made of."""

LONGEST_GUID = 500
MOST_ENTRIES = 2_000
"""Entries that are read of one feed, from its beginning, where the newest stand."""


def feed_links(body: bytes, url: str, content_type: str | None = None) -> tuple[Link, ...]:
    """Links of the entries in their order, each address once.

    A feed that is broken in places yields what can be read, a very long one its beginning. Raises ParseError (`not-a-feed`) for
    what is none: an HTML page, an empty answer, other XML.
    """
    if _MULTIPLYING.search(body):
        raise ParseError("the feed declares entities that multiply", reason="not-a-feed")
    headers = {"content-location": url}
    if content_type:
        headers["content-type"] = content_type
    # A stream: text that looks like an address or a path would be opened.
    feed = feedparser.parse(io.BytesIO(body), response_headers=headers, sanitize_html=False)
    if not feed.get("version"):
        raise ParseError(_why_no_feed(body), reason="not-a-feed")
    links: dict[str, Link] = {}
    for entry in feed.entries[:MOST_ENTRIES]:
        link = _link(entry, url)
        if link is not None:
            links.setdefault(link.url, link)
    return tuple(links.values())


def _link(entry: _Entry, base: str) -> Link | None:
    for address in _addresses(entry):
        url = canonical(address, base)
        if url is not None:
            title = " ".join(str(entry.get("title") or "").split()) or None
            return Link(
                url,
                title,
                stated_date(_published(entry)),
                stated_instant(_updated(entry)),
                str(entry.get("id") or "").strip()[:LONGEST_GUID] or None,
            )
    return None


def _addresses(entry: _Entry) -> list[str]:
    """Where the entry may lead, best first; the id counts where it is an address."""
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
    return "neither RSS nor Atom"
