"""Discovery of one source: its feeds, sitemaps and listings, or its home page, to links.

A listing is read to its end before the frontier is told of its links, and only then are its
validators kept: a run killed in the middle would else leave links that stop the next run's paging
in front of pages that nobody has read.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from urllib.parse import urlsplit

from crawler.discovery.feeds import feed_links
from crawler.discovery.home import announced_feeds
from crawler.discovery.listings import ListingContent, ListingReader
from crawler.discovery.sitemaps import ChildSitemap, SitemapContent, read_sitemap
from crawler.discovery.words import ListingWords
from crawler.frontier import KnownAddress, Link, Response
from crawler.scrapy_settings import MAX_BODY, MEBIBYTE
from crawler.spiders.aside import Aside
from crawler.spiders.fetch import Answer, Failure, refused_answer, with_own_validators
from crawler.spiders.source_run import SourceRun
from crawler.urls import canonical, identity, is_home
from indexer.errors import ParseError
from indexer.outcome import Outcome
from indexer.source import Feed, Listing, Sitemap

LISTING_PAGES = 50
"""Pages of one listing that are turned in one run, at most."""
SITEMAP_FILES = 50
"""Files below one sitemap index that are read in one run, at most: the newest ones."""
SITEMAP_DEPTH = 3
"""Indexes of indexes; the protocol knows one level."""
FEED_BYTES = 2 * MEBIBYTE
"""Bytes of a feed that is read; one of a hundred whole articles takes half of it."""
LISTING_BYTES = 3 * MEBIBYTE
"""Bytes of a listing or home page that is read."""

logger = logging.getLogger(__name__)


class Discovery:
    """Finds the links of one source."""

    def __init__(self, run: SourceRun, words: ListingWords, aside: Aside, *, until: float) -> None:
        """`until`: the instant (`time.monotonic`) after which no further document is asked for."""
        self._run = run
        self._aside = aside
        self._until = until
        self._reader = ListingReader(words, run.owns)
        self.new: dict[str, Link] = {}
        """Links to pages that were never fetched, by identity, in the order of their finding."""
        self.changed: dict[str, Link] = {}
        """Links to fetched pages that are said to have changed since."""
        self._seen: set[str] = set()

    async def run(self) -> None:
        """Read all entry points; what fails is told, the rest goes on."""
        entries = self._run.source.discovery
        starts = [self._run.source.url, *(entry.url for entry in entries)]
        urls = (canonical(start) for start in starts)
        self._run.discovery_urls.update(identity(url) for url in urls if url is not None)
        if self._run.task.feeds:
            for feed in self._run.task.feeds:
                await self._feed(feed)
            return
        for entry in entries:
            if isinstance(entry, Feed):
                await self._feed(entry.url)
            elif isinstance(entry, Sitemap):
                await self._sitemap(entry.url)
            else:
                await self._listing(entry)
        if not entries:
            await self._home()

    # -- entry points

    async def _home(self) -> None:
        """The home page's feeds and links, and the sitemaps of robots.txt."""
        url = self._run.source.url
        # Unconditional: an unchanged home page would not tell its feeds again.
        got = await self._document(url, largest=LISTING_BYTES, conditional=False)
        if got is not None:
            try:
                feeds, links = await self._aside.call(partial(self._read_home, got.response))
            except ParseError as error:
                self._unreadable(url, got, error)
            else:
                self._told(url, got, keep=False)
                self._take(links)
                for feed in feeds:
                    await self._feed(feed)
        for sitemap in self._robots_sitemaps():
            await self._sitemap(sitemap)

    def _read_home(self, response: Response) -> tuple[tuple[str, ...], tuple[Link, ...]]:
        kind = response.headers.get("content-type")
        feeds = announced_feeds(response.body, response.final_url, kind, self._run.owns)
        return feeds, self._reader.read(response.body, response.final_url, kind).links

    def _robots_sitemaps(self) -> list[str]:
        url = canonical(self._run.source.url)
        if url is None:
            return []
        place = self._run.fetcher.site_of(url, self._run.errand())
        lines = place.robots.sitemaps if place.robots is not None else ()
        found = [canonical(line, url) for line in lines]
        return [s for s in dict.fromkeys(found) if s is not None and self._run.owns(s)]

    async def _feed(self, url: str) -> None:
        got = await self._document(url, largest=FEED_BYTES)
        if got is None:
            return
        response = got.response
        kind = response.headers.get("content-type")
        try:
            links = await self._aside.call(
                partial(feed_links, response.body, response.final_url, kind)
            )
        except ParseError as error:
            self._unreadable(url, got, error)
            return
        self._told(url, got)
        self._run.frontier.feed_read(self._run.source.id, canonical(url) or url, links)
        self._take(links)

    async def _sitemap(self, url: str) -> None:
        """A sitemap, and what an index lists: the newest files first."""
        waiting = [(url, 0)]
        asked: set[str] = set()
        while waiting and len(asked) < SITEMAP_FILES:
            current, depth = waiting.pop(0)
            if current in asked:
                continue
            asked.add(current)
            content = await self._sitemap_file(current)
            if content is None or depth >= SITEMAP_DEPTH:
                continue
            children = [
                c for c in content.children if self._run.owns(c.url) and not self._read_since(c)
            ]
            children.sort(key=lambda c: c.lastmod.timestamp() if c.lastmod else 0.0, reverse=True)
            waiting.extend((child.url, depth + 1) for child in children)

    async def _sitemap_file(self, url: str) -> SitemapContent | None:
        got = await self._document(url, largest=MAX_BODY)
        if got is None:
            return None
        response = got.response
        try:
            content = await self._aside.call(
                partial(read_sitemap, response.body, response.final_url)
            )
        except ParseError as error:
            self._unreadable(url, got, error)
            return None
        # An index is always asked for whole: unchanged, it would not tell its files again.
        self._told(url, got, keep=not content.children)
        self._take(content.links)
        if content.complete and not response.truncated:
            pages = [self._under_known_scheme(link).url for link in content.links]
            self._run.frontier.listed(self._run.source.id, canonical(url) or url, pages)
        return content

    def _read_since(self, file: ChildSitemap) -> bool:
        """Whether the index says that a file has not changed since it was read."""
        known = self._run.frontier.known(self._run.source.id, file.url)
        if known is None or known.last_fetch is None or file.lastmod is None:
            return False
        # A day stands for its beginning: a file that changed on the day of its reading counts as changed.
        return file.lastmod + timedelta(days=1) < known.last_fetch

    async def _listing(self, listing: Listing) -> None:
        """A listing, page by page, until a page holds nothing new."""
        start = canonical(listing.url) or listing.url
        known = self._run.frontier.known(self._run.source.id, start)
        read_before = known is not None and known.last_fetch is not None
        url: str | None = start
        first: Answer | None = None
        found: dict[str, Link] = {}
        turned: set[str] = set()
        complete = True
        while url is not None and len(turned) < LISTING_PAGES:
            turned.add(identity(url))
            got = await self._document(url, largest=LISTING_BYTES, conditional=url == start)
            if got is None:
                complete = False
                break
            first = first or got
            try:
                content = await self._aside.call(partial(self._read_listing, got.response, listing))
            except ParseError as error:
                self._unreadable(url, got, error)
                complete = False
                break
            self._told(url, got, keep=False)
            fresh = [link for link in content.links if identity(link.url) not in found]
            found.update((identity(link.url), link) for link in fresh)
            if not fresh or (read_before and all(map(self._is_known, fresh))):
                break
            if self._enough(found):
                complete = content.next is None
                break
            url = content.next if content.next and identity(content.next) not in turned else None
        self._take(found.values())
        if complete and first is not None:
            self._keep_validators(start, first)

    def _read_listing(self, response: Response, listing: Listing) -> ListingContent:
        return self._reader.read(
            response.body,
            response.final_url,
            response.headers.get("content-type"),
            links=listing.links,
            next_page=listing.next,
        )

    def _enough(self, found: dict[str, Link]) -> bool:
        """Whether a listing has given more new pages than this run may ask for."""
        new = sum(not self._is_known(link) for link in found.values())
        return new >= self._run.task.budget

    def _is_known(self, link: Link) -> bool:
        return self._run.frontier.known(self._run.source.id, link.url) is not None

    # -- documents

    async def _document(self, url: str, *, largest: int, conditional: bool = True) -> Answer | None:
        """Ask for a discovery document of at most `largest` bytes.

        None if there is none to read, which has been told.
        """
        address = canonical(url)
        if address is None:
            self._fail(url, Failure(Outcome.REFUSED, "no usable address"))
            return None
        if self._out_of_time(address):
            return None
        self._run.discovery_urls.add(identity(address))
        errand = self._run.discovery_errand(conditional=conditional)
        got = await self._run.fetcher.fetch(address, errand)
        failure = got if isinstance(got, Failure) else _no_document(got, largest)
        if failure is not None:
            self._fail(address, failure)
            return None
        if isinstance(got, Answer) and got.response.status == 304:
            self._run.discovery_worked = True
            self._run.frontier.discovery(
                self._run.source.id, address, Outcome.NOT_MODIFIED, position=got.position
            )
            self._run.journal.told()
            return None
        if isinstance(got, Answer):
            # Told before it is read, which lets other sources go on: the archive's end only grows.
            self._run.frontier.discovery(
                self._run.source.id, address, Outcome.FETCHED, position=got.position
            )
            return got
        return None

    def _out_of_time(self, url: str) -> bool:
        if time.monotonic() < self._until:
            return False
        logger.warning("discovery_out_of_time %s %s", self._run.source.id, url)
        return True

    def _keep_validators(self, url: str, got: Answer) -> None:
        """A listing was read to its end: from now on its first page may be asked conditionally."""
        if not got.response.truncated:
            self._run.frontier.discovery(
                self._run.source.id,
                url,
                Outcome.FETCHED,
                response=with_own_validators(got.response),
            )

    def _told(self, url: str, got: Answer, *, keep: bool = True) -> None:
        """A document was read; with `keep` its validators are, unless it was cut off."""
        self._run.discovery_worked = True
        whole = keep and not got.response.truncated
        self._run.frontier.discovery(
            self._run.source.id,
            canonical(url) or url,
            Outcome.FETCHED,
            "cut off" if got.response.truncated else None,
            response=with_own_validators(got.response) if whole else None,
        )

    def _unreadable(self, url: str, got: Answer, error: ParseError) -> None:
        self._fail(
            canonical(url) or url,
            Failure(Outcome.REFUSED, error.args[0], got.response.status),
        )

    def _fail(self, url: str, failure: Failure) -> None:
        run = self._run
        run.discovery_failures.append((url, failure.outcome, failure.reason))
        logger.warning("discovery_failed %s %s %s", run.source.id, url, failure.reason)
        if failure.asked:
            run.frontier.discovery(
                run.source.id, url, failure.outcome, failure.reason, position=failure.position
            )
            run.journal.told()

    # -- links

    def _take(self, links: Iterable[Link]) -> None:
        """Keep links to pages of the source, and tell the frontier of them."""
        run = self._run
        for found in links:
            key = identity(found.url)
            if key in self._seen or key in run.discovery_urls or not run.owns(found.url):
                continue
            if is_home(found.url):
                continue
            self._seen.add(key)
            link = self._under_known_scheme(found)
            known = run.frontier.known(run.source.id, link.url)
            if known is None or known.last_fetch is None:
                self.new[key] = link
            elif _is_newer(link, known):
                self.changed[key] = link
            if known is None or link.lastmod is not None:
                run.frontier.see(run.source.id, link)
        run.journal.told()

    def _under_known_scheme(self, link: Link) -> Link:
        """A page known by its http address stays under it when it is listed with https."""
        run = self._run
        if run.frontier.known(run.source.id, link.url) is not None:
            return link
        parts = urlsplit(link.url)
        twin = parts._replace(scheme="https" if parts.scheme == "http" else "http").geturl()
        if parts.port is not None or run.frontier.known(run.source.id, twin) is None:
            return link
        return replace(link, url=twin)


def _no_document(got: Answer, largest: int) -> Failure | None:
    """Why an answer is no document that is read."""
    response = got.response
    failure = refused_answer(got)
    if failure is None and len(response.body) > largest:
        reason = f"larger than {largest} bytes"
        return Failure(Outcome.REFUSED, reason, response.status, got.position)
    return failure


def _is_newer(link: Link, known: KnownAddress) -> bool:
    """Whether the page is said to have changed since it was fetched."""
    before = known.lastmod or known.last_fetch
    return link.lastmod is not None and before is not None and link.lastmod > before
