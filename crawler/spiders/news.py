"""The one spider: it drives any number of configured sources, several at once."""

from __future__ import annotations

import asyncio
import logging
import math
import threading
import time
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import scrapy

from crawler.discovery.listing_words import ListingWords
from crawler.spiders.discover import Discovery
from crawler.spiders.fetch import FetchedResponse, Fetcher, FetchFailure
from crawler.spiders.journal import Journal
from crawler.spiders.offloader import Offloader
from crawler.spiders.page_renderer import PageRenderer
from crawler.spiders.pages import Pages
from crawler.spiders.source_run import CrawlProgress, SourceResult, SourceRun, SourceTask
from indexer.frontier.port import Frontier
from indexer.records.errors import DatabaseError
from indexer.records.outcome import Outcome

TICK = 0.2
"""Seconds between two looks at the clock and the stop event."""
DISCOVERY_SHARE = 0.5
"""Part of a source's time that its discovery may take, so that some is left for its pages."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SpiderWork:
    """What the spider is to do, and with what."""

    tasks: Sequence[SourceTask]
    frontier: Frontier
    journal: Journal
    words: ListingWords
    now: Callable[[], datetime]
    stop: threading.Event
    progress: Callable[[CrawlProgress], None] | None
    parallel_sources: int
    seconds_per_source: float
    fetched: Callable[[str, int], None]
    """Told of each answer: source, and bytes of the body."""
    make_renderer: Callable[[Offloader], PageRenderer]


class NewsSpider(scrapy.Spider):
    """Runs the sources as coroutines; each asks for one address after the other."""

    name = "news"

    def __init__(self, work: SpiderWork) -> None:
        super().__init__()
        self._work = work
        self._offloader = Offloader()
        self._renderer = work.make_renderer(self._offloader)
        self.results: dict[str, SourceResult] = {}
        self.failure: Exception | None = None
        """What stopped the whole crawl: the database, the disk, or a mistake of ours."""

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """Do all the work. Nothing is handed to Scrapy's scheduler."""
        fetcher = Fetcher(
            self.crawler.engine,
            self._work.journal,
            self._work.now,
            self._robots,
            self._work.frontier,
            on_response=self._work.fetched,
        )
        limit = asyncio.Semaphore(self._work.parallel_sources)
        tasks = [
            asyncio.create_task(self._source(task, fetcher, limit)) for task in self._work.tasks
        ]
        try:
            await self._watch(tasks)
        except (
            Exception
        ) as error:  # kept for the caller: Scrapy would log it and end as if all were well
            logger.exception("crawl_failed")
            self.failure = error
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._renderer.close()
        nothing: tuple[scrapy.Request, ...] = ()
        for request in nothing:
            yield request

    async def _watch(self, tasks: list[asyncio.Task[None]]) -> None:
        """Wait for the sources; commit in time; leave when told to stop or when one fails badly."""
        waiting = set(tasks)
        while waiting and not self._work.stop.is_set():
            done, waiting = await asyncio.wait(
                waiting, timeout=TICK, return_when=asyncio.FIRST_EXCEPTION
            )
            for task in done:
                task.result()
            self._work.journal.tick()

    async def _source(self, task: SourceTask, fetcher: Fetcher, limit: asyncio.Semaphore) -> None:
        """Crawl one source; a mistake in our reading of it must not end the others."""
        run = SourceRun(task, self._work.frontier, fetcher, self._work.journal)
        async with limit:
            began = time.monotonic()
            try:
                if (closed := why_closed(task, self._work.now())) is not None:
                    self.results[task.source.id] = SourceResult("not-due", closed)
                    return
                await self._crawl(run, began)
                result = run.result()
            except (DatabaseError, OSError):
                raise
            except Exception as error:  # logged and reported; the other sources go on
                logger.exception("source_failed %s", task.source.id)
                result = SourceResult(
                    "unreachable", f"internal error: {type(error).__name__}: {error}"
                )
            self.results[task.source.id] = replace(result, seconds=time.monotonic() - began)

    async def _crawl(self, run: SourceRun, began: float) -> None:
        work = self._work
        logger.info("source_started %s", run.source.id)
        seconds = min(work.seconds_per_source, _left(run.task, work.now()))
        discovery = Discovery(
            run,
            work.words,
            self._offloader,
            until=began + seconds * DISCOVERY_SHARE,
            now=work.now(),
            progress=work.progress,
        )
        await discovery.run()
        pages = Pages(run, until=began + seconds, renderer=self._renderer, progress=work.progress)
        await pages.run(discovery)
        logger.info("source_finished %s", run.source.id)

    def _robots(self, source: str, url: str, fetched: FetchedResponse | FetchFailure) -> None:
        """A robots.txt was asked for."""
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
        self._work.journal.told()


def why_closed(task: SourceTask, now: datetime) -> str | None:
    """Why a source is not to be crawled at this time; None: it may be."""
    return task.window.why_closed(now) if task.window is not None else None


def _left(task: SourceTask, now: datetime) -> float:
    """Seconds until the last request may begin: its turn may be a pause away."""
    left = task.window.time_left(now) if task.window is not None else None
    return math.inf if left is None else max(0.0, left.total_seconds() - task.source.delay)
