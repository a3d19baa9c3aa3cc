"""Discovery of one source: from its entry points, or its home page, to links."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from crawler.discovery.calendars import CalendarContent, read_calendar_links
from crawler.discovery.feeds import FeedContent, read_feed
from crawler.discovery.list_page import ListPage
from crawler.discovery.listing_words import ListingWords
from crawler.scrapy_settings import MEBIBYTE
from crawler.spiders.fetch import FetchedResponse, with_own_validators
from crawler.spiders.offloader import Offloader
from crawler.spiders.source_discovery.documents import DiscoveryDocuments
from crawler.spiders.source_discovery.found_links import FoundLinks
from crawler.spiders.source_discovery.pagination import LISTING_BYTES, PagedLists
from crawler.spiders.source_discovery.sitemap_files import SitemapFiles
from crawler.spiders.source_run import CrawlProgress, SourceRun
from indexer.frontier.port import NO_LIST, Link, Response, UnreadFailure
from indexer.records.source import Api, Calendar, EntryPoint, Feed, Listing, Sitemap
from indexer.records.urls import canonical, identity

if TYPE_CHECKING:
    from crawler.discovery.listings.reader import ListingReader

FEED_BYTES = 2 * MEBIBYTE
"""Largest feed or calendar in bytes; a feed of a hundred whole articles takes half of it."""
MENU_TRIALS = 12
"""Pages of menus that a run tries, so that all of them (`menu_links.MOST`) are within two."""
MENU_LISTS = 12
"""Most lists of menus that a run reads besides."""
HOME_PARTS = 3
"""Parts by year or month that are read of a home page that is the list itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _HomePage:
    """What a home page leads to."""

    links: tuple[Link, ...]
    sections: tuple[str, ...]
    """Addresses of lists of news and events; of a home page that is the list itself, its next
    page.
    """
    fronts: tuple[str, ...]
    """Addresses of the home page in other languages of the source."""
    feeds: tuple[str, ...] = ()
    """Addresses of feeds that it announces."""
    linked_feeds: tuple[str, ...] = ()
    """Without them: those that may be some."""
    unnamed: tuple[str, ...] = ()
    """Beside lists that are known by their labels: others that it has entries of."""
    stand_ins: tuple[str, ...] = ()
    """Without links: addresses of what it shows in frames, or leads to by itself."""
    menu: tuple[str, ...] = ()
    """Addresses that its menus lead to, whatever their labels."""
    is_list: bool = False
    """It leads to no lists of news, so that what is new stands on it itself."""
    knows_labels: bool = False
    """Lists are known by their labels, so that few of the menu are further ones."""


class SourceDiscovery:
    """Finds the links of one source."""

    def __init__(
        self,
        run: SourceRun,
        words: ListingWords,
        offloader: Offloader,
        *,
        until: float,
        now: datetime,
        progress: Callable[[CrawlProgress], None],
    ) -> None:
        """`until`: the instant (`time.monotonic`) after which no document is requested."""
        self._run = run
        self._words = words
        self._documents = DiscoveryDocuments(run, offloader, until=until)
        self.found = FoundLinks(run, now)
        self._paged_lists = PagedLists(
            run, self._documents, self.found, lambda: self._listings, progress
        )
        self._sitemaps = SitemapFiles(run, self._documents, self.found, now)

    # Reading listings loads beautifulsoup4 (8 MB), which a crawl of feeds and sitemaps needs not.

    @cached_property
    def _listings(self) -> ListingReader:
        from crawler.discovery.listings.reader import ListingReader  # noqa: PLC0415  # see above

        return ListingReader(self._words, self._run.owns)

    async def run(self) -> None:
        """Read all entry points; failures are recorded and do not stop the others."""
        source = self._run.source
        entries = source.discovery
        starts = [source.url, *(e.address if isinstance(e, Api) else e.url for e in entries)]
        urls = (canonical(start) for start in starts)
        self._run.discovery_urls.update(identity(url) for url in urls if url is not None)
        if self._run.task.feeds:
            for feed in self._run.task.feeds:
                await self._read_feed(feed)
            return
        for entry in entries:
            await self._read_entry_point(entry)
        if not entries:
            await self._read_home_page()
        elif source.sections and self._run.discovery_worked and self._run.is_for_news:
            await self._read_sections()

    async def _read_entry_point(self, entry: EntryPoint) -> None:
        match entry:
            case Feed():
                await self._read_feed(entry.url)
            case Calendar():
                await self._read_calendar(entry.url)
            case Sitemap():
                await self._sitemaps.read(entry.url)
            case Listing():
                await self._paged_lists.listing(entry)
            case Api():
                await self._paged_lists.api(entry)

    async def _read_home_page(self) -> None:
        """Read the home page, that in the other languages of the source, and the sitemaps in
        robots.txt.
        """
        read = {identity(canonical(self._run.source.url) or self._run.source.url)}
        await self._read_other_fronts(await self._read_front(self._run.source.url, read), read)
        for sitemap in self._robots_sitemaps():
            await self._sitemaps.read(sitemap)

    async def _read_sections(self) -> None:
        """Read the lists that the home page calls those of news or events, and those that the pages
        of feeds stand below, beside the entry points: feeds have the newest pages alone, and a list
        of news names no events. When one is read for the first time, its pages are none that have
        just come.
        """
        source = self._run.source
        is_first = not self._documents.has_read
        fetched = await self._documents.read(
            source.url,
            self._parse_sections,
            largest=LISTING_BYTES,
            conditional=False,
            save_validators=False,
            trial=True,
        )
        if fetched is None:
            return
        if is_first:  # Entry points that are as they were are not empty.
            self._run.links += 1
        urls = [*(e.url for e in source.listings), *(e.url for e in source.calendars)]
        configured = {identity(canonical(url) or url) for url in urls}
        home = fetched[1]
        self._run.discovery_urls.update(map(identity, home.sections))
        for section in _unread(home.sections, configured):
            with self.found.met(None if self._run.was_read(section) else "late"):
                await self._paged_lists.listing(Listing(section), branches=True)
        await self._read_menu(home, configured)

    def _parse_sections(self, response: Response) -> _HomePage:
        from crawler.discovery.home import (  # noqa: PLC0415  # see above
            NAMED_SECTIONS,
            OTHER_SECTIONS,
        )
        from crawler.discovery.language_fronts import language_fronts  # noqa: PLC0415  # see above
        from crawler.discovery.listings import menu_links as menus  # noqa: PLC0415  # see above
        from crawler.discovery.listings.entry_sections import (  # noqa: PLC0415  # see above
            entry_sections,
        )
        from crawler.discovery.listings.sections import news_sections  # noqa: PLC0415  # see above
        from crawler.discovery.listings.soup import ParsedPage  # noqa: PLC0415  # see above

        owns, kind = self._run.owns, response.headers.get("content-type")
        page = ParsedPage.from_bytes(response.body, response.final_url, kind)
        links = self._listings.read_parsed(page, today=response.fetched_at.date()).links
        named = news_sections(page, self._words.sections, owns)[:NAMED_SECTIONS]
        of_entries = entry_sections(page, map(Link, self.found.addresses), owns)
        languages = self._run.source.languages
        return _HomePage(
            links=links,
            sections=(*named, *of_entries[:OTHER_SECTIONS]),
            fronts=language_fronts(page, languages, owns, self._words.language_names),
            menu=menus.menu_links(page, links, self._words, owns),
            knows_labels=True,
        )

    async def _read_other_fronts(self, fronts: Iterable[str], read: set[str]) -> None:
        """Read the home page in other languages; one that fails is tried again more and more
        rarely.
        """
        frontier, source = self._run.frontier, self._run.source
        home = canonical(source.url) or source.url
        unread = frontier.load_unread(source.id, home)
        for front in fronts:
            before = unread.get(front)
            if before is not None and not before.is_due:
                continue
            await self._read_front(front, read)
            failure = self._documents.failure_of(front)
            if failure is not None:
                frontier.save_unread(source.id, home, {front: failure})
            elif before is not None:
                frontier.delete_unread(source.id, home, [front])

    async def _read_front(
        self, url: str, read: set[str], frames: int = 2, *, trial: bool = False
    ) -> tuple[str, ...]:
        """Read the feeds, links and sections of a home page, but for lists that were `read` before;
        returns those in other languages. `frames`: how far it may lead on to its content; `trial`:
        its failure is none of the source's.
        """
        # Unconditional: "not modified" would not name the feeds and sections again.
        fetched = await self._documents.read(
            url,
            self._parse_home_page,
            largest=LISTING_BYTES,
            conditional=False,
            save_validators=False,
            trial=trial,
        )
        if fetched is None:
            return ()
        home = fetched[1]
        if self._run.task.backfill is None:
            # It shows what is new, but also what is read most, or drawn by lot.
            with self.found.met("aside"):
                self.found.add(home.links)
        else:
            await self._paged_lists.listing(Listing(url))
        for feed in _unread(home.feeds, read):
            await self._read_feed(feed)
        for feed in _unread(home.linked_feeds, read):
            await self._read_feed(feed, trial=True)
        # A page above some of them reads what is below it, but not what is read for itself.
        self._run.discovery_urls.update(map(identity, (*home.sections, *home.unnamed)))
        for section in _unread(home.sections, read):
            await self._paged_lists.listing(Listing(section), branches=True)
        for section in _unread(home.unnamed, read):
            await self._paged_lists.unnamed(section, self._words.sections)
        has_lists = await self._read_menu(home, read)
        if home.is_list and not has_lists:
            self.found.add(home.links)
        fronts = [*home.fronts]
        # Of several frames some may be broken; the only one is all that the source has.
        several = len(home.stand_ins) > 1
        for address in _unread(home.stand_ins, read) if frames else ():
            fronts += await self._read_front(address, read, frames - 1, trial=several)
        return tuple(fronts)

    async def _read_menu(self, home: _HomePage, read: set[str]) -> bool:
        """Read what a menu leads to beside lists that are known by their labels, where it proves to
        be a list; other pages are tried again more and more rarely. What a list has when it is
        first read, days after the others, is no news. Returns whether any is a list.
        """
        frontier, source = self._run.frontier, self._run.source
        start = canonical(source.url) or source.url
        before = frontier.load_unread(source.id, start) if home.menu else {}
        pages = {*map(identity, (*home.fronts, *home.stand_ins))}  # read for themselves
        pages |= read | self._run.discovery_urls
        due = [
            url
            for url in home.menu
            if identity(url) not in pages
            and (url not in before or before[url].is_due)
            and not self.found.holds(url)  # a page that the lists before have named
        ]
        lists = [url for url in due if self._run.was_read(url) and url not in before]
        tried = sorted((url for url in due if url not in lists), key=lambda url: url in before)
        shown = frozenset(identity(link.url) for link in home.links)
        undated = frozenset(identity(link.url) for link in home.links if link.published is None)
        if home.knows_labels:  # what the lists before have named says nothing of another one
            shown |= frozenset(map(identity, self.found.addresses))
            undated = frozenset()
        has_lists = False
        for url in (*lists[:MENU_LISTS], *tried[:MENU_TRIALS]):
            if identity(url) in self._run.discovery_urls:
                continue  # one of those before has led to it
            read.add(identity(url))
            was_list = url in lists
            by_days = home.knows_labels  # a list of services goes on with what the home page shows
            with self.found.met(None if was_list else "late"):
                await self._paged_lists.tried(
                    url,
                    beside=shown,
                    undated=undated,
                    was_list=was_list,
                    by_days=by_days,
                )
            failure = self._documents.failure_of(url)
            if failure is None and url in before:
                frontier.delete_unread(source.id, start, [url])
            if failure is None:
                has_lists = True
                continue
            self._run.discovery_urls.discard(identity(url))  # it may be a page
            if failure.reason == NO_LIST or not was_list:
                told = UnreadFailure(NO_LIST, requested=failure.requested)
                frontier.save_unread(source.id, start, {url: told})
        return has_lists

    def _parse_home_page(self, response: Response) -> _HomePage:
        from crawler.discovery import home  # noqa: PLC0415  # see above
        from crawler.discovery.language_fronts import language_fronts  # noqa: PLC0415  # see above
        from crawler.discovery.listings import menu_links as menus  # noqa: PLC0415  # see above
        from crawler.discovery.listings.sections import news_sections  # noqa: PLC0415  # see above
        from crawler.discovery.listings.soup import ParsedPage  # noqa: PLC0415  # see above
        from crawler.discovery.listings.stand_ins import stand_ins  # noqa: PLC0415  # see above

        owns, kind = self._run.owns, response.headers.get("content-type")
        page = ParsedPage.from_bytes(response.body, response.final_url, kind)
        shown = self._listings.read_parsed(page, today=response.fetched_at.date())
        links, announced = shown.links, home.announced_feeds(page, owns)
        fronts = language_fronts(page, self._run.source.languages, owns, self._words.language_names)
        words = self._words.sections
        lists = home.lists_of(page, links, words, owns, fronts=fronts)
        if lists.named:
            links = home.titled_if_news(links, words)
        # Without sections it is the list itself, with a next page or with parts; with those of
        # events alone it may be the list of news.
        of_news = not lists.named or news_sections(page, self._words.news, owns)
        following = (shown.next,) if shown.next is not None else shown.parts[:HOME_PARTS]
        is_led_on = of_news and (lists.named or lists.others)
        following = following if links and not is_led_on else ()
        sections = (*(lists.named or lists.others), *following, *lists.called)
        are_known = menus.knows_labels(page, self._words, len(lists.named) + len(lists.called))
        stands_alone = links or lists.named or fronts
        return _HomePage(
            links=links,
            sections=sections,
            fronts=fronts,
            feeds=announced,
            linked_feeds=() if announced else home.linked_feeds(page, owns),
            unnamed=lists.others if lists.named else (),
            stand_ins=() if stands_alone else stand_ins(page, owns, is_home=True),
            is_list=not (is_led_on or lists.called or announced),
            menu=menus.menu_links(page, links, self._words, owns),
            knows_labels=are_known,
        )

    def _robots_sitemaps(self) -> list[str]:
        url = canonical(self._run.source.url)
        if url is None:
            return []
        site = self._run.fetcher.site_of(url, self._run.fetch_context())
        lines = site.robots.sitemaps if site.robots is not None else ()
        found = [canonical(line, url) for line in lines]
        return [s for s in dict.fromkeys(found) if s is not None and self._run.owns(s)]

    async def _read_feed(self, url: str, *, trial: bool = False) -> None:
        """Read a feed, and while something on it is new, its older pages, if it has any: before its
        links, which a run after one that was killed would else take for the end of what is new.
        """
        if self._run.task.backfill is not None:
            await self._paged_lists.feed(url, self._parse_feed_page, FEED_BYTES, trial=trial)
            return
        was_read = self._run.was_read(url)
        fetched = await self._documents.read(
            url, self._parse_feed, largest=FEED_BYTES, save_validators=False, trial=trial
        )
        if fetched is None:
            return
        answer, feed = fetched
        is_whole = await self._read_older(url, feed)
        self._run.frontier.record_feed(self._run.source.id, canonical(url) or url, feed.links)
        with self.found.met(None if was_read else "aside"):
            self.found.add(feed.links)
        if feed.older is not None:
            self.found.put_first(feed.links)
        if is_whole:  # From now on it may be requested conditionally.
            self._documents.record_read(url, answer, save_validators=True)

    async def _read_older(self, url: str, feed: FeedContent) -> bool:
        """Read the older pages of a feed where it has news, or some were not to be had before, or
        were left for this run; returns whether all that were wanted were read. A next page that is
        not there is tried again more and more rarely, however often the feed has news.
        """
        run, older, frontier = self._run, feed.older, self._run.frontier
        if older is None or not run.owns(older):
            return True
        was_read = run.was_read(older)
        unread = frontier.load_unread(run.source.id, older)
        if (itself := unread.get(older)) is not None and not itself.is_due:
            return True
        has_rest = not was_read or unread
        if not has_rest and all(map(self.found.is_known, self._own(feed.links))):
            return True
        # Of a feed that was read for long, they are no news.
        with self.found.met("late" if run.was_read(url) and not was_read else None):
            await self._paged_lists.feed(
                older, self._parse_feed_page, FEED_BYTES, trial=True, of=url
            )
        if (failure := self._documents.failure_of(older)) is not None:
            is_away = self._documents.may_answer_later(older)
            if not is_away:
                told = UnreadFailure(NO_LIST, requested=failure.requested)
                frontier.save_unread(run.source.id, older, {older: told})
            return not is_away
        return run.was_read(older) and not frontier.load_unread(run.source.id, older)

    def _parse_feed(self, response: Response) -> FeedContent:
        """A feed; for pages that may need a browser its whole articles are taken over, of one that
        is on several of its pages as it stands on that which is read first.
        """
        feed = read_feed(response.body, response.final_url, response.headers.get("content-type"))
        if self._run.source.render == "auto":
            for url, article in feed.articles.items():
                self._run.feed_articles.setdefault(identity(url), article)
        return feed

    def _parse_feed_page(self, response: Response) -> ListPage:
        feed = self._parse_feed(response)
        older = feed.older if feed.older is not None and self._run.owns(feed.older) else None
        # What a feed no longer has is not gone.
        return ListPage(self._own(feed.links), older, cut=True)

    def _own(self, links: Iterable[Link]) -> tuple[Link, ...]:
        """Links to pages of the source: others are never known, so that each would be news."""
        return tuple(link for link in links if self._run.owns(link.url))

    async def _read_calendar(self, url: str) -> None:
        """Read the pages of a calendar's events; if some have none, the calendar is a page too."""
        if self._run.task.backfill is not None:
            self._run.discovery_worked = True
            return  # the nightly runs have read all of it
        fetched = await self._documents.read(url, self._parse_calendar, largest=FEED_BYTES)
        if fetched is not None:
            answer, content = fetched
            self.found.add(content.links)
            if content.is_page:
                self._record_as_page(answer)

    def _parse_calendar(self, response: Response) -> CalendarContent:
        kind = response.headers.get("content-type")
        return read_calendar_links(response.body, response.final_url, kind, self._run.owns)

    def _record_as_page(self, fetched: FetchedResponse) -> None:
        """Record the response as a page as well: it is not fetched twice."""
        run = self._run
        url = fetched.response.url
        if not run.is_claimed(url):
            run.fetcher.claimed_pages.add(identity(url))
            response = with_own_validators(fetched.response)
            run.frontier.record_fetch(run.source.id, response, fetched.position)
            run.journal.commit_full_batch()


def _unread(addresses: Iterable[str], read: set[str]) -> list[str]:
    """Those that are not among what was read, which are then added to it."""
    fresh = [address for address in addresses if identity(address) not in read]
    read.update(map(identity, fresh))
    return fresh
