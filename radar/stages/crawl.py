"""The stage crawl: the configured sources, the ledger and the archive, handed to the crawler."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

import sqlalchemy as sa

from crawler.archive.warc import Archive
from crawler.discovery.listing_words import ListingWords
from crawler.politeness.window import Window
from crawler.rendering.chromium import find_chromium
from crawler.spiders.backfill import Backfill
from indexer.frontier.feed_polling import feeds_due
from indexer.records.source import Source
from indexer.records.urls import canonical
from radar.erasure.erased_pages import ErasedPages
from radar.installation.clock import Clock
from radar.installation.installation import Installation
from radar.stages.crawl_frontier import CrawlFrontier
from radar.stages.read_ahead import ReadingAhead

if TYPE_CHECKING:
    from crawler.crawl import CrawlProgress, SourceResult


def crawl_sources(
    installation: Installation,
    connection: sa.Connection,
    run: int,
    sources: Sequence[Source],
    *,
    feeds: Mapping[str, Sequence[str]] = MappingProxyType({}),
    clock: Clock,
    everything: bool,
    limit: int | None,
    backfill: Backfill | None,
    progress: Callable[[int, int], None],
    fetched: Callable[[str, int], None],
    ahead: ReadingAhead | None,
    stop: threading.Event,
) -> Mapping[str, SourceResult]:
    """Crawl the sources; `progress` is told pages done and pages planned, over all of them,
    and `fetched` the source and the bytes of each answer's body. Pages are read `ahead` where that
    is given.

    Of a source that `feeds` names, only the feeds that it gives are polled. A source that is
    missing in the answer had not ended when `stop` was set; outside of its window it is `not-due`.
    """
    # Scrapy takes half a second to load; `radar run --due` comes every minute, mostly to no end.
    from crawler.crawl import CrawlSettings, SourceTask, crawl  # noqa: PLC0415  # see above
    from crawler.rendering.staged_renderer import decline_words  # noqa: PLC0415  # see above

    frontier = CrawlFrontier(
        connection,
        run,
        clock,
        everything=everything,
        erased=ErasedPages(connection),
        ahead=ahead,
    )
    archive = Archive(installation.settings.archive, committed_end=frontier.committed_end)
    crawler, zone = installation.settings.crawler, installation.settings.timezone
    told: dict[str, CrawlProgress] = {}

    def show(step: CrawlProgress) -> None:
        told[step.source] = step
        progress(sum(p.asked for p in told.values()), sum(p.planned for p in told.values()))

    try:
        return crawl(
            [
                SourceTask(
                    source,
                    limit,
                    window=window_of(source, zone),
                    feeds=tuple(feeds.get(source.id, ())),
                    backfill=backfill,
                )
                for source in sources
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
            progress=show,
            fetched=fetched,
            now=clock,
            stop=stop,
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
