"""One page asked for outside a run: with the manners of the crawl, kept nowhere."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime

import scrapy
import uvloop
from scrapy.crawler import Crawler

from crawler.frontier import ArchivePosition, KnownSite, Response
from crawler.scrapy_settings import TIMEOUT, scrapy_settings
from crawler.spiders.fetch import Answer, Errand, Failure, Fetcher, refused_answer
from crawler.spiders.page_type import why_no_page
from crawler.urls import canonical
from indexer.errors import FetchError, HostUnavailable, ResponseRejected, RobotsDenied
from indexer.outcome import Outcome

_ERRORS: dict[Outcome, type[FetchError]] = {
    Outcome.ROBOTS: RobotsDenied,
    Outcome.UNREACHABLE: HostUnavailable,
    Outcome.TIMED_OUT: HostUnavailable,
}


def fetch_page(
    url: str,
    *,
    contact: str | None,
    allow_networks: Sequence[str],
    delay: float,
    timeout: float = TIMEOUT,
) -> Response:
    """Ask for one page, in this process and thread; robots.txt is asked for first.

    `contact`, `allow_networks`, `timeout` as in `CrawlSettings`; `delay`: seconds between two
    requests to a site. Redirects are followed to whatever site, whose robots.txt counts there.
    Raises FetchError: RobotsDenied, HostUnavailable, or ResponseRejected for everything that is no
    page to read (forbidden network, status, size, type, block).
    """
    address = canonical(url)
    if address is None:
        raise ResponseRejected(f"{url} is no address to ask for")
    crawler = Crawler(
        _OnePage,
        scrapy_settings(
            contact=contact, allow_networks=allow_networks, timeout=timeout, languages=()
        ),
    )
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(crawler.crawl_async(address, delay))
    spider = crawler.spider
    if not isinstance(spider, _OnePage) or spider.got is None:
        raise HostUnavailable(f"{url}: the crawler did not start")
    return _page(address, spider.got)


class _OnePage(scrapy.Spider):
    """Asks for one address."""

    name = "one-page"

    def __init__(self, url: str, delay: float) -> None:
        super().__init__()
        self._url = url
        self._delay = delay
        self.got: Answer | Failure | None = None

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """Do all the work. Nothing is handed to Scrapy's scheduler."""
        fetcher = Fetcher(self.crawler.engine, _Nowhere(), _now, lambda *_: None, _NoMemory())
        errand = Errand("single", self._delay, may_lead_to=lambda _: None)
        self.got = await fetcher.fetch(self._url, errand)
        nothing: tuple[scrapy.Request, ...] = ()
        for request in nothing:
            yield request


class _Nowhere:
    """Keeps no response."""

    def append(self, response: Response) -> ArchivePosition:
        """Forget it."""
        del response
        return ArchivePosition("", 0, 0)


class _NoMemory:
    """Knows nothing of earlier runs, and leaves nothing for later ones."""

    def site(self, name: str) -> KnownSite:
        """Nothing is known."""
        del name
        return KnownSite()

    def robots_read(self, name: str, status: int, body: bytes) -> None:
        """Forget it."""

    def site_rests(self, name: str, rest: KnownSite) -> None:
        """Forget it."""

    def site_heals(self, name: str) -> None:
        """Forget it."""


def _page(url: str, got: Answer | Failure) -> Response:
    failure = got if isinstance(got, Failure) else refused_answer(got)
    if failure is not None:
        error = _ERRORS.get(failure.outcome, ResponseRejected)
        raise error(f"{url}: {failure.outcome.value}: {failure.reason}")
    if not isinstance(got, Answer):
        raise TypeError("a failure was told above")
    response = got.response
    reason = why_no_page(response.headers, response.body)
    if response.status == 304:
        reason = "status 304"
    if reason is not None:
        raise ResponseRejected(f"{url}: {Outcome.REFUSED.value}: {reason}")
    return response


def _now() -> datetime:
    return datetime.now(UTC)
