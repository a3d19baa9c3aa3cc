"""Summaries of discovery documents: number of items, their dates, language and text. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Literal

from bs4 import BeautifulSoup

from crawler.discovery.calendars import CalendarContent
from crawler.discovery.feed_dates import parse_instant
from crawler.discovery.feeds import FULL_TEXT, read_feed
from crawler.discovery.list_page import ListPage
from crawler.discovery.listings.soup import soup_of
from crawler.discovery.sitemaps import SitemapContent
from crawler.parsers.language import detect_language, language_code
from indexer.frontier.port import Link

_SEPARATOR = re.compile(r"\s*[|»›•·]\s*|\s+[-–—]\s+|:\s+")
"""Between the parts of a window's title."""
SAMPLE = 50
"""Entries whose texts are inspected."""

Extent = Literal["full text", "teasers", "titles"]


@dataclass(frozen=True, slots=True)
class ContentSummary:
    """What a discovery document contains."""

    links: tuple[Link, ...]
    files: int = 0
    """Further files of a sitemap index."""
    language: str | None = None
    """ISO 639-1 code of titles and texts; None: too little text."""
    extent: Extent | None = None
    """How much of each article a feed contains; None: no feed, or no entries."""
    window: str | None = None
    """Title of a list's window."""
    goes_on: bool = False
    """A list or feed has further pages, or parts by year or month."""

    @property
    def items(self) -> int:
        """Links, or files of an index."""
        return len(self.links) + self.files

    @property
    def span(self) -> tuple[date, date] | None:
        """The oldest and the newest day of its items; None: they state none."""
        instants = (parse_instant(link.published) or link.lastmod for link in self.links)
        days = [instant.date() for instant in instants if instant is not None]
        return (min(days), max(days)) if days else None


def summarise_feed(body: bytes, url: str, content_type: str | None) -> ContentSummary:
    """Summarise a feed; raises ParseError as `read_feed` does."""
    feed = read_feed(body, url, content_type)
    links, texts = feed.links, feed.texts[:SAMPLE]
    language = _language([*_titles(links), *texts])
    goes_on = feed.older is not None
    return ContentSummary(links, language=language, extent=_extent(texts), goes_on=goes_on)


def summarise_sitemap(content: SitemapContent) -> ContentSummary:
    """Summarise a sitemap."""
    return ContentSummary(content.links, len(content.children), _language(_titles(content.links)))


def summarise_listing(content: ListPage, body: bytes, content_type: str | None) -> ContentSummary:
    """Summarise a listing or home page; its language is that of the headlines, else of the page."""
    language = _language(_titles(content.links)) or page_language(body, content_type)
    window = _window(soup_of(body, content_type))
    goes_on = content.next is not None or bool(content.parts)
    return ContentSummary(content.links, language=language, window=window, goes_on=goes_on)


def summarise_api_page(content: ListPage) -> ContentSummary:
    """Summarise a response of a JSON API."""
    return ContentSummary(content.links, language=_language(_titles(content.links)))


def summarise_calendar(content: CalendarContent, url: str) -> ContentSummary:
    """Summarise a calendar; if events have no page of their own, the file itself is a link."""
    own = (Link(url),) if content.is_page else ()
    return ContentSummary((*content.links, *own), language=_language(_titles(content.links)))


def page_language(body: bytes, content_type: str | None) -> str | None:
    """Language of a page's visible text."""
    soup = soup_of(body, content_type)
    for tag in soup(["script", "style", "noscript"]):
        tag.decompose()
    declared = soup.html.get("lang") if soup.html is not None else None
    return detect_language(soup.get_text(" ", strip=True), str(declared) if declared else None)


@dataclass(frozen=True, slots=True)
class HomeFacts:
    """What a home page states about the site."""

    name: str | None
    languages: tuple[str, ...]
    """ISO 639-1 codes: the language of its text, then those of its translations."""


def summarise_home_page(body: bytes, content_type: str | None) -> HomeFacts:
    """Name and languages of a site, from its home page."""
    soup = soup_of(body, content_type)
    stated = soup.select_one('meta[property="og:site_name"][content]')
    name = " ".join(str(stated["content"]).split()) if stated is not None else _window(soup)
    versions = (
        language_code(str(a["hreflang"])) for a in soup.select("link[hreflang], a[hreflang]")
    )
    codes = [page_language(body, content_type), *versions]
    return HomeFacts(name or None, tuple(dict.fromkeys(code for code in codes if code)))


def site_name(called: str | None, others: Iterable[str]) -> str | None:
    """The name of a site among what its home page is called: that end of it which other pages of
    the site end or begin with, too (`Welcome – Agency of Mines`, `News – Agency of Mines`).
    """
    titles = {*others}
    if called is None or called in titles:
        return called
    shared = {end for title in titles for end in _ends(title)}
    return max((end for end in _ends(called) if end in shared), key=len, default=called)


def _ends(title: str) -> tuple[str, ...]:
    """The first and the last part of a title that has several."""
    parts = _SEPARATOR.split(title)
    return (parts[0], parts[-1]) if len(parts) > 1 else ()


def _window(soup: BeautifulSoup) -> str | None:
    title = soup.title.get_text(" ", strip=True) if soup.title is not None else ""
    return " ".join(title.split()) or None


def _titles(links: Sequence[Link]) -> list[str]:
    return [link.title for link in links[:SAMPLE] if link.title]


def _language(texts: Sequence[str]) -> str | None:
    text = " \n".join(texts)
    return detect_language(text) if text.strip() else None


def _extent(texts: Sequence[str]) -> Extent | None:
    if not texts:
        return None
    length = median(map(len, texts))
    if length >= FULL_TEXT:
        return "full text"
    return "teasers" if length else "titles"
