"""Paged lists of one source, listing pages and JSON APIs: turned until nothing new comes, or far back.

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

from crawler.backfill import Backfill
from crawler.discovery.apis import first_address, read_api
from crawler.discovery.lists import ListContent
from crawler.frontier import Link, Response, Walk
from crawler.scrapy_settings import MEBIBYTE
from crawler.spiders.documents import Documents
from crawler.spiders.fetch import Answer
from crawler.spiders.found_links import FoundLinks
from crawler.spiders.source_run import CrawlProgress, SourceRun
from crawler.urls import canonical, identity
from indexer.source import Api, Listing

if TYPE_CHECKING:
    from crawler.discovery.listings import ListingReader

LISTING_PAGES = 50
"""Pages of one listing that are turned in one run, at most."""
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
        known = self._run.frontier.known(self._run.source.id, pages.start)
        read_before = known is not None and known.last_fetch is not None
        url: str | None = pages.start
        first: Answer | None = None
        found: dict[str, Link] = {}
        turned: set[str] = set()
        complete = True
        while url is not None and len(turned) < pages.depth:
            turned.add(identity(url))
            got = await self._page(pages, url, conditional=url == pages.start)
            if got is None:
                complete = False
                break
            answer, content = got
            first = first or answer
            fresh = [link for link in content.links if identity(link.url) not in found]
            found.update((identity(link.url), link) for link in fresh)
            if not fresh or (read_before and all(map(self._found.is_known, fresh))):
                break
            if self._enough(found):
                complete = content.next is None
                break
            url = _unturned(content.next, turned)
        self._found.take(found.values())
        if complete and first is not None and not first.response.truncated:
            # From now on its first page may be asked for conditionally.
            self._documents.told(pages.start, first, keep=True)

    async def _back(self, pages: PagedList, backfill: Backfill) -> None:
        """From where the last backfill ended, until all that a page holds is older than wanted."""
        run = self._run
        before = run.frontier.walk(run.source.id, pages.start)
        if before is not None and before.next is None and before.since <= backfill.since:
            run.discovery_worked = True
            return
        url: str | None = (before.next if before is not None else None) or pages.start
        turned: set[str] = set()
        seen: set[str] = set()
        while url is not None and len(turned) < backfill.depth and self._wants_more():
            turned.add(identity(url))
            got = await self._page(pages, url, conditional=False)
            if got is None:
                return
            _, content = got
            fresh = [link for link in content.links if identity(link.url) not in seen]
            seen.update(identity(link.url) for link in fresh)
            wanted = [link for link in fresh if self._found.is_wanted(link)]
            self._found.take(wanted)
            url = _unturned(content.next, turned) if wanted else None
            run.frontier.walked(run.source.id, pages.start, Walk(backfill.since, url))
            run.journal.told()
            if self._progress is not None:
                self._progress(CrawlProgress(run.source.id, 0, len(self._found.new)))

    async def _page(
        self, pages: PagedList, url: str, *, conditional: bool
    ) -> tuple[Answer, ListContent] | None:
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
