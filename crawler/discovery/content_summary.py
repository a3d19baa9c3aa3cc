"""What a discovery document is worth: how many items, of when, in which language, with how much
text. Pure.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import unescape
from statistics import median
from typing import Any, Literal

import feedparser

from crawler.discovery.calendars import CalendarContent
from crawler.discovery.feed_dates import stated_instant
from crawler.discovery.feeds import FULL_TEXT, feed_links
from crawler.discovery.list_page import ListContent
from crawler.discovery.listings.soup import soup_of
from crawler.discovery.sitemaps import SitemapContent
from crawler.parsers.language import detect_language, language_code
from indexer.frontier.port import Link

SAMPLE = 50
"""Entries whose texts are looked at."""

Extent = Literal["full text", "teasers", "titles"]

_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Contents:
    """What a document holds."""

    links: tuple[Link, ...]
    files: int = 0
    """Further files of a sitemap index."""
    language: str | None = None
    """ISO 639-1 code of its titles and texts; None: too little text."""
    extent: Extent | None = None
    """How much of each article a feed gives; None: no feed, or nothing to say it by."""

    @property
    def items(self) -> int:
        """Links, or files of an index."""
        return len(self.links) + self.files

    @property
    def span(self) -> tuple[date, date] | None:
        """The oldest and the newest day that its items state; None: they state none."""
        instants = (stated_instant(link.published) or link.lastmod for link in self.links)
        days = [instant.date() for instant in instants if instant is not None]
        return (min(days), max(days)) if days else None


def feed_contents(body: bytes, url: str, content_type: str | None) -> Contents:
    """A feed; raises ParseError as `feed_links` does."""
    links = feed_links(body, url, content_type)
    feed = feedparser.parse(io.BytesIO(body), sanitize_html=False)
    texts = [_entry_text(entry) for entry in feed.entries[:SAMPLE]]
    return Contents(links, language=_language([*_titles(links), *texts]), extent=_extent(texts))


def sitemap_contents(content: SitemapContent) -> Contents:
    """A sitemap that was read."""
    return Contents(content.links, len(content.children), _language(_titles(content.links)))


def listing_contents(content: ListContent, body: bytes, content_type: str | None) -> Contents:
    """A listing or home page that was read; the language is that of its headlines, else of the
    page.
    """
    language = _language(_titles(content.links)) or page_language(body, content_type)
    return Contents(content.links, language=language)


def list_contents(content: ListContent) -> Contents:
    """An answer of a JSON API that was read."""
    return Contents(content.links, language=_language(_titles(content.links)))


def calendar_contents(content: CalendarContent, url: str) -> Contents:
    """A calendar that was read; where events have no page of their own, the file itself is one."""
    own = (Link(url),) if content.is_page else ()
    return Contents((*content.links, *own), language=_language(_titles(content.links)))


def page_language(body: bytes, content_type: str | None) -> str | None:
    """Language of a page's visible text."""
    soup = soup_of(body, content_type)
    for tag in soup(["script", "style", "noscript"]):
        tag.decompose()
    declared = soup.html.get("lang") if soup.html is not None else None
    return detect_language(soup.get_text(" ", strip=True), str(declared) if declared else None)


@dataclass(frozen=True, slots=True)
class HomeFacts:
    """What a home page says of the site."""

    name: str | None
    languages: tuple[str, ...]
    """ISO 639-1 codes: that of its text first, then those of its versions in other languages."""


def home_facts(body: bytes, content_type: str | None) -> HomeFacts:
    """Name and languages of a site, from its home page."""
    soup = soup_of(body, content_type)
    stated = soup.select_one('meta[property="og:site_name"][content]')
    title = soup.title.get_text(" ", strip=True) if soup.title is not None else ""
    name = " ".join(str(stated["content"] if stated is not None else title).split())
    versions = (
        language_code(str(a["hreflang"])) for a in soup.select("link[hreflang], a[hreflang]")
    )
    codes = [page_language(body, content_type), *versions]
    return HomeFacts(name or None, tuple(dict.fromkeys(code for code in codes if code)))


def _titles(links: Sequence[Link]) -> list[str]:
    return [link.title for link in links[:SAMPLE] if link.title]


def _language(texts: Sequence[str]) -> str | None:
    text = " \n".join(texts)
    return detect_language(text) if text.strip() else None


def _entry_text(entry: Any) -> str:
    """The longest of an entry's texts, without markup."""
    candidates = [str(entry.get("summary") or "")]
    candidates += [str(content.get("value") or "") for content in entry.get("content", ())]
    return max((" ".join(unescape(_TAG.sub(" ", text)).split()) for text in candidates), key=len)


def _extent(texts: Sequence[str]) -> Extent | None:
    if not texts:
        return None
    length = median(map(len, texts))
    if length >= FULL_TEXT:
        return "full text"
    return "teasers" if length else "titles"
