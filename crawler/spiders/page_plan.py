"""Which pages of one source a run requests, and in which order.

First what discovery has found now, the newest first; then what has waited longest for its first
request, to which a part of the budget belongs; then the rest of both and what is due in the
frontier. Of addresses whose shape shows the same again and again (`indexer.frontier.traps`), a few
are requested as probes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import chain

from crawler.discovery.feed_dates import parse_instant
from crawler.discovery.listings.page_addresses import is_index_path
from crawler.discovery.variants import main_address
from crawler.spiders.source_discovery.found_links import FoundLinks
from crawler.spiders.source_run import SourceRun
from indexer.frontier.port import PROBES, Link
from indexer.records.urls import identity

WAITING_PART = 4
"""One of so many requests belongs to the pages that have waited longest. Whatever a site lists
newly, pages for a whole budget are requested within so many nights; and news still has most of it.
"""
PROBES_PART = 10
"""At most one of so many requests is a probe, however many shapes are rested."""
_BEGINNING = datetime(1, 1, 1, tzinfo=UTC)


def plan_pages(run: SourceRun, found: FoundLinks) -> list[str]:
    """Page addresses for this run, each page once, within the budget."""
    plan = _PagePlan(run)
    links = [link for link in _newest_first(found.new.values()) if plan.may_be_requested(link.url)]
    shapes = {link.url: run.frontier.rested_shape(run.source.id, link.url) for link in links}
    news = iter([link.url for link in links if shapes[link.url] is None])
    rested: dict[str, list[Link]] = {}
    for link in links:
        if (shape := shapes[link.url]) is not None:
            rested.setdefault(shape, []).append(link)
    probes = plan.probes_among(rested)
    waiting_part = plan.budget // WAITING_PART if run.is_for_news else 0
    plan.take(news, plan.budget - waiting_part - len(probes))
    if run.is_for_news:
        plan.take(run.frontier.iter_waiting(run.source.id), len(plan) + waiting_part)
    plan.take(probes, len(plan) + len(probes))
    plan.take(chain(news, plan.without_rested(_known(run, found))), plan.budget)
    for shape, links_of_shape in rested.items():
        left_out = sum(link.url not in plan for link in links_of_shape)
        if left_out:
            run.frontier.record_left_out(run.source.id, shape, left_out)
    run.planned.update(plan.identities())
    return plan.addresses()


class _PagePlan:
    """The addresses that were chosen so far."""

    def __init__(self, run: SourceRun) -> None:
        self._run = run
        self.budget = run.task.budget
        self._taken: dict[str, str] = {}
        self._probed: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._taken)

    def __contains__(self, url: str) -> bool:
        return identity(url) in self._taken

    def addresses(self) -> list[str]:
        """The addresses, in their order."""
        return list(self._taken.values())

    def identities(self) -> Iterable[str]:
        """The identities of the pages."""
        return self._taken.keys()

    def may_be_requested(self, url: str) -> bool:
        """Whether it is a page of the source without an outcome in this run."""
        run = self._run
        return (
            run.owns(url)
            and run.is_selected(url)
            and identity(url) not in run.discovery_urls
            and not run.frontier.has_outcome(url)
        )

    def take(self, urls: Iterable[str], most: int) -> None:
        """Take addresses until there are so many in all, but never more than the budget."""
        for url in urls if len(self) < min(most, self.budget) else ():
            if self.may_be_requested(url):
                self._taken.setdefault(identity(url), url)
            if len(self) >= min(most, self.budget):
                return  # after the last one: what is left of an iterator is for later

    def probes_among(self, rested: dict[str, list[Link]]) -> list[str]:
        """A few links of each rested shape: those with a title that no page read so far had."""
        probes: list[str] = []
        most = max(1, self.budget // PROBES_PART)
        for shape, links in rested.items():
            titles = {link.title for link in links if link.title is not None}
            read = self._run.frontier.read_titles(self._run.source.id, titles)
            unread: dict[str | None, Link] = {}
            for link in links:
                if link.title is not None and link.title not in read:
                    unread.setdefault(link.title, link)
            first = dict.fromkeys(link.url for link in [*unread.values(), *links])
            chosen = [*first][: min(PROBES, most - len(probes))]
            self._probed[shape] = len(chosen)
            probes += chosen
        return probes

    def without_rested(self, urls: Iterable[str]) -> Iterator[str]:
        """The addresses without those of rested shapes, save the probes that are left."""
        for url in urls:
            shape = self._run.frontier.rested_shape(self._run.source.id, url)
            if shape is not None:
                if self._probed[shape] >= PROBES:
                    continue
                self._probed[shape] += 1
            yield url


def _known(run: SourceRun, found: FoundLinks) -> Iterator[str]:
    """Known pages that are to be requested now."""
    if run.task.feeds:
        return (link.url for link in _newest_first(found.changed.values()))
    return (
        address.url
        for address in run.frontier.iter_due(run.source.id)
        if (address.last_fetch is None or run.task.backfill is None)
        and identity(address.url) not in found.too_old
    )


def _newest_first(links: Iterable[Link]) -> list[Link]:
    """Sort by the stated date; links without one keep their order at the end.

    AMP and print versions come last, after the pages that they show have been fetched; before them
    indexes of tags, categories and authors, which change with each news item.
    """

    def age(link: Link) -> tuple[bool, bool, datetime]:
        moment = parse_instant(link.published) or link.lastmod or _BEGINNING
        return main_address(link.url) is None, not is_index_path(link.url), moment

    return sorted(links, key=age, reverse=True)
