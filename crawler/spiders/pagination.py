"""Paged lists of one source, listing pages and JSON APIs: turned until nothing new comes, or far
back.

Looking for news, a list is read to its end before the frontier is told of its links, and only then
are its validators kept: a run killed in the middle would else leave links that stop the next run's
paging in front of pages that nobody has read. A backfill does not stop at known links; it tells
each page and the way on at once, and the next one goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from crawler.discovery.apis.api_lists import first_address, read_api
from crawler.discovery.list_page import ListContent
from crawler.scrapy_settings import MEBIBYTE
from crawler.spiders.backfill import Backfill
from crawler.spiders.documents import Documents
from crawler.spiders.fetch import FetchedResponse
from crawler.spiders.found_links import FoundLinks
from crawler.spiders.source_run import CrawlProgress, SourceRun
from indexer.frontier.port import BackfillProgress, Link, Response
from indexer.records.source import Api, Listing
from indexer.records.urls import canonical, identity

if TYPE_CHECKING:
    from crawler.discovery.listings.reader import ListingReader

LISTING_PAGES = 50
"""Pages of one listing that are turned in one run, at most."""
COMPARED_PAGES = 10
"""Pages of a list that is turned to its end time and again, to see what it has left out, at most;
beyond them it is turned for news only."""
LISTING_BYTES = 3 * MEBIBYTE
"""Bytes of a listing or home page that is read."""
API_BYTES = 8 * MEBIBYTE
"""Bytes of an answer of an API that is read; twenty whole articles take one."""


@dataclass(frozen=True, slots=True)
class PagedList:
    """A list as it is walked."""

    start: str
    read: Callable[[Response], ListContent]
    depth: int
    """Pages that are turned at most."""
    largest: int
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Reading:
    """How far a list has been read for news."""

    first: FetchedResponse | None = None
    found: dict[str, Link] = field(default_factory=dict)
    """Links by identity, in their order."""
    turned: set[str] = field(default_factory=set)
    """Identities of the pages of the list that were asked for."""
    complete: bool = True
    """No page failed, and none was left for a later run."""
    at_end: bool = False
    """The page that was read last names no next one."""
    cut: bool = False
    """Some page was not read to its end."""

    def took(self, answer: FetchedResponse, content: ListContent) -> list[Link]:
        """A page was read; the answer is what it holds beyond the pages before."""
        self.first = self.first or answer
        self.at_end = content.next is None
        self.cut = self.cut or content.cut or answer.response.truncated
        fresh = [link for link in content.links if identity(link.url) not in self.found]
        self.found.update((identity(link.url), link) for link in fresh)
        return fresh

    @property
    def is_whole(self) -> bool:
        """Whether all that the list holds has been seen, so that what is not there is missing."""
        return self.complete and self.at_end and not self.cut and len(self.turned) <= COMPARED_PAGES


class Walks:
    """Walks the paged lists of one source."""

    def __init__(
        self,
        run: SourceRun,
        documents: Documents,
        found: FoundLinks,
        reader: Callable[[], ListingReader],
        progress: Callable[[CrawlProgress], None] | None,
    ) -> None:
        self._run = run
        self._progress = progress
        self._documents = documents
        self._found = found
        self._reader = reader

    async def listing(self, listing: Listing) -> None:
        """Listing pages, from the configured one on."""
        await self._walk(
            PagedList(
                canonical(listing.url) or listing.url,
                partial(self._read_listing, listing),
                LISTING_PAGES,
                LISTING_BYTES,
            )
        )

    async def api(self, api: Api) -> None:
        """Answers of a JSON API, from the first one on."""
        start = first_address(api) or api.address
        await self._walk(
            PagedList(start, partial(_read_api, api), api.depth, API_BYTES, dict(api.headers))
        )

    async def _walk(self, pages: PagedList) -> None:
        backfill = self._run.task.backfill
        if backfill is None:
            await self._for_news(pages)
        else:
            await self._back(pages, backfill)

    async def _for_news(self, pages: PagedList) -> None:
        """Page by page, until a page holds nothing new."""
        known = self._run.frontier.find(self._run.source.id, pages.start)
        read_before = known is not None and known.last_fetch is not None
        # Now and then it is turned to its end, to see what it holds no more.
        at_least = COMPARED_PAGES if known is not None and known.whole else 1
        reading = _Reading()
        url: str | None = pages.start
        while url is not None and len(reading.turned) < pages.depth:
            reading.turned.add(identity(url))
            fetched = await self._page(pages, url, conditional=url == pages.start)
            if fetched is None:
                reading.complete = False
                break
            fresh = reading.took(*fetched)
            only_news = read_before and len(reading.turned) >= at_least
            if not fresh or (only_news and all(map(self._found.is_known, fresh))):
                break
            if self._enough(reading.found):
                reading.complete = reading.at_end
                break
            url = _unturned(fetched[1].next, reading.turned)
        self._found.take(reading.found.values())
        self._told(pages.start, reading)

    def _told(self, start: str, reading: _Reading) -> None:
        """A list was read for news, and its links were taken."""
        first = reading.first
        if reading.complete and first is not None and not first.response.truncated:
            # From now on its first page may be asked for conditionally.
            self._documents.told(start, first, keep=True)
        if reading.is_whole:
            held = [self._found.kept_as(link) for link in reading.found.values()]
            self._run.frontier.record_listing(self._run.source.id, start, held, rolling=True)
            self._run.journal.told()

    async def _back(self, pages: PagedList, backfill: Backfill) -> None:
        """From where the last backfill ended, until all that a page holds is older than wanted."""
        run = self._run
        before = run.frontier.load_backfill(run.source.id, pages.start)
        if before is not None and before.next is None and before.since <= backfill.since:
            run.discovery_worked = True
            return
        url: str | None = (before.next if before is not None else None) or pages.start
        turned: set[str] = set()
        seen: set[str] = set()
        while url is not None and len(turned) < backfill.depth and self._wants_more():
            turned.add(identity(url))
            fetched = await self._page(pages, url, conditional=False)
            if fetched is None:
                return
            _, content = fetched
            fresh = [link for link in content.links if identity(link.url) not in seen]
            seen.update(identity(link.url) for link in fresh)
            wanted = [link for link in fresh if self._found.is_wanted(link)]
            self._found.take(wanted)
            url = _unturned(content.next, turned) if wanted else None
            run.frontier.save_backfill(
                run.source.id, pages.start, BackfillProgress(backfill.since, url)
            )
            run.journal.told()
            if self._progress is not None:
                self._progress(CrawlProgress(run.source.id, 0, len(self._found.new)))

    async def _page(
        self, pages: PagedList, url: str, *, conditional: bool
    ) -> tuple[FetchedResponse, ListContent] | None:
        return await self._documents.read(
            url,
            pages.read,
            largest=pages.largest,
            conditional=conditional,
            keep=False,
            headers=pages.headers,
        )

    def _read_listing(self, listing: Listing, response: Response) -> ListContent:
        return self._reader().read(
            response.body,
            response.final_url,
            response.headers.get("content-type"),
            links=listing.links,
            next_page=listing.next,
        )

    def _enough(self, found: Mapping[str, Link]) -> bool:
        """Whether a list has given more new pages than this run may ask for."""
        new = sum(not self._found.is_known(link) for link in found.values())
        return new >= self._run.task.budget

    def _wants_more(self) -> bool:
        """Whether a backfill has pages left in its budget."""
        return len(self._found.new) < self._run.task.budget


def _read_api(api: Api, response: Response) -> ListContent:
    kind = response.headers.get("content-type")
    return read_api(response.body, response.final_url, kind, api)


def _unturned(url: str | None, turned: set[str]) -> str | None:
    return url if url is not None and identity(url) not in turned else None
