"""The crawl of a run: sources in, outcomes to the frontier, responses to the archive."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import uvloop
from scrapy.crawler import Crawler

from crawler.archive.warc import Archive
from crawler.discovery.listing_words import ListingWords
from crawler.rendering.chromium import Chromium
from crawler.rendering.staged_renderer import staged_renderer
from crawler.scrapy_settings import TIMEOUT, scrapy_settings
from crawler.spiders.backfill import Backfill
from crawler.spiders.controls import CrawlControls
from crawler.spiders.journal import Journal
from crawler.spiders.news import NewsSpider, SpiderWork
from crawler.spiders.page_renderer import NoRenderer
from crawler.spiders.source_run import CrawlProgress, SourceResult, SourceTask
from indexer.frontier.port import Frontier

__all__ = [
    "Backfill",
    "CrawlControls",
    "CrawlProgress",
    "CrawlSettings",
    "SourceResult",
    "SourceTask",
    "crawl",
]

PARALLEL_SOURCES = 32
"""Sources that are crawled concurrently; each has one request in flight."""

HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class CrawlSettings:
    """Settings of the crawl as a whole."""

    words: ListingWords
    """Words for reading listing pages (`ListingWords.from_languages`)."""
    contact: str | None = None
    """Address or page for site owners, part of the user agent."""
    allow_networks: tuple[str, ...] = ()
    """Private networks that may be connected to nevertheless, in CIDR form."""
    chromium: Chromium | None = None
    """Renders pages of sources with `render: auto` or `always`."""
    decline: frozenset[str] = frozenset()
    """Labels of buttons that decline consent (`decline_words`)."""
    timeout: float = TIMEOUT
    """Seconds for one request."""
    parallel_sources: int = PARALLEL_SOURCES
    seconds_per_source: float = HOUR
    """Longest time for one source, discovery included; pages that are left then stay due."""


def crawl(
    tasks: Sequence[SourceTask],
    frontier: Frontier,
    archive: Archive,
    settings: CrawlSettings,
    controls: CrawlControls | None = None,
) -> Mapping[str, SourceResult]:
    """Crawl sources in this process and thread; may be called again and again.

    Every requested page address ends in one outcome, which the frontier records; everything is
    committed on return. Setting `controls.stop` ends the crawl within a second: requests in flight
    are dropped and stay due, and unfinished sources are missing in the result. Raises what the
    frontier or the archive raise (DatabaseError, OSError); what was recorded since the last commit
    is then not durable, and stays due. Raises RuntimeError if a source ended without a result
    although nobody stopped the crawl.
    """
    journal = Journal(archive, frontier)
    make_renderer = partial(
        staged_renderer,
        settings.chromium,
        journal,
        contact=settings.contact,
        allow_networks=settings.allow_networks,
        decline=settings.decline,
    )
    renders = any(task.source.render != "never" for task in tasks)
    work = SpiderWork(
        tasks=tasks,
        frontier=frontier,
        journal=journal,
        words=settings.words,
        controls=controls or CrawlControls(),
        parallel_sources=settings.parallel_sources,
        seconds_per_source=settings.seconds_per_source,
        make_renderer=make_renderer if renders else lambda offloader: NoRenderer(),
    )
    languages = dict.fromkeys(lang for task in tasks for lang in task.source.languages)
    crawler = Crawler(
        NewsSpider,
        scrapy_settings(
            contact=settings.contact,
            allow_networks=settings.allow_networks,
            timeout=settings.timeout,
            languages=tuple(languages),
        ),
    )
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(crawler.crawl_async(work))
    finally:
        journal.commit()  # also where it was stopped; not after a failure
    failure = _failure_of(crawler)
    if failure is not None:
        raise failure
    return _results_of(crawler, work)


def _failure_of(crawler: Crawler) -> Exception | None:
    return crawler.spider.failure if isinstance(crawler.spider, NewsSpider) else None


def _results_of(crawler: Crawler, work: SpiderWork) -> Mapping[str, SourceResult]:
    spider = crawler.spider
    if not isinstance(spider, NewsSpider):
        raise TypeError("Scrapy made no spider")
    missing = [task.source.id for task in work.tasks if task.source.id not in spider.results]
    if missing and not work.controls.stop.is_set():
        raise RuntimeError(f"the crawl ended without a result for {', '.join(missing)}")
    return dict(spider.results)
