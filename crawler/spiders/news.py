"""The one spider: it crawls any number of configured sources, several at once."""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import scrapy

from crawler.discovery.listing_words import ListingWords
from crawler.spiders.controls import CrawlControls
from crawler.spiders.fetch import FetchedResponse, Fetcher, FetchFailure
from crawler.spiders.journal import Journal
from crawler.spiders.offloader import Offloader
from crawler.spiders.page_renderer import PageRenderer
from crawler.spiders.pages import Pages
from crawler.spiders.source_discovery.discovery import SourceDiscovery
from crawler.spiders.source_run import SourceResult, SourceRun, SourceTask
from indexer.frontier.port import Frontier
from indexer.records.errors import DatabaseError
from indexer.records.outcome import Outcome

TICK = 0.2
"""Seconds between two checks of the clock and the stop event."""
DISCOVERY_SHARE = 0.5
"""Share of a source's time for its discovery, so that some is left for its pages."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SpiderWork:
    """What the spider has to do, and with what."""

    tasks: Sequence[SourceTask]
    frontier: Frontier
    journal: Journal
    words: ListingWords
    controls: CrawlControls
    parallel_sources: int
    seconds_per_source: float
    make_renderer: Callable[[Offloader], PageRenderer]


class NewsSpider(scrapy.Spider):
    """Crawls the sources in coroutines; each fetches one address after the other."""

    name = "news"

    def __init__(self, work: SpiderWork) -> None:
        super().__init__()
        self._work = work
        self._offloader = Offloader()
        self._renderer = work.make_renderer(self._offloader)
        self.results: dict[str, SourceResult] = {}
        self.failure: Exception | None = None
        """What ended the whole crawl: the database, the disk, or a mistake in our code."""

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """Crawl all sources. Nothing goes through Scrapy's scheduler."""
        fetcher = Fetcher(
            self.crawler.engine,
            self._work.journal,
            self._work.controls.now,
            self._record_robots,
            self._work.frontier,
            on_response=self._work.controls.on_response,
            on_site_time=self._work.controls.on_site_time,
        )
        limit = asyncio.Semaphore(self._work.parallel_sources)
        tasks = [
            asyncio.create_task(self._crawl_source(task, fetcher, limit))
            for task in self._work.tasks
        ]
        try:
            await self._watch(tasks)
        except Exception as error:  # raised by the caller: Scrapy would only log it
            logger.exception("crawl_failed")
            self._work.journal.abandon()
            self.failure = error
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._renderer.close()
        if self._renderer.failure is not None:
            self._work.controls.on_browser_failure(self._renderer.failure)
        nothing: tuple[scrapy.Request, ...] = ()
        for request in nothing:
            yield request

    async def _watch(self, tasks: list[asyncio.Task[None]]) -> None:
        """Wait for the sources; commit in time; return at a stop or when one fails badly."""
        waiting = set(tasks)
        while waiting and not self._work.controls.stop.is_set():
            done, waiting = await asyncio.wait(
                waiting, timeout=TICK, return_when=asyncio.FIRST_EXCEPTION
            )
            for task in done:
                task.result()
            self._work.journal.commit_overdue()

    async def _crawl_source(
        self, task: SourceTask, fetcher: Fetcher, limit: asyncio.Semaphore
    ) -> None:
        """Crawl one source; a mistake in our code must not end the others."""
        run = SourceRun(task, self._work.frontier, fetcher, self._work.journal)
        async with limit:
            began = time.monotonic()
            try:
                if (closed := why_closed(task, self._work.controls.now())) is not None:
                    self.results[task.source.id] = SourceResult("not-due", closed)
                    return
                await self._crawl(run, began)
                result = run.result()
            except (DatabaseError, OSError):
                self._work.journal.abandon()
                raise
            except Exception as error:  # logged and reported; the other sources continue
                logger.exception("source_failed %s", task.source.id)
                result = SourceResult(
                    "unreachable", f"internal error: {type(error).__name__}: {error}"
                )
            self.results[task.source.id] = replace(result, seconds=time.monotonic() - began)

    async def _crawl(self, run: SourceRun, began: float) -> None:
        work, controls = self._work, self._work.controls
        logger.info("source_started %s", run.source.id)
        seconds = min(work.seconds_per_source, _seconds_left(run.task, controls.now()))
        discovery = SourceDiscovery(
            run,
            work.words,
            self._offloader,
            until=began + seconds * DISCOVERY_SHARE,
            now=controls.now(),
            progress=controls.progress,
        )
        await discovery.run()
        pages = Pages(
            run, until=began + seconds, renderer=self._renderer, progress=controls.progress
        )
        await pages.run(discovery)
        logger.info("source_finished %s", run.source.id)

    def _record_robots(
        self, source: str, url: str, fetched: FetchedResponse | FetchFailure
    ) -> None:
        """Record a request for robots.txt."""
        frontier = self._work.frontier
        if isinstance(fetched, FetchFailure):
            frontier.record_discovery(
                source, url, fetched.outcome, fetched.reason, position=fetched.position
            )
        elif fetched.response.status == 200:
            frontier.record_discovery(source, url, Outcome.FETCHED, position=fetched.position)
        else:
            reason = f"status {fetched.response.status}"
            frontier.record_discovery(
                source, url, Outcome.HTTP_ERROR, reason, position=fetched.position
            )
        self._work.journal.commit_full_batch()


def why_closed(task: SourceTask, now: datetime) -> str | None:
    """Why a source may not be crawled at this time; None: it may."""
    return task.window.why_closed(now) if task.window is not None else None


def _seconds_left(task: SourceTask, now: datetime) -> float:
    """Seconds until the last request may be planned: its start may be a pause away."""
    left = task.window.time_left(now) if task.window is not None else None
    return math.inf if left is None else max(0.0, left.total_seconds() - task.source.delay)
