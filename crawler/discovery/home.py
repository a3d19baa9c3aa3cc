"""The feeds and lists of a home page, for a source without configured entry points. Pure.

Its links to news are read like those of any listing page (`crawler.discovery.listings.reader`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from crawler.discovery.listings.entry_sections import entry_sections
from crawler.discovery.listings.sections import called_sections, is_in_section, news_sections
from crawler.discovery.listings.soup import ParsedPage
from indexer.frontier.port import Link
from indexer.records.urls import canonical, identity

NAMED_SECTIONS = 10
"""Most lists of a home page that are read for their labels."""
OTHER_SECTIONS = 2
"""Most beside them that are read because the home page has entries of them."""

_FEED_TYPES = re.compile(r"application/(?:(?:rss|atom|rdf)\+xml|feed\+json)", re.IGNORECASE)
_JSON = re.compile(r"application/json(?:;|$)", re.IGNORECASE)
_JSON_FEED = re.compile(r"/feed(?:\.json|/json/?)$|[?&]feed=json\b", re.IGNORECASE)
"""The plain JSON type is used for feeds and other interfaces: the address decides."""
_FEED_PATH = re.compile(
    r"(?:^|/)(?:rss|feed|atom|[\w-]*[-_](?:rss|feed))(?:/|\.(?:xml|rss|php|rdf|aspx))?$|\.rss$|/index\.rdf$",
    re.IGNORECASE,
)
LINKED_FEEDS = 2
"""Feeds that are tried where a page announces none."""
_COMMENTS = re.compile(r"/comments?/|[?&]comments?\b|comments?[-_]?(?:feed|rss)", re.IGNORECASE)


def announced_feeds(page: ParsedPage, is_owned: Callable[[str], bool]) -> tuple[str, ...]:
    """Addresses of the news feeds that the page announces in its head; not those of comments."""
    found: dict[str, None] = {}
    for link in page.soup.select("link[rel~=alternate][type][href]"):
        feed = canonical(str(link["href"]), page.base)
        if (
            feed is not None
            and _is_feed(str(link["type"]), feed)
            and is_owned(feed)
            and not _COMMENTS.search(feed)
        ):
            found[feed] = None
    return tuple(found)


def linked_feeds(page: ParsedPage, is_owned: Callable[[str], bool]) -> tuple[str, ...]:
    """Addresses that links of a page lead to and that are named like feeds of news; what is there
    may also be a page about them.
    """
    found: dict[str, str] = {}
    for anchor in page.soup.find_all("a", href=_FEED_PATH):
        feed = canonical(str(anchor["href"]), page.base)
        if feed is not None and is_owned(feed) and not _COMMENTS.search(feed):
            found.setdefault(identity(feed), feed)
    return tuple(found.values())[:LINKED_FEEDS]


@dataclass(frozen=True, slots=True)
class HomeLists:
    """Addresses of the lists of a home page."""

    named: tuple[str, ...]
    """Those with such a label."""
    called: tuple[str, ...]
    """Without them: those whose address is such a label."""
    others: tuple[str, ...]
    """Besides those with a label: lists of which it has entries: news, but also services and
    members.
    """


def lists_of(
    page: ParsedPage,
    links: Iterable[Link],
    words: frozenset[str],
    is_owned: Callable[[str], bool],
    *,
    fronts: Sequence[str],
) -> HomeLists:
    """The lists of a home page; `links`: its entries, `words`: labels of such lists, `fronts`: its
    home pages in other languages, which are none.
    """
    named = news_sections(page, words, is_owned)[:NAMED_SECTIONS]
    called = () if named else called_sections(page, words, is_owned)[:NAMED_SECTIONS]
    known = {*map(identity, (*named, *fronts))}
    others = (url for url in entry_sections(page, links, is_owned) if identity(url) not in known)
    return HomeLists(named, called, tuple(islice(others, OTHER_SECTIONS)))


def titled_if_news(links: Iterable[Link], words: frozenset[str]) -> tuple[Link, ...]:
    """Links without the titles of those that have no day and stand in no folder of news (`words`):
    a page is taken for news if lists call it by its title, and this list may be one of services,
    members, products.
    """
    return tuple(
        link
        if link.published is not None or is_in_section(link.url, words)
        else replace(link, title=None)
        for link in links
    )


def _is_feed(kind: str, address: str) -> bool:
    return _FEED_TYPES.match(kind) is not None or (
        _JSON.match(kind) is not None and _JSON_FEED.search(address) is not None
    )
