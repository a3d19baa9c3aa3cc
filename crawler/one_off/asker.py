"""Addresses asked for outside a run: with the manners of the crawl, kept nowhere."""

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
from crawler.spiders.fetch import Answer, Errand, Failure, Fetcher, Keeper
from indexer.frontier.port import ArchivePosition, KnownSite, Response
from indexer.records.errors import HostUnavailable

AT_ONCE = 8
"""Errands that are done side by side; each site is still asked for one thing at a time."""

NOWHERE = ArchivePosition("", 0, 0)
"""Where an answer lies that is kept nowhere."""

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Manners:
    """Who asks, and how far it may go."""

    contact: str | None
    """Goes into the user agent."""
    allow_networks: Sequence[str]
    """Private networks that may be asked nevertheless."""
    timeout: float = TIMEOUT
    """Seconds for one request."""


class Asker:
    """Asks for one address after the other; what is learnt of a site holds for all of them."""

    def __init__(self, fetcher: Fetcher, keeper: Keeper) -> None:
        self.fetcher = fetcher
        self.keeper = keeper
        """Keeps nothing."""

    async def ask(
        self,
        url: str,
        delay: float,
        *,
        may_lead_to: Callable[[str], str | None] = lambda _: None,
        headers: Mapping[str, str] = MappingProxyType({}),
    ) -> Answer | Failure:
        """Ask for a canonical address, robots.txt first; `may_lead_to` judges targets of redirects."""
        errand = Errand("asked", delay, may_lead_to=may_lead_to, headers=headers)
        return await self.fetcher.fetch(url, errand)

    def robots(self, url: str, delay: float) -> RobotsRules | None:
        """The rules of the site, once something of it was asked for; None: it gave none."""
        return self.fetcher.site_of(url, Errand("asked", delay, lambda _: None)).robots


def ask_around(
    errands: Sequence[Callable[[Asker], Awaitable[Result]]],
    manners: Manners,
    *,
    done: Callable[[], None] = lambda: None,
) -> list[Result]:
    """Do the errands, in this process and thread; their results in their order.

    `done` is told of the end of each. Raises what an errand raises, and HostUnavailable if the
    crawler did not start.
    """
    crawler = Crawler(
        _Around,
        scrapy_settings(
            contact=manners.contact,
            allow_networks=tuple(manners.allow_networks),
            timeout=manners.timeout,
            languages=(),
        ),
    )
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(crawler.crawl_async(errands, done))
    spider = crawler.spider
    if not isinstance(spider, _Around):
        raise HostUnavailable("the crawler did not start")
    if spider.failure is not None:
        raise spider.failure
    if spider.results is None:
        raise HostUnavailable("the crawler ended early")
    return spider.results


class _Around(scrapy.Spider, Generic[Result]):
    """Does errands; nothing is handed to Scrapy's scheduler."""

    name = "asking"

    def __init__(
        self, errands: Sequence[Callable[[Asker], Awaitable[Result]]], done: Callable[[], None]
    ) -> None:
        super().__init__()
        self._errands = errands
        self._done = done
        self.results: list[Result] | None = None
        self.failure: Exception | None = None

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """Do all the work."""
        keeper = _Nowhere()
        fetcher = Fetcher(self.crawler.engine, keeper, _now, lambda *_: None, _NoMemory())
        asker = Asker(fetcher, keeper)
        free = asyncio.Semaphore(AT_ONCE)

        async def do(errand: Callable[[Asker], Awaitable[Result]]) -> Result:
            async with free:
                result = await errand(asker)
            self._done()
            return result

        try:
            self.results = list(await asyncio.gather(*map(do, self._errands)))
        except Exception as error:  # noqa: BLE001  # Scrapy would log it and go on: raised above
            self.failure = error
        nothing: tuple[scrapy.Request, ...] = ()
        for request in nothing:
            yield request


class _Nowhere:
    """Keeps no response."""

    def append(self, response: Response) -> ArchivePosition:
        """Forget it."""
        del response
        return NOWHERE


class _NoMemory:
    """Knows nothing of earlier runs, and leaves nothing for later ones."""

    def load_site(self, name: str) -> KnownSite:
        """Nothing is known."""
        del name
        return KnownSite()

    def save_robots(self, name: str, status: int, body: bytes) -> None:
        """Forget it."""

    def save_cooldown(self, name: str, cooldown: KnownSite) -> None:
        """Forget it."""

    def reset_site(self, name: str) -> None:
        """Forget it."""


def _now() -> datetime:
    return datetime.now(UTC)
