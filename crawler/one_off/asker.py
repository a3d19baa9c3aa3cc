"""Fetches addresses outside a run, with the politeness of the crawl; nothing is archived."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Generic, TypeVar

import scrapy
import uvloop
from scrapy.crawler import Crawler

from crawler.politeness.robots import RobotsRules
from crawler.scrapy_settings import TIMEOUT, scrapy_settings
from crawler.spiders.fetch import (
    FetchContext,
    FetchedResponse,
    Fetcher,
    FetchFailure,
    ResponseSink,
)
from indexer.frontier.port import ArchivePosition, KnownSite, Response
from indexer.records.errors import HostUnavailable

PARALLEL_JOBS = 8
"""Jobs that run concurrently; each site still has one request in flight."""

NOT_ARCHIVED = ArchivePosition("", 0, 0)
"""Position of a response that is not archived."""

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class CrawlIdentity:
    """Who fetches, and from which networks."""

    contact: str | None
    """Part of the user agent."""
    allow_networks: Sequence[str]
    """Private networks that may be connected to nevertheless, in CIDR form."""
    timeout: float = TIMEOUT
    """Seconds for one request."""


class Asker:
    """Fetches one address after the other; all jobs share the state of a site."""

    def __init__(self, fetcher: Fetcher, sink: ResponseSink) -> None:
        self.fetcher = fetcher
        self.sink = sink
        """Discards responses."""

    async def ask(
        self,
        url: str,
        delay: float,
        *,
        may_lead_to: Callable[[str], str | None] = lambda _: None,
        headers: Mapping[str, str] = MappingProxyType({}),
    ) -> FetchedResponse | FetchFailure:
        """Fetch a canonical address, robots.txt first; `may_lead_to` judges redirect targets."""
        context = FetchContext("asked", delay, may_lead_to=may_lead_to, headers=headers)
        return await self.fetcher.fetch(url, context)

    def robots(self, url: str, delay: float) -> RobotsRules | None:
        """The rules of a site from which something was fetched; None: it has none."""
        return self.fetcher.site_of(url, FetchContext("asked", delay, lambda _: None)).robots


Job = Callable[[Asker], Awaitable[Result]]


def ask_all(
    jobs: Sequence[Job[Result]],
    identity: CrawlIdentity,
    *,
    done: Callable[[], None] = lambda: None,
) -> list[Result]:
    """Run the jobs in this process and thread; their results are in the order of the jobs.

    `done` is called at the end of each job. Raises what a job raises, and HostUnavailable if the
    crawler did not start.
    """
    crawler = Crawler(
        _JobSpider,
        scrapy_settings(
            contact=identity.contact,
            allow_networks=tuple(identity.allow_networks),
            timeout=identity.timeout,
            languages=(),
        ),
    )
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(crawler.crawl_async(jobs, done))
    spider = crawler.spider
    if not isinstance(spider, _JobSpider):
        raise HostUnavailable("the crawler did not start")
    if spider.failure is not None:
        raise spider.failure
    if spider.results is None:
        raise HostUnavailable("the crawler ended early")
    return spider.results


class _JobSpider(scrapy.Spider, Generic[Result]):
    """Runs jobs; nothing goes through Scrapy's scheduler."""

    name = "asking"

    def __init__(self, jobs: Sequence[Job[Result]], done: Callable[[], None]) -> None:
        super().__init__()
        self._jobs = jobs
        self._done = done
        self.results: list[Result] | None = None
        self.failure: Exception | None = None

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """Run all jobs."""
        sink = _NullSink()
        fetcher = Fetcher(self.crawler.engine, sink, _now, lambda *_: None, _NoSiteMemory())
        asker = Asker(fetcher, sink)
        limit = asyncio.Semaphore(PARALLEL_JOBS)

        async def run(job: Job[Result]) -> Result:
            async with limit:
                result = await job(asker)
            self._done()
            return result

        try:
            self.results = list(await asyncio.gather(*map(run, self._jobs)))
        except Exception as error:  # noqa: BLE001  # Scrapy would log it and continue: raised above
            self.failure = error
        nothing: tuple[scrapy.Request, ...] = ()
        for request in nothing:
            yield request


class _NullSink:
    """Discards responses."""

    def append(self, response: Response) -> ArchivePosition:
        """Discard it."""
        del response
        return NOT_ARCHIVED


class _NoSiteMemory:
    """Knows nothing of earlier runs and saves nothing for later ones."""

    def load_site(self, name: str) -> KnownSite:
        """Nothing is known."""
        del name
        return KnownSite()

    def save_robots(self, name: str, status: int, body: bytes) -> None:
        """Discard it."""

    def save_cooldown(self, name: str, cooldown: KnownSite) -> None:
        """Discard it."""

    def reset_site(self, name: str) -> None:
        """Discard it."""


def _now() -> datetime:
    return datetime.now(UTC)
