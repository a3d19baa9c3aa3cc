"""Links that discovery found for one source: to new pages, and to pages that have changed."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from urllib.parse import urlsplit

from crawler.discovery.apis.api_lists import item_of_page
from crawler.discovery.feed_dates import parse_instant
from crawler.discovery.listings.page_addresses import day_in, looks_like_a_page
from crawler.discovery.variants import main_address
from crawler.spiders.source_run import SourceRun
from indexer.frontier.port import NEWS, SURELY_NEWS, KnownAddress, Link, Met
from indexer.records.urls import identity, is_home

PREFETCHED = 250
"""Links whose addresses are prefetched together."""


class FoundLinks:
    """Collects links to pages of the source, and adds them to the frontier."""

    def __init__(self, run: SourceRun, now: datetime) -> None:
        self._run = run
        self._now = now
        self.new: dict[str, Link] = {}
        """Links to pages that were never fetched, by identity, in the order of discovery."""
        self.changed: dict[str, Link] = {}
        """Links to fetched pages that have changed since, as their entries state."""
        self._met: Met | None = None
        self._unsure: dict[str, Met] = {}
        """Identities of new pages that no list has named yet which was read before this run."""
        self._seen: dict[str, str] = {}
        """Identity → the address under which a page was found."""
        self._undated: set[str] = set()
        """Identities of new pages of whose day no link so far says anything."""
        self.too_old: set[str] = set()
        """Identities of pages that a backfill leaves out, as the second link to them shows."""

    @contextmanager
    def met(self, how: Met | None) -> Iterator[None]:
        """Pages that are added meanwhile are met so, or less surely as news, where what is read
        stands below something of which that holds.
        """
        before = self._met
        self._met = max(before, how, key=SURELY_NEWS.index)
        try:
            yield
        finally:
            self._met = before

    def is_known(self, link: Link) -> bool:
        """Whether the frontier has the address, or needs not have it: it shows what others do."""
        address, frontier = self._at_item_address(link).url, self._run.frontier
        source = self._run.source.id
        return (
            frontier.find(source, address) is not None
            or frontier.rested_shape(source, address) is not None
        )

    def holds(self, url: str) -> bool:
        """Whether this run has found the page."""
        return identity(url) in self._seen

    @property
    def addresses(self) -> Collection[str]:
        """Of all pages that this run has found."""
        return self._seen.values()

    def is_wanted(self, link: Link) -> bool:
        """Whether a backfill includes the link: its stated date is not older than requested."""
        backfill = self._run.task.backfill
        moment = parse_instant(link.published) or parse_instant(day_in(link.url)) or link.lastmod
        return backfill is None or moment is None or moment.date() >= _whole(link, backfill.since)

    def add(self, links: Iterable[Link]) -> None:
        """Add links, each page once."""
        for part in self._parts(links):
            self._add_part(part)
        self._run.journal.commit_full_batch()

    def put_first(self, links: Iterable[Link]) -> None:
        """Put the new ones of these before what was found until now: what states no day is
        requested in the order in which it was found.
        """
        keys = (identity(self._at_item_address(link).url) for link in links)
        self.new = {key: self.new[key] for key in keys if key in self.new} | self.new

    async def add_many(self, links: Iterable[Link]) -> None:
        """The same with turns of other sources in between: for fifty thousand links they would wait
        for seconds, and their requests time out. A crawl that is killed may have added some alone.
        """
        for part in self._parts(links):
            self._add_part(part)
            await asyncio.sleep(0)
        self._run.journal.commit_full_batch()

    def _parts(self, links: Iterable[Link]) -> Iterator[Sequence[Link]]:
        # An AMP or print version comes after the page that it shows, whose address is then known.
        placed = sorted(map(self._at_item_address, links), key=_is_variant)
        for start in range(0, len(placed), PREFETCHED):
            yield placed[start : start + PREFETCHED]

    def _add_part(self, links: Sequence[Link]) -> None:
        run = self._run
        self._prefetch(links)
        for link in links:
            key = identity(link.url)
            if key in self._undated and link.published is not None:
                self._add_day(key, link)
            elif link.title is not None and key in self.new and self.new[key].title is None:
                self._add_title(key, link)
            if key in self._unsure:
                self._meet_again(key)
            if key in self._seen or key in run.discovery_urls or not run.owns(link.url):
                continue
            if (
                is_home(link.url)
                or not self.is_wanted(link)
                or self._is_variant_of_known_page(link)
            ):
                continue
            kept = self._under_known_scheme(link)
            self._seen[key] = kept.url
            run.links += 1
            self._add_link(key, kept)

    def _prefetch(self, links: Sequence[Link]) -> None:
        """Prefetch all addresses that are going to be looked up for the links."""
        urls = [link.url for link in links]
        twins = (twin for url in urls if (twin := _under_other_scheme(url)) is not None)
        self._run.frontier.prefetch([*urls, *twins])

    def _add_link(self, key: str, link: Link) -> None:
        run = self._run
        known = run.frontier.find(run.source.id, link.url)
        waits = known is not None and known.last_fetch is None
        if known is None or waits:
            self.new[key] = link
            if link.published is None:
                self._undated.add(key)
        elif _is_newer(link, known):
            self.changed[key] = link
        if known is not None and self._is_news_again(link, known):
            run.frontier.record_listed(link.url)
        is_told = link.lastmod is not None or (waits and link.published is not None)
        if known is None or is_told:
            self._note(link, is_known=known is not None)

    def _note(self, link: Link, *, is_known: bool) -> None:
        """Add the link to the frontier, or what it states of a known page.

        That a backfill found a page, or how it was met, counts until the page proves to be news, in
        any later run.
        """
        run = self._run
        is_old = not self._is_news(link)
        archive = is_old and (run.task.backfill is not None or is_known)
        # Of a page that waits, or was met before, only `_meet_again` says how it was met.
        met: Met | None = "late" if is_known else self._met
        met = met if is_old else None
        if met is not None and not is_known:
            self._unsure[identity(link.url)] = met
        run.frontier.add(run.source.id, replace(link, archive=archive, met=met))

    def _is_news_again(self, link: Link, known: KnownAddress) -> bool:
        """Whether a list that was read before names a page, of which that could not be told when it
        was met, as one of that day or of a later one.
        """
        stated = parse_instant(link.published)
        if known.unsure_since is None or stated is None:
            return False
        is_sure = self._met is None and self._run.task.backfill is None
        return is_sure and stated.date() >= known.unsure_since.date()

    def _meet_again(self, key: str) -> None:
        """Another list names a page as well: the surer one counts."""
        if SURELY_NEWS.index(self._met) < SURELY_NEWS.index(self._unsure[key]):
            del self._unsure[key]
            if self._met is not None:
                self._unsure[key] = self._met
            again = Link(self._seen[key], archive=True, met=self._met)
            self._run.frontier.add(self._run.source.id, again)

    def _add_day(self, key: str, link: Link) -> None:
        """The home page led to a page, and a list says when it was published."""
        self._undated.remove(key)
        before = self.new[key]
        dated = replace(before, title=before.title or link.title, published=link.published)
        if self.is_wanted(dated):
            self.new[key] = dated
        else:
            del self.new[key]
            self.too_old.add(key)
        self._note(dated, is_known=True)

    def _add_title(self, key: str, link: Link) -> None:
        """The home page led to a page, and a list says what it is called."""
        titled = replace(self.new[key], title=link.title)
        self.new[key] = titled
        self._note(titled, is_known=True)

    def _is_variant_of_known_page(self, link: Link) -> bool:
        """Whether it is the AMP or print version of a known page, and so has nothing new."""
        main = main_address(link.url)
        return (
            main is not None
            and looks_like_a_page(main)
            and (
                identity(main) in self._seen
                or self._run.frontier.find(self._run.source.id, main) is not None
            )
        )

    def _is_news(self, link: Link) -> bool:
        moment = parse_instant(link.published) or link.lastmod
        return moment is not None and moment >= self._now - NEWS

    def _at_item_address(self, link: Link) -> Link:
        """The link with the address at which an API has the page as JSON, if one does."""
        item = item_of_page(self._run.source, link.url)
        return replace(link, url=item) if item is not None else link

    def address_of(self, link: Link) -> str:
        """The address under which the page of an added link is stored."""
        placed = self._at_item_address(link)
        if self._seen.get(identity(placed.url)) == placed.url:
            return placed.url
        return self._under_known_scheme(placed).url

    def _under_known_scheme(self, link: Link) -> Link:
        """A page known by its http address keeps that address when it is listed with https."""
        run = self._run
        if run.frontier.find(run.source.id, link.url) is not None:
            return link
        twin = _under_other_scheme(link.url)
        if twin is None or run.frontier.find(run.source.id, twin) is None:
            return link
        return replace(link, url=twin)


def _under_other_scheme(url: str) -> str | None:
    """The http address of an https one, and vice versa; None for an address with a port."""
    parts = urlsplit(url)
    if parts.port is not None:
        return None
    return parts._replace(scheme="https" if parts.scheme == "http" else "http").geturl()


def _is_variant(link: Link) -> bool:
    return main_address(link.url) is not None


def _whole(link: Link, since: date) -> date:
    """The first day that counts: a stated month or year without a day counts as a whole."""
    stated = link.published or day_in(link.url) or ""
    first = {4: since.replace(month=1, day=1), 7: since.replace(day=1)}
    return first.get(len(stated), since)


def _is_newer(link: Link, known: KnownAddress) -> bool:
    """Whether the page has changed since it was fetched, as its entry states."""
    before = known.lastmod or known.last_fetch
    return link.lastmod is not None and before is not None and link.lastmod > before
