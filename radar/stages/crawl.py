"""The stage crawl: the configured sources, the ledger and the archive, handed to the crawler."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa

from crawler.archive.warc import Archive
from crawler.discovery.listing_words import ListingWords
from crawler.rendering.chromium import find_chromium
from crawler.spiders.backfill import Backfill
from indexer.frontier.recrawl.feed_polling import feeds_due
from indexer.records.source import Source
from indexer.records.urls import canonical
from indexer.records.window import Window
from radar.erasure.erased_pages import ErasedPages
from radar.installation.clock import Clock
from radar.installation.installation import Installation
from radar.stages.crawl_frontier import CrawlFrontier
from radar.stages.read_ahead import ReadingAhead

if TYPE_CHECKING:
    from crawler.crawl import CrawlProgress, SourceResult


@dataclass(frozen=True, slots=True)
class CrawlPlan:
    """What one run crawls."""

    sources: Sequence[Source]
    feeds: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Source → feeds, for sources of which only these feeds are polled."""
    everything: bool = False
    """Request every known page again."""
    limit: int | None = None
    """Pages of each source, at most."""
    backfill: Backfill | None = None
    """Go through the archives of the sources."""


@dataclass(frozen=True, slots=True)
class CrawlHooks:
    """Callbacks of the crawl."""

    show: Callable[[int, int], None] = lambda done, planned: None
    """Called with the pages done and planned, over all sources."""
    count_bytes: Callable[[str, int], None] = lambda source, size: None
    """Called with the source and the size of each response's body."""
    ahead: ReadingAhead | None = None
    """Extracts pages meanwhile."""
    stop: threading.Event = field(default_factory=threading.Event)
    see_site_time: Callable[[datetime], None] = lambda _: None
    """Called with what the clock of a site shows."""
    note_browser: Callable[[str], None] = lambda _: None
    """Called with the reason where the browser could not be started."""


def crawl_sources(
    installation: Installation,
    connection: sa.Connection,
    run: int,
    plan: CrawlPlan,
    hooks: CrawlHooks,
    *,
    clock: Clock,
) -> Mapping[str, SourceResult]:
    """Crawl the sources of the plan.

    A source that is missing in the result had not ended when `stop` was set; outside of its window
    it is `not-due`.
    """
    # Scrapy takes half a second to load; `radar run --due` comes every minute, mostly to no end.
    from crawler.crawl import (  # noqa: PLC0415  # see above
        CrawlControls,
        CrawlSettings,
        SourceTask,
        crawl,
    )
    from crawler.rendering.staged_renderer import decline_words  # noqa: PLC0415  # see above

    frontier = CrawlFrontier(
        connection,
        run,
        clock,
        everything=plan.everything,
        erased=ErasedPages(connection),
        ahead=hooks.ahead,
    )
    archive = Archive(installation.settings.archive, committed_end=frontier.committed_end)
    crawler, zone = installation.settings.crawler, installation.settings.timezone
    steps: dict[str, CrawlProgress] = {}

    def show(step: CrawlProgress) -> None:
        steps[step.source] = step
        hooks.show(sum(p.requested for p in steps.values()), sum(p.planned for p in steps.values()))

    try:
        return crawl(
            [
                SourceTask(
                    source,
                    plan.limit,
                    window=window_of(source, zone),
                    feeds=tuple(plan.feeds.get(source.id, ())),
                    backfill=plan.backfill,
                )
                for source in plan.sources
            ],
            frontier,
            archive,
            CrawlSettings(
                ListingWords.from_languages(installation.reference.languages),
                contact=crawler.contact,
                allow_networks=crawler.allow_networks,
                chromium=find_chromium(crawler.chromium),
                decline=decline_words(installation.reference.languages),
            ),
            CrawlControls(
                show, hooks.count_bytes, hooks.see_site_time, hooks.note_browser, clock, hooks.stop
            ),
        )
    finally:
        archive.close()


def fast_feeds(
    connection: sa.Connection, sources: Sequence[Source], now: datetime
) -> Mapping[str, Sequence[str]]:
    """Source → feeds that are to be polled now whatever its schedule says.

    Only what is still configured, or found on the home page of a source with nothing configured.
    """
    due = feeds_due(connection, now)
    found = {source.id: _still_read(source, due.get(source.id, ())) for source in sources}
    return {source: feeds for source, feeds in found.items() if feeds}


def _still_read(source: Source, feeds: Sequence[str]) -> list[str]:
    if not source.discovery:
        return list(feeds)
    configured = {canonical(feed.url) for feed in source.feeds if feed.enabled}
    return [feed for feed in feeds if feed in configured]


def window_of(source: Source, zone: str) -> Window | None:
    """The time of day in which a source may be crawled; `zone` is that of sources without their
    own.
    """
    return Window.parse(source.window, source.timezone or zone) if source.window else None
