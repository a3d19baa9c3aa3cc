"""The lists and feeds that pages of a source lead to: what an operator may have forgotten. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.records.errors import ParseError
from indexer.records.source import Source
from indexer.records.unasked import Way, unasked
from indexer.records.urls import identity, is_home, owns

if TYPE_CHECKING:
    from crawler.discovery.listings.soup import ParsedPage

# Reading them loads beautifulsoup4 (8 MB): a run names the function, and workers call it.

_NO_LIST = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|zip|xml|rss|atom|ics)$|/(?:feed|rss|atom)/?$", re.IGNORECASE
)
"""Files and feeds, which menus call by the same words."""
MOST_LISTS, MOST_FEEDS = 10, 5
"""Of one source; a menu of a larger site has more than anybody reads."""


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A page as it was fetched."""

    body: bytes
    url: str
    content_type: str | None


@dataclass(frozen=True, slots=True)
class PagesOfSource:
    """Pages that are looked at for what they lead to."""

    source: Source
    labels: frozenset[str]
    """What lists of news and events are called, in all languages."""
    pages: tuple[LookedAt, ...]


def find_ways(given: PagesOfSource, _: object = None) -> tuple[Way, ...] | None:
    """The lists with such labels, and the announced feeds, that the source could name; None where
    no page could be read.
    """
    from crawler.discovery.home import announced_feeds, lists_of  # noqa: PLC0415  # see above

    pages = [*_parsed(given.pages)]
    if not pages:
        return None

    def owned(url: str) -> bool:
        return owns(given.source, url)

    lists: dict[str, None] = {}
    feeds: Counter[str] = Counter()
    announcing = 0
    for page in pages:
        found = lists_of(page, (), given.labels, owned, fronts=())
        lists |= dict.fromkeys((*found.named, *found.called))
        announced = [f for f in announced_feeds(page, owned) if not _is_of_page(f, page.url)]
        feeds.update(announced)
        announcing += bool(announced)
    # One that a single page announces is of an author, a subject or its comments.
    common = (feed for feed, pages_of in feeds.items() if pages_of >= min(2, announcing))
    ways = (Way("listing", url) for url in lists if not _NO_LIST.search(url.partition("?")[0]))
    listings = unasked(given.source, ways)[:MOST_LISTS]
    return (*listings, *unasked(given.source, (Way("feed", url) for url in common))[:MOST_FEEDS])


def _is_of_page(feed: str, url: str) -> bool:
    """Whether it stands below a page: that of its comments (`/tin/feed/` of WordPress)."""
    return not is_home(url) and identity(feed).startswith(f"{identity(url).rstrip('/')}/")


def _parsed(pages: tuple[LookedAt, ...]) -> Iterator[ParsedPage]:
    from crawler.discovery.listings.soup import ParsedPage  # noqa: PLC0415  # see above

    for page in pages:
        try:
            yield ParsedPage.from_bytes(page.body, page.url, page.content_type)
        except ParseError:
            continue
