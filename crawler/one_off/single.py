"""Fetches one page outside a run: a page that can be read, or an error."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from crawler.discovery.feeds import FeedArticle
from crawler.one_off.asker import NOT_ARCHIVED, Asker, CrawlIdentity, ask_all
from crawler.rendering.chromium import Chromium
from crawler.rendering.staged_renderer import staged_renderer
from crawler.spiders.fetch import (
    FetchContext,
    FetchedResponse,
    Fetcher,
    FetchFailure,
    response_failure,
)
from crawler.spiders.offloader import Offloader
from crawler.spiders.page_type import why_no_page
from indexer.frontier.port import Response
from indexer.records.errors import FetchError, HostUnavailable, ResponseRejected, RobotsDenied
from indexer.records.outcome import Outcome
from indexer.records.source import Source
from indexer.records.urls import canonical, owns

_ERRORS: dict[Outcome, type[FetchError]] = {
    Outcome.ROBOTS: RobotsDenied,
    Outcome.UNREACHABLE: HostUnavailable,
    Outcome.TIMED_OUT: HostUnavailable,
}


@dataclass(frozen=True, slots=True)
class Browser:
    """How to render a page, as its source says."""

    source: Source
    chromium: Chromium
    decline: frozenset[str]
    """Labels of buttons that decline consent (`decline_words`)."""


def fetch_page(
    url: str, identity: CrawlIdentity, *, delay: float, browser: Browser | None = None
) -> Response:
    """Fetch one page, in this process and thread; its robots.txt is fetched first.

    `delay`: seconds between two requests to a site. Redirects may lead to any site, whose own
    robots.txt then applies. With a `browser` the page is rendered where its source says so; the
    `remark` of the response says how. Raises FetchError: RobotsDenied, HostUnavailable, or
    ResponseRejected for everything that is no page to read (forbidden network, status, size, type,
    block).
    """
    address = canonical(url)
    if address is None:
        raise ResponseRejected(f"{url} is not an address that can be requested")

    async def fetch(asker: Asker) -> Response:
        response = _page(address, await asker.ask(address, delay))
        return response if browser is None else await _render(response, browser, asker, identity)

    [response] = ask_all([fetch], identity)
    return response


@dataclass(frozen=True, slots=True)
class _Run:
    """Stands in for a source's run: the renderer needs one."""

    source: Source
    fetcher: Fetcher
    feed_articles: Mapping[str, FeedArticle] = field(default_factory=dict)

    def owns(self, url: str) -> bool:
        return owns(self.source, url)

    def has_document(self, url: str) -> bool:
        del url  # whatever is known of the page, it is shown as it is now
        return False

    def fetch_context(self) -> FetchContext:
        return FetchContext(self.source.id, self.source.delay, self._why_off_source)

    def _why_off_source(self, url: str) -> str | None:
        return None if self.owns(url) else "not the source's"


async def _render(
    response: Response, browser: Browser, asker: Asker, identity: CrawlIdentity
) -> Response:
    renderer = staged_renderer(
        browser.chromium,
        asker.sink,
        Offloader(),
        contact=identity.contact,
        allow_networks=tuple(identity.allow_networks),
        decline=browser.decline,
    )
    try:
        run = _Run(browser.source, asker.fetcher)
        rendered = await renderer.render(run, FetchedResponse(response, NOT_ARCHIVED))
        if isinstance(rendered, FetchFailure):
            return replace(response, remark=rendered.reason)
        return rendered.response
    finally:
        await renderer.close()


def _page(url: str, fetched: FetchedResponse | FetchFailure) -> Response:
    failure = fetched if isinstance(fetched, FetchFailure) else response_failure(fetched)
    if failure is not None:
        error = _ERRORS.get(failure.outcome, ResponseRejected)
        raise error(f"{url}: {failure.outcome.value}: {failure.reason}")
    if not isinstance(fetched, FetchedResponse):
        raise TypeError("failures were raised above")
    response = fetched.response
    reason = why_no_page(response.headers, response.body)
    if response.status == 304:
        reason = "status 304"
    if reason is not None:
        raise ResponseRejected(f"{url}: {Outcome.REFUSED.value}: {reason}")
    return response
