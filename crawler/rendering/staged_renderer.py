"""Renders a fetched page in stages; the cheapest one that yields the page's text wins.

In this order: the page as it is, the article in its data, the one in its feed, its AMP version, and
only then the browser.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeVar

from crawler.discovery.listing_words import plain
from crawler.parsers.charset import decode
from crawler.parsers.embedded_article import find_embedded_article, insert_article
from crawler.rendering.browser_renderer import BrowserRenderer, RenderFailed
from crawler.rendering.chromium import Chromium
from crawler.rendering.instead import amp_version, with_feed_article
from crawler.rendering.need import may_be_rendered, why_rendering, word_count
from crawler.rendering.shell_title import with_own_title
from crawler.scrapy_settings import user_agent
from crawler.spiders.fetch import (
    FetchedResponse,
    FetchFailure,
    ResponseSink,
    response_failure,
    without_validators,
)
from crawler.spiders.offloader import Offloader
from crawler.spiders.page_renderer import PageRun
from indexer.frontier.port import Response
from indexer.records.errors import ParseError
from indexer.records.outcome import Outcome
from indexer.records.urls import canonical, identity, sites

MIN_AMP_WORDS = 60
"""Words of an AMP version that has its text."""

_RENDERED_HEADERS = {"content-type": "text/html; charset=utf-8"}

Result = TypeVar("Result")

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class StagedRenderer:
    """Renders pages of sources with `render: auto` or `always`; a `PageRenderer`."""

    browser: BrowserRenderer
    sink: ResponseSink
    offloader: Offloader
    decline: frozenset[str]
    """Normalised labels of buttons that decline consent."""

    async def render(
        self, run: PageRun, fetched: FetchedResponse
    ) -> FetchedResponse | FetchFailure:
        """The page as it is if it has its text, or with the text that was made; or a failure."""
        response = fetched.response
        if not may_be_rendered(run.source, response):
            return fetched
        html = decode(response.body, response.headers.get("content-type")).text
        if run.source.render == "auto":
            reason = await self._offload(partial(why_rendering, html))
            if reason is None:
                return fetched
            logger.info("page_needs_scripts %s %s", response.final_url, reason)
            rendered = await self._render_without_browser(run, response, html)
            if rendered is not None:
                return rendered
        return await self._render_in_browser(run, fetched)

    @property
    def failure(self) -> str | None:
        """Why the browser that is installed is not tried any more."""
        return self.browser.failure

    async def close(self) -> None:
        """End the browser."""
        await self.browser.close()

    async def _render_without_browser(
        self, run: PageRun, response: Response, html: str
    ) -> FetchedResponse | None:
        """The article in the page's data or in its feed, or the page's AMP version."""
        embedded = await self._offload(partial(find_embedded_article, html, response.final_url))
        if embedded is not None:
            filled = insert_article(html, embedded)
            return self._archive(response, filled, "read from the data in the page")
        article = run.feed_articles.get(identity(response.url))
        if article is not None:
            return self._archive(response, with_feed_article(html, article), "read from its feed")
        amp = await self._fetch_amp_version(run, response, html)
        if amp is not None:
            return self._archive(response, amp, "read from its AMP version")
        return None

    async def _fetch_amp_version(self, run: PageRun, response: Response, html: str) -> str | None:
        written = amp_version(html)
        address = canonical(written, response.final_url) if written else None
        if address is None or not run.owns(address) or address == response.final_url:
            return None
        amp = await run.fetcher.fetch(address, run.fetch_context())
        if not isinstance(amp, FetchedResponse) or response_failure(amp) is not None:
            return None
        text = decode(amp.response.body, amp.response.headers.get("content-type")).text
        if amp.response.truncated:
            return None
        words = await self._offload(partial(word_count, text)) or 0
        return text if words >= MIN_AMP_WORDS else None

    async def _render_in_browser(
        self, run: PageRun, fetched: FetchedResponse
    ) -> FetchedResponse | FetchFailure:
        response = fetched.response

        async def may_request(url: str) -> bool:
            """Only the source's own sites, where their robots.txt allows it."""
            address = canonical(url)
            if address is None or not run.owns(address):
                return False
            rules = await run.fetcher.robots_rules(address, run.fetch_context())
            return rules is not None and rules.allowed(url)

        site = run.fetcher.site_of(response.final_url, run.fetch_context())
        try:
            async with site.pace.turn():  # no other request to the site meanwhile
                result = await self.browser.render(
                    response,
                    sites=sites(run.source),
                    may_request=may_request,
                    language=run.source.languages[0],
                    decline=self.decline,
                )
        except RenderFailed as error:
            logger.warning("page_not_rendered %s %s", response.final_url, error)
            return await self._unrendered(run, fetched, f"not rendered: {error}")
        logger.info(
            "page_rendered %s requests=%d refused=%d declined=%s",
            response.final_url,
            result.requests,
            result.refused,
            result.declined,
        )
        html = with_own_title(result.html or "", run.source.name)
        return self._archive(response, html, "rendered by a browser")

    async def _unrendered(
        self, run: PageRun, fetched: FetchedResponse, reason: str
    ) -> FetchedResponse | FetchFailure:
        """What a page is that the browser failed at.

        Nothing of what is known gives way to a shell; nor is a new page known by its shell where a
        browser may read it another night. Where none is installed, or a new page has a text without
        one, it is read as it is.
        """
        response = fetched.response
        known = run.has_document(response.url) or run.has_document(response.final_url)
        if known or (self.browser.is_installed and await self._is_shell(response)):
            return FetchFailure(Outcome.QUARANTINED, reason, response.status, fetched.position)
        # It is tried again with the next look: "not modified" would leave it as it is now.
        return replace(fetched, response=replace(without_validators(response), remark=reason))

    async def _is_shell(self, response: Response) -> bool:
        html = decode(response.body, response.headers.get("content-type")).text
        return await self._offload(partial(why_rendering, html)) is not None

    def _archive(self, response: Response, html: str, remark: str) -> FetchedResponse:
        """Archive a rendered page.

        The validators of the response say nothing of the rendered page, and are dropped.
        """
        rendered = replace(
            response,
            headers=_RENDERED_HEADERS,
            body=html.encode("utf-8", "replace"),
            converted=True,
            remark=remark,
        )
        return FetchedResponse(rendered, self.sink.append(rendered))

    async def _offload(self, function: Callable[[], Result]) -> Result | None:
        """Run it in a thread; None if a hostile page takes too long."""
        try:
            return await self.offloader.call(function)
        except ParseError:
            return None


def staged_renderer(
    chromium: Chromium | None,
    sink: ResponseSink,
    offloader: Offloader,
    *,
    contact: str | None,
    allow_networks: tuple[str, ...],
    decline: frozenset[str],
) -> StagedRenderer:
    """A renderer with this browser, with the user agent and behind the guard of the crawl."""
    found = chromium or Chromium(None)
    browser = BrowserRenderer(
        found.program,
        missing=found.missing,
        user_agent=user_agent(contact),
        allow_networks=allow_networks,
    )
    return StagedRenderer(browser, sink, offloader, decline)


def decline_words(languages: Mapping[str, Mapping[str, Any]]) -> frozenset[str]:
    """Normalised labels of buttons that decline consent, of all languages."""
    lists = (language.get("rendering", {}).get("decline", ()) for language in languages.values())
    return frozenset(plain(str(word)) for words in lists for word in words)
