"""What discovery has found for one source: links to new pages, and to pages that have changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from crawler.discovery.apis.api_lists import item_of_page
from crawler.discovery.feed_dates import stated_instant
from crawler.discovery.listings.page_addresses import day_in, looks_like_a_page
from crawler.discovery.variants import main_address
from crawler.spiders.source_run import SourceRun
from indexer.frontier.port import KnownAddress, Link
from indexer.records.urls import identity, is_home

AHEAD = 250
"""Links whose addresses are looked up together."""
NEWS = timedelta(days=7)
"""What a backfill finds is news only if it states a day so short ago."""


class FoundLinks:
    """Keeps links to pages of the source, and tells the frontier of them."""

    def __init__(self, run: SourceRun, now: datetime) -> None:
        self._run = run
        self._now = now
        self.new: dict[str, Link] = {}
        """Links to pages that were never fetched, by identity, in the order of their finding."""
        self.changed: dict[str, Link] = {}
        """Links to fetched pages that are said to have changed since."""
        self._seen: dict[str, str] = {}
        """Identity → the address that a page was found under."""

    def is_known(self, link: Link) -> bool:
        """Whether the address was there before."""
        address = self._in_place(link).url
        return self._run.frontier.find(self._run.source.id, address) is not None

    def is_wanted(self, link: Link) -> bool:
        """Whether a backfill is to take it: not one that is stated to be older."""
        backfill = self._run.task.backfill
        moment = stated_instant(link.published) or stated_instant(day_in(link.url)) or link.lastmod
        return backfill is None or moment is None or moment.date() >= _whole(link, backfill.since)

    def take(self, links: Iterable[Link]) -> None:
        """Keep links, each page once."""
        run = self._run
        # An AMP or print version comes behind the page that it shows, whose address is then known.
        placed = sorted(map(self._in_place, links), key=_is_variant)
        for number, link in enumerate(placed):
            if number % AHEAD == 0:
                self._look_up(placed[number : number + AHEAD])
            key = identity(link.url)
            if key in self._seen or key in run.discovery_urls or not run.owns(link.url):
                continue
            if is_home(link.url) or not self.is_wanted(link) or self._shows_a_known_page(link):
                continue
            kept = self._under_known_scheme(link)
            self._seen[key] = kept.url
            run.links += 1
            self._keep(key, kept)
        run.journal.told()

    def _look_up(self, links: Sequence[Link]) -> None:
        """Everything that is going to be asked of their addresses, at once."""
        urls = [link.url for link in links]
        twins = (twin for url in urls if (twin := _under_other_scheme(url)) is not None)
        self._run.frontier.prefetch([*urls, *twins])

    def _keep(self, key: str, link: Link) -> None:
        run = self._run
        known = run.frontier.find(run.source.id, link.url)
        if known is None or known.last_fetch is None:
            self.new[key] = link
        elif _is_newer(link, known):
            self.changed[key] = link
        if known is None or link.lastmod is not None:
            archive = run.task.backfill is not None and not self._is_news(link)
            run.frontier.add(run.source.id, replace(link, archive=True) if archive else link)

    def _shows_a_known_page(self, link: Link) -> bool:
        """Whether it is the AMP or print version of a page that is known, and whose address says
        that it is one page: nothing is to be had there."""
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
        moment = stated_instant(link.published) or link.lastmod
        return moment is not None and moment >= self._now - NEWS

    def _in_place(self, link: Link) -> Link:
        """A page that an API tells as JSON is asked for there, however it was found."""
        item = item_of_page(self._run.source, link.url)
        return replace(link, url=item) if item is not None else link

    def kept_as(self, link: Link) -> str:
        """The address by which the page of a link is kept, once it was taken."""
        placed = self._in_place(link)
        if self._seen.get(identity(placed.url)) == placed.url:
            return placed.url
        return self._under_known_scheme(placed).url

    def _under_known_scheme(self, link: Link) -> Link:
        """A page known by its http address stays under it when it is listed with https."""
        run = self._run
        if run.frontier.find(run.source.id, link.url) is not None:
            return link
        twin = _under_other_scheme(link.url)
        if twin is None or run.frontier.find(run.source.id, twin) is None:
            return link
        return replace(link, url=twin)


def _under_other_scheme(url: str) -> str | None:
    """The http address of an https one, and the other way round; None where a port tells them
    apart.
    """
    parts = urlsplit(url)
    if parts.port is not None:
        return None
    return parts._replace(scheme="https" if parts.scheme == "http" else "http").geturl()


def _is_variant(link: Link) -> bool:
    return main_address(link.url) is not None


def _whole(link: Link, since: date) -> date:
    """The day from which a link counts: a month or year that is stated without a day counts whole."""
    stated = link.published or day_in(link.url) or ""
    first = {4: since.replace(month=1, day=1), 7: since.replace(day=1)}
    return first.get(len(stated), since)


def _is_newer(link: Link, known: KnownAddress) -> bool:
    """Whether the page is said to have changed since it was fetched."""
    before = known.lastmod or known.last_fetch
    return link.lastmod is not None and before is not None and link.lastmod > before
