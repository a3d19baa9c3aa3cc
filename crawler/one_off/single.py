"""One page asked for outside a run, as a page to read or an error."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from crawler.discovery.feeds import FeedArticle
from crawler.one_off.asker import NOWHERE, Asker, Manners, ask_around
from crawler.rendering.chromium import Chromium
from crawler.rendering.page_completion import rendering
from crawler.scrapy_settings import TIMEOUT
from crawler.spiders.fetch import Answer, Errand, Failure, Fetcher, refused_answer
from crawler.spiders.offloader import Aside
from crawler.spiders.page_type import why_no_page
from indexer.frontier.port import Response
from indexer.records.errors import FetchError, HostUnavailable, ResponseRejected, RobotsDenied
from indexer.records.outcome import Outcome
from indexer.records.source import Source
from indexer.records.urls import canonical, owned

_ERRORS: dict[Outcome, type[FetchError]] = {
    Outcome.ROBOTS: RobotsDenied,
    Outcome.UNREACHABLE: HostUnavailable,
    Outcome.TIMED_OUT: HostUnavailable,
}


@dataclass(frozen=True, slots=True)
class Browser:
    """How a page is rendered, as its source says."""

    source: Source
    chromium: Chromium
    decline: frozenset[str]
    """Labels of buttons that decline consent (`decline_words`)."""


def fetch_page(
    url: str,
    *,
    contact: str | None,
    allow_networks: Sequence[str],
    delay: float,
    timeout: float = TIMEOUT,
    browser: Browser | None = None,
) -> Response:
    """Ask for one page, in this process and thread; robots.txt is asked for first.

    `contact`, `allow_networks`, `timeout` as in `CrawlSettings`; `delay`: seconds between two
    requests to a site. Redirects are followed to whatever site, whose robots.txt counts there.
    With a `browser` the page is rendered where its source says so; `remark` of the answer tells
    how. Raises FetchError: RobotsDenied, HostUnavailable, or ResponseRejected for everything that
    is no page to read (forbidden network, status, size, type, block).
    """
    address = canonical(url)
    if address is None:
        raise ResponseRejected(f"{url} is no address to ask for")
    manners = Manners(contact, allow_networks, timeout)

    async def errand(asker: Asker) -> Response:
        response = _page(address, await asker.ask(address, delay))
        return response if browser is None else await _rendered(response, browser, asker, manners)

    [got] = ask_around([errand], manners)
    return got


@dataclass(frozen=True, slots=True)
class _Run:
    """The run that rendering takes for granted, for one page."""

    source: Source
    fetcher: Fetcher
    feed_articles: Mapping[str, FeedArticle] = field(default_factory=dict)

    def owns(self, url: str) -> bool:
        return owned(self.source, url)

    def errand(self) -> Errand:
        return Errand(self.source.id, self.source.delay, self._why_off_source)

    def _why_off_source(self, url: str) -> str | None:
        return None if self.owns(url) else "not the source's"


async def _rendered(
    response: Response, browser: Browser, asker: Asker, manners: Manners
) -> Response:
    completion = rendering(
        browser.chromium,
        asker.keeper,
        Aside(),
        contact=manners.contact,
        allow_networks=tuple(manners.allow_networks),
        decline=browser.decline,
    )
    try:
        run = _Run(browser.source, asker.fetcher)
        return (await completion.completed(run, Answer(response, NOWHERE))).response
    finally:
        await completion.close()


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
