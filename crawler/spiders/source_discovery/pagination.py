"""Pagination of one source's listings and JSON APIs: until nothing new comes, or far back.

In search of news, all pages are read before their links are added to the frontier and validators
are saved: a run that is killed in between would otherwise leave known links, at which the next run
would stop before pages that nobody has read. A page that fails is kept as unread: later runs look
for news alone, and go on from there when the pause after its failures is over; what a form brings,
which has no address, they reach from the first page, past what is known. A backfill does not stop
at known links; it records each page and the next one at once, and the next backfill continues
there. Where a form had stopped it before, and stops it again without anything new before it, the
backfill is at its end.

A page without entries may lead to several lists: each is read like one that is configured. It is
requested unconditionally, like a calendar that leads to its next months: it stays as it is, while
what it leads to changes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from crawler.discovery.apis.api_lists import first_address, read_api
from crawler.discovery.list_page import ListPage
from crawler.discovery.listings.page_addresses import day_in
from crawler.scrapy_settings import MEBIBYTE
from crawler.spiders.backfill import Backfill
from crawler.spiders.fetch import FetchedResponse
from crawler.spiders.form_cookies import FormCookies
from crawler.spiders.source_discovery.documents import DiscoveryDocuments
from crawler.spiders.source_discovery.found_links import FoundLinks
from crawler.spiders.source_discovery.turning import ListPath, ListStep
from crawler.spiders.source_run import CrawlProgress, SourceRun
from indexer.frontier.port import (
    NO_LIST,
    BackfillProgress,
    Link,
    Response,
    UnreadFailure,
    UnreadPage,
)
from indexer.records.errors import ParseError
from indexer.records.source import Api, Listing
from indexer.records.urls import canonical, identity

if TYPE_CHECKING:
    from crawler.discovery.listings.reader import ListingReader

LISTING_PAGES = 50
"""Most pages of one listing that one run requests."""
COMPARED_PAGES = 10
"""Most pages of a list that is read to its end from time to time, to find vanished pages; a longer
one is read for news only."""
LISTING_BYTES = 3 * MEBIBYTE
"""Largest listing or home page in bytes."""
REPEATED_PAGES = 200
"""Most pages without anything new that a backfill goes through again besides, where only forms turn
a list: they stand before what it has not read."""
MOST_REFUSALS = 3
"""Times that a page which a list names, and which is not there, is tried: many last pages name a
next one all the same."""
API_BYTES = 8 * MEBIBYTE
"""Largest response of an API in bytes; twenty whole articles take one MiB."""
_MONTH = re.compile(r"(?<!\d)20\d\d[-/_]?(?:0[1-9]|1[0-2])(?!\d)")
"""In the address of a part: what has an archive by months is a list."""


@dataclass(frozen=True, slots=True)
class PagedList:
    """A list with many pages."""

    start: str
    read: Callable[[Response], ListPage]
    depth: int
    """Most pages that one run requests."""
    largest: int
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: FormCookies = field(default_factory=FormCookies)
    is_below: bool = False
    """A page without entries, or a menu, leads to it: it leads no further, and may be no list."""
    of: str | None = None
    """The feed whose older pages they are: `start` may be called otherwise after each entry."""
    branches: bool = False
    """Lists of its section that its first page leads to are read, too."""
    lists: list[str] = field(default_factory=list)
    """Addresses of the lists that its first page leads to, in place of entries or beside them."""


@dataclass(slots=True)
class _ListProgress:
    """How far a list has been read for news."""

    start: str
    first: FetchedResponse | None = None
    found: dict[str, Link] = field(default_factory=dict)
    """Links by identity, in their order."""
    path: ListPath = field(default_factory=ListPath)
    complete: bool = True
    """Its first page was read, and none was left for a later run but those that are unread."""
    at_end: bool = False
    """The last page names no next one."""
    cut: bool = False
    """Some page was truncated."""
    leads_on: bool = False
    """What is new stands behind a page that may stay as it is."""
    unread: Mapping[str, UnreadPage] = field(default_factory=dict)
    """Pages that earlier runs failed to get, by address. The list's first page stands for what is
    only had from there on: what forms bring.
    """
    failed: dict[str, UnreadFailure] = field(default_factory=dict)
    """Pages that this run failed to get, by address."""
    settled: set[str] = field(default_factory=set)
    """Of the unread pages, those that were read or are given up."""

    def waits(self, url: str) -> bool:
        """Whether a page that failed before is not to be tried yet."""
        before = self.unread.get(url)
        return before is not None and not before.is_due and url != self.start

    @property
    def is_gone_through(self) -> bool:
        """Whether it is to be read past what is known, for what a form did not bring."""
        before = self.unread.get(self.start)
        return before is not None and before.is_due

    def add_page(self, answer: FetchedResponse, content: ListPage) -> list[Link]:
        """Add a page; returns its links that no earlier page had."""
        self.first = self.first or answer
        self.at_end = content.next is None and content.posted is None
        self.cut = self.cut or content.cut or answer.response.truncated
        leads = content.ahead or content.lists or (content.parts and not content.links)
        self.leads_on = self.leads_on or bool(leads)
        fresh = self.fresh(content)
        self.found.update((identity(link.url), link) for link in fresh)
        self._add_days(content)
        return fresh

    def _add_days(self, content: ListPage) -> None:
        """A page may say of a link without a day, from a box of an earlier one, when it is from."""
        for link in content.links:
            key = identity(link.url)
            before = self.found[key]
            if before.published is None and link.published is not None:
                self.found[key] = replace(before, published=link.published)

    def fresh(self, content: ListPage) -> list[Link]:
        """Links of a page that no earlier page had."""
        return [link for link in content.links if identity(link.url) not in self.found]

    @property
    def is_whole(self) -> bool:
        """Whether the list was read completely, so that absent pages are missing."""
        return (
            self.complete
            and self.at_end
            and not (self.cut or self.unread or self.failed)
            and self.path.taken <= COMPARED_PAGES
        )


class PagedLists:
    """Reads the paged lists of one source."""

    def __init__(
        self,
        run: SourceRun,
        documents: DiscoveryDocuments,
        found: FoundLinks,
        reader: Callable[[], ListingReader],
        progress: Callable[[CrawlProgress], None],
    ) -> None:
        self._run = run
        self._progress = progress
        self._documents = documents
        self._found = found
        self._reader = reader

    async def listing(self, listing: Listing, *, branches: bool = False) -> None:
        """Read listing pages, from the configured one on; `branches`: with the lists of its section
        that it leads to.
        """
        start = canonical(listing.url) or listing.url
        read = partial(self._parse_listing, listing, is_list=True)
        pages = PagedList(start, read, LISTING_PAGES, LISTING_BYTES, branches=branches)
        await self._read_list(pages)

    async def unnamed(self, url: str, words: frozenset[str]) -> None:
        """Read a list that may be one of services or members; `words`: what folders of news are
        called.
        """
        read = partial(_read_unnamed, partial(self._parse_listing, Listing(url)), words)
        await self._read_list(PagedList(url, read, LISTING_PAGES, LISTING_BYTES))

    async def tried(
        self,
        url: str,
        *,
        beside: frozenset[str],
        undated: frozenset[str],
        was_list: bool,
        by_days: bool,
    ) -> None:
        """Read what may be no list: its days tell, without entries of which `beside` are the
        identities (`undated`: of those without a day), or with them where it was a list before;
        not `by_days` alone: also entries beside those in one folder.
        """
        known = (beside, frozenset[str]()) if was_list else (beside,)
        parse = partial(self._parse_listing, Listing(url))
        lists = partial(_lists_news, known, undated, by_days=by_days)
        read = partial(_read_tried, parse, url, lists)
        await self._read_list(PagedList(url, read, LISTING_PAGES, LISTING_BYTES, is_below=True))

    async def api(self, api: Api) -> None:
        """Read responses of a JSON API, from the first one on."""
        start = first_address(api) or api.address
        await self._read_list(
            PagedList(start, partial(_parse_api, api), api.depth, API_BYTES, dict(api.headers))
        )

    async def feed(
        self,
        start: str,
        read: Callable[[Response], ListPage],
        largest: int,
        *,
        trial: bool,
        of: str | None = None,
    ) -> None:
        """Read pages of a feed, from one on; `trial`: its failure is none of the source's; `of`:
        the feed whose older pages they are.
        """
        pages = PagedList(start, read, LISTING_PAGES, largest, is_below=trial, of=of)
        await self._read_list(pages)

    async def _read_list(self, pages: PagedList) -> None:
        backfill, was_read = self._run.task.backfill, self._run.was_read(pages.start)
        if backfill is None:
            await self._read_news(pages)
        else:
            await self._read_archive(pages, backfill)
        for url in pages.lists if not pages.is_below else ():
            # Entry points, and what was requested before, are read for themselves.
            if identity(url) not in self._run.discovery_urls:
                if pages.branches:  # several lists of a section lead to it
                    self._run.discovery_urls.add(identity(url))
                # Days after the list that leads to it, what it has is no news.
                is_late = was_read and not self._run.was_read(url)
                with self._found.met("late" if is_late else None):
                    await self._read_list(replace(pages, start=url, is_below=True, lists=[]))

    async def _read_news(self, pages: PagedList) -> None:
        """Read page by page, until one has nothing new; then what earlier runs failed to get."""
        frontier, source = self._run.frontier, self._run.source.id
        known = frontier.find(source, pages.start)
        read_before = any(map(self._run.was_read, filter(None, (pages.start, pages.of))))
        # From time to time it is read to its end, to find vanished pages.
        at_least = COMPARED_PAGES if known is not None and known.whole else 1
        state = _ListProgress(pages.start, unread=frontier.load_unread(source, pages.start))
        news_after = at_least if read_before and not state.is_gone_through else None
        await self._turn(pages, ListStep(pages.start), state, news_after=news_after)
        state.path.leave_parts()
        newest = len(state.found) if read_before else 0
        if self._documents.failure_of(pages.start) is None:
            for page in state.unread.values():
                if self._enough(state.found):
                    break
                if page.is_due and identity(page.url) not in state.path.visited:
                    step = ListStep(page.url, is_trial=True, is_part=True)
                    await self._turn(pages, step, state, news_after=None)
        if news_after is None and state.complete and pages.start not in state.failed:
            state.settled.update({pages.start} & state.unread.keys())
        # Before the links, which later runs would else take for the end of what is new.
        if state.failed:
            frontier.save_unread(source, pages.start, state.failed)
        links = [*state.found.values()]
        self._found.add(links[:newest])
        with self._found.met("aside"):  # nobody knows since when they stand there
            self._found.add(links[newest:])
        if state.settled:
            frontier.delete_unread(source, pages.start, state.settled)
        self._record_list(pages, state)

    async def _turn(
        self, pages: PagedList, first: ListStep, state: _ListProgress, *, news_after: int | None
    ) -> None:
        """Read page by page from one on; `news_after`: after so many pages of the list, until one
        has nothing that is not known; None: to its end.
        """
        step: ListStep | None = first
        while step is not None and len(state.path.visited) < pages.depth:
            is_first = step.url == pages.start
            if news_after is not None and step.url in state.unread and not is_first:
                break  # what is older was read, or is unread itself
            state.path.visit(step)
            if state.waits(step.url):
                step = state.path.next_part()
                continue
            conditional = is_first and step.url not in state.unread
            fetched = await self._fetch_page(pages, step, conditional=conditional)
            if fetched is None and is_first:
                state.complete = False
                break
            self._note(step, state, read=fetched is not None)
            if news_after is not None and step.url in state.failed:
                break
            if fetched is None or not state.path.takes(step, state.fresh(fetched[1])):
                self._lead_to_index(pages, step, fetched)
                step = state.path.next_part()
                continue
            fresh = state.add_page(*fetched)
            following = state.path.after(fetched[1])
            part_follows = following is not None and following.is_part
            state.at_end = state.at_end and not part_follows
            at_least = COMPARED_PAGES if _announces(*fetched) else news_after
            only_news = news_after is not None and len(state.path.visited) >= (at_least or 0)
            if fresh and only_news and all(map(self._found.is_known, fresh)):
                break
            if not fresh and not part_follows:
                break
            if self._enough(state.found):
                self._leave(first, following, state)
                break
            step = following

    def _lead_to_index(
        self, pages: PagedList, step: ListStep, fetched: tuple[FetchedResponse, ListPage] | None
    ) -> None:
        """An archive that a list leads to, and that has years or months in place of entries, is
        that of the whole site: it is read as a list of its own.
        """
        content = fetched[1] if fetched is not None else ListPage((), None)
        if step.is_part and content.parts and not content.links and not pages.is_below:
            self._run.discovery_urls.discard(identity(step.url))
            pages.lists.append(step.url)

    def _leave(self, first: ListStep, following: ListStep | None, state: _ListProgress) -> None:
        """Leave the rest of a list for later runs: this one may request no more pages."""
        if not first.is_part:
            state.complete = state.at_end
        elif following is not None:
            state.failed[following.url] = UnreadFailure("was left for later", requested=False)

    def _note(self, step: ListStep, state: _ListProgress, *, read: bool) -> None:
        """Note whether a page was read; one that failed is kept for later runs if the list names
        it, or if it is a part that may answer again. What is only guessed is not.
        """
        before = state.unread.get(step.url)
        if read:
            state.settled.update({step.url} & state.unread.keys() - {state.start})
            return
        failure = self._documents.failure_of(step.url)
        passes = self._documents.may_answer_later(step.url)
        if step.posted is not None:
            # What it sends stands in the page before: the list is gone through anew from its first
            # page, past what is known.
            if passes and failure is not None:
                state.complete = False
                state.failed[state.start] = failure
            return
        if failure is None or (before is None and step.is_trial and not self._is_missing(step)):
            return
        times = (before.failures if before is not None else 0) + failure.requested
        if passes or times < MOST_REFUSALS:
            state.failed[step.url] = failure
        elif before is not None:
            state.settled.add(step.url)

    def _record_list(self, pages: PagedList, state: _ListProgress) -> None:
        """Record that a list was read for news and its links were added."""
        first = state.first
        if state.complete and first is not None and not first.response.truncated:
            # From now on requests for its first page may be conditional.
            read = first if not state.leads_on else _without_validators(first)
            self._documents.record_read(pages.start, read, save_validators=True)
        if state.is_whole and not pages.lists:
            held = [self._found.address_of(link) for link in state.found.values()]
            self._run.frontier.record_listing(self._run.source.id, pages.start, held, rolling=True)
            self._run.journal.commit_full_batch()

    async def _read_archive(self, pages: PagedList, backfill: Backfill) -> None:
        """Read on from the end of the last backfill, until a whole page is too old."""
        run = self._run
        before = run.frontier.load_backfill(run.source.id, pages.start)
        if before is not None and before.next is None and before.since <= backfill.since:
            run.discovery_worked = True
            return
        start = (before.next if before is not None else None) or pages.start
        is_repeated = before is not None and before.next == pages.start
        new_before = len(self._found.new)
        step: ListStep | None = ListStep(start)
        path = ListPath(goes_on=start != pages.start)
        seen: set[str] = set()
        missing: str | None = None
        repeated = 0
        while (
            step is not None
            and self._wants_more()
            and len(path.visited) - repeated < backfill.depth
        ):
            path.visit(step)
            fetched = await self._fetch_page(pages, step, conditional=False)
            if fetched is None and not step.is_trial:
                step = await self._part_behind(pages, path)
                if step is None:
                    return
                self._save_backfill(pages, backfill, step.url)
                continue
            if fetched is None and self._is_missing(step):
                again = _again_at(pages, step)
                in_vain = is_repeated and len(self._found.new) == new_before
                missing = missing or (again if again != pages.start or not in_vain else None)
            content = fetched[1] if fetched is not None else ListPage((), None)
            fresh = [link for link in content.links if identity(link.url) not in seen]
            if is_repeated and repeated < REPEATED_PAGES:
                repeated += bool(content.links) and all(map(self._found.is_known, content.links))
            taken = path.takes(step, fresh)
            seen.update(identity(link.url) for link in fresh)
            wanted = [link for link in fresh if taken and self._found.is_wanted(link)]
            self._found.add(wanted)
            step = path.after(content)
            is_too_old = bool(fresh) and taken
            if not wanted and (is_too_old or step is None or not step.is_part):
                step = None
            following = missing or (_again_at(pages, step) if step is not None else None)
            if not pages.lists or pages.is_below:  # Each of them has its own end.
                self._save_backfill(pages, backfill, following)
            self._progress(CrawlProgress(run.source.id, 0, len(self._found.new)))

    async def _part_behind(self, pages: PagedList, path: ListPath) -> ListStep | None:
        """The part behind the one where a backfill was to go on and that has failed: what is older
        does not wait for it. None where the list does not answer, or names none.
        """
        if not path.goes_on or len(path.visited) > 1:
            return None
        first = await self._fetch_page(pages, ListStep(pages.start), conditional=False)
        if first is None or first[1].next is not None:
            return None
        return path.after(ListPage((), None, parts=first[1].parts))

    def _save_backfill(self, pages: PagedList, backfill: Backfill, following: str | None) -> None:
        run = self._run
        progress = BackfillProgress(backfill.since, following)
        run.frontier.save_backfill(run.source.id, pages.start, progress)
        run.journal.commit_full_batch()

    def _is_missing(self, step: ListStep) -> bool:
        """Whether a page that was not read is a part, or what a form brings, that another run may
        get: the list is not complete without it.
        """
        is_named = step.is_part or step.posted is not None
        return is_named and self._documents.may_answer_later(step.url)

    async def _fetch_page(
        self, pages: PagedList, step: ListStep, *, conditional: bool
    ) -> tuple[FetchedResponse, ListPage] | None:
        fetched = await self._documents.read(
            step.url,
            pages.read,
            largest=pages.largest,
            conditional=conditional,
            save_validators=False,
            headers=pages.headers,
            trial=step.is_trial or (pages.is_below and step.url == pages.start),
            posted=step.posted,
            cookies=pages.cookies,
        )
        if fetched is None or step.url != pages.start:
            return fetched
        answer, content = fetched
        if pages.branches and not pages.is_below:
            known = self._run.discovery_urls
            others = (url for url in content.branches if identity(url) not in known)
            content = replace(content, lists=(*content.lists, *others))
        pages.lists[:] = content.lists
        return answer, content

    def _parse_listing(
        self, listing: Listing, response: Response, *, is_list: bool = False
    ) -> ListPage:
        return self._reader().read(
            response.body,
            response.final_url,
            response.headers.get("content-type"),
            links=listing.links,
            next_page=listing.next,
            today=response.fetched_at.date(),
            is_list=is_list,
        )

    def _enough(self, found: Mapping[str, Link]) -> bool:
        """Whether a list has more new pages than this run may request."""
        new = sum(not self._found.is_known(link) for link in found.values())
        return new >= self._run.task.budget

    def _wants_more(self) -> bool:
        """Whether a backfill has pages left in its budget."""
        return len(self._found.new) < self._run.task.budget


def _read_unnamed(
    read: Callable[[Response], ListPage], words: frozenset[str], response: Response
) -> ListPage:
    """Read a page of a list that may be one of services or members."""
    from crawler.discovery.home import titled_if_news  # noqa: PLC0415  # beautifulsoup4

    content = read(response)
    return replace(content, links=titled_if_news(content.links, words))


def _read_tried(
    read: Callable[[Response], ListPage],
    start: str,
    lists_news: Callable[[ListPage, str], bool],
    response: Response,
) -> ListPage:
    """Read a page of what may be no list; raises ParseError where its first page is none."""
    content = read(response)
    if identity(response.url) == identity(start) and not lists_news(content, response.url):
        raise ParseError(NO_LIST, reason="no-list")
    return content


def _lists_news(
    known: Sequence[frozenset[str]],
    undated: frozenset[str],
    content: ListPage,
    url: str,
    *,
    by_days: bool,
) -> bool:
    """Whether a page lists news: beside what is `known`, or has an archive by months."""
    from crawler.discovery.listings.menu_links import lists_news  # noqa: PLC0415  # beautifulsoup4

    return any(map(_MONTH.search, content.parts)) or any(
        lists_news(content.links, each, undated, page=url, by_days=by_days) for each in known
    )


def _announces(answer: FetchedResponse, content: ListPage) -> bool:
    """Whether most days of a list are yet to come, or it leads to the next months: what is new may
    stand on any page of it, for such lists begin with what comes next.
    """
    if content.ahead:
        return True
    today = answer.response.fetched_at.date().isoformat()
    days = [link.published or day_in(link.url) or "" for link in content.links]
    days = [day[: len(today)] for day in days if day]
    return 2 * sum(day > today for day in days) > len(days)


def _without_validators(fetched: FetchedResponse) -> FetchedResponse:
    """What is recorded of a page that is to be requested unconditionally."""
    return replace(fetched, response=replace(fetched.response, headers={}))


def _again_at(pages: PagedList, step: ListStep) -> str:
    """Where a later run goes on: what a form sends stands in the page before, so that a list turned
    by forms is gone through from its beginning.
    """
    return step.url if step.posted is None else pages.start


def _parse_api(api: Api, response: Response) -> ListPage:
    kind = response.headers.get("content-type")
    return read_api(response.body, response.final_url, kind, api)
