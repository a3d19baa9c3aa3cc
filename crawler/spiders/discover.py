"""Discovery of one source: its feeds, sitemaps, listings, calendars and APIs, or its home page, to
links.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from crawler.discovery.calendars import CalendarContent, read_calendar_links
from crawler.discovery.feeds import FeedArticle, read_feed
from crawler.discovery.listing_words import ListingWords
from crawler.scrapy_settings import MEBIBYTE
from crawler.spiders.documents import Documents
from crawler.spiders.fetch import FetchedResponse, with_own_validators
from crawler.spiders.found_links import FoundLinks
from crawler.spiders.offloader import Offloader
from crawler.spiders.pagination import LISTING_BYTES, Walks
from crawler.spiders.sitemap_files import SitemapFiles
from crawler.spiders.source_run import CrawlProgress, SourceRun
from indexer.frontier.port import Link, Response
from indexer.records.source import Api, Calendar, Entry, Feed, Listing, Sitemap
from indexer.records.urls import canonical, identity

if TYPE_CHECKING:
    from crawler.discovery.listings.reader import ListingReader

FEED_BYTES = 2 * MEBIBYTE
"""Bytes of a feed or calendar that is read; one of a hundred whole articles takes half of it."""


class Discovery:
    """Finds the links of one source."""

    def __init__(
        self,
        run: SourceRun,
        words: ListingWords,
        offloader: Offloader,
        *,
        until: float,
        now: datetime,
        progress: Callable[[CrawlProgress], None] | None,
    ) -> None:
        """`until`: the instant (`time.monotonic`) after which no further document is asked for."""
        self._run = run
        self._words = words
        self._documents = Documents(run, offloader, until=until)
        self.found = FoundLinks(run, now)
        self._walks = Walks(run, self._documents, self.found, lambda: self._listings, progress)
        self._sitemaps = SitemapFiles(run, self._documents, self.found)

    # Reading listings loads beautifulsoup4 (8 MB): a crawl of feeds and sitemaps does without.

    @cached_property
    def _listings(self) -> ListingReader:
        from crawler.discovery.listings.reader import ListingReader  # noqa: PLC0415  # see above

        return ListingReader(self._words, self._run.owns)

    async def run(self) -> None:
        """Read all entry points; what fails is told, the rest goes on."""
        source = self._run.source
        entries = source.discovery
        starts = [source.url, *(e.address if isinstance(e, Api) else e.url for e in entries)]
        urls = (canonical(start) for start in starts)
        self._run.discovery_urls.update(identity(url) for url in urls if url is not None)
        if self._run.task.feeds:
            for feed in self._run.task.feeds:
                await self._feed(feed)
            return
        for entry in entries:
            await self._entry(entry)
        if not entries:
            await self._home()

    async def _entry(self, entry: Entry) -> None:
        match entry:
            case Feed():
                await self._feed(entry.url)
            case Calendar():
                await self._calendar(entry.url)
            case Sitemap():
                await self._sitemaps.read(entry.url)
            case Listing():
                await self._walks.listing(entry)
            case Api():
                await self._walks.api(entry)

    async def _home(self) -> None:
        """The home page's feeds and links, and the sitemaps of robots.txt."""
        url = self._run.source.url
        if self._run.task.backfill is not None:
            await self._walks.listing(Listing(url))
        else:
            # Unconditional: an unchanged home page would not tell its feeds again.
            fetched = await self._documents.read(
                url, self._read_home, largest=LISTING_BYTES, conditional=False, keep=False
            )
            if fetched is not None:
                feeds, links = fetched[1]
                self.found.take(links)
                for feed in feeds:
                    await self._feed(feed)
        for sitemap in self._robots_sitemaps():
            await self._sitemaps.read(sitemap)

    def _read_home(self, response: Response) -> tuple[tuple[str, ...], tuple[Link, ...]]:
        from crawler.discovery.home import announced_feeds  # noqa: PLC0415  # see above

        kind = response.headers.get("content-type")
        feeds = announced_feeds(response.body, response.final_url, kind, self._run.owns)
        return feeds, self._listings.read(response.body, response.final_url, kind).links

    def _robots_sitemaps(self) -> list[str]:
        url = canonical(self._run.source.url)
        if url is None:
            return []
        site = self._run.fetcher.site_of(url, self._run.fetch_context())
        lines = site.robots.sitemaps if site.robots is not None else ()
        found = [canonical(line, url) for line in lines]
        return [s for s in dict.fromkeys(found) if s is not None and self._run.owns(s)]

    async def _feed(self, url: str) -> None:
        if self._run.task.backfill is not None:
            self._run.discovery_worked = True
            return  # it tells of the last days only
        fetched = await self._documents.read(url, self._read_feed, largest=FEED_BYTES)
        if fetched is not None:
            links, articles = fetched[1]
            self._run.feed_articles.update((identity(at), a) for at, a in articles.items())
            self._run.frontier.record_feed(self._run.source.id, canonical(url) or url, links)
            self.found.take(links)

    def _read_feed(self, response: Response) -> tuple[tuple[Link, ...], Mapping[str, FeedArticle]]:
        """Links, and for pages that may need a browser the articles that spare it."""
        feed = read_feed(response.body, response.final_url, response.headers.get("content-type"))
        return feed.links, feed.articles if self._run.source.render == "auto" else {}

    async def _calendar(self, url: str) -> None:
        """The pages of a calendar's events; where some have none, the calendar is a page too."""
        if self._run.task.backfill is not None:
            self._run.discovery_worked = True
            return  # it was read whole by the nightly runs
        fetched = await self._documents.read(url, self._read_calendar, largest=FEED_BYTES)
        if fetched is not None:
            answer, content = fetched
            self.found.take(content.links)
            if content.is_page:
                self._keep_as_page(answer)

    def _read_calendar(self, response: Response) -> CalendarContent:
        kind = response.headers.get("content-type")
        return read_calendar_links(response.body, response.final_url, kind, self._run.owns)

    def _keep_as_page(self, fetched: FetchedResponse) -> None:
        """The answer is a page as well: it was fetched once, and is read from the archive."""
        run = self._run
        url = fetched.response.url
        if not run.taken(url):
            run.fetcher.claimed_pages.add(identity(url))
            response = with_own_validators(fetched.response)
            run.frontier.record_fetch(run.source.id, response, fetched.position)
            run.journal.told()
