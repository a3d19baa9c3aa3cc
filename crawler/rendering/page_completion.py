"""What becomes of a fetched page that may need a browser: the cheapest way to its text that there
is.

In this order: the page as it is, the article in its data, the one in its feed, its AMP version, and
only then the browser.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeVar

from crawler.discovery.apis.api_lists import api_of_item
from crawler.discovery.listing_words import plain
from crawler.parsers.charset import decode
from crawler.rendering.chromium import Chromium
from crawler.rendering.embedded import amp_version, with_embedded_article, with_feed_article
from crawler.rendering.need import why_rendering, word_count
from crawler.rendering.renderer import Renderer, RenderFailed
from crawler.scrapy_settings import user_agent
from crawler.spiders.fetch import Answer, Keeper, refused_answer
from crawler.spiders.offloader import Aside
from crawler.spiders.page_renderer import PageRun
from indexer.frontier.port import Response
from indexer.records.errors import ParseError
from indexer.records.urls import canonical, identity, sites

ENOUGH = 60
"""Words of an AMP version that has its text."""

_HTML = ("text/html", "application/xhtml+xml")
_TYPE = {"content-type": "text/html; charset=utf-8"}

Found = TypeVar("Found")

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Rendering:
    """For sources with `render: auto` or `always`."""

    renderer: Renderer
    keeper: Keeper
    aside: Aside
    decline: frozenset[str]
    """Labels of buttons that decline consent, folded."""

    async def completed(self, run: PageRun, got: Answer) -> Answer:
        """The page as it is if it has its text; what can't be rendered stays, with the reason."""
        mode = run.source.render
        kind = got.response.headers.get("content-type", "text/html").partition(";")[0].strip()
        if mode == "never" or kind.lower() not in _HTML or got.response.truncated:
            return got
        if api_of_item(run.source, got.response.final_url) is not None:
            return got
        html = decode(got.response.body, got.response.headers.get("content-type")).text
        if mode == "auto":
            reason = await self._aside(partial(why_rendering, html))
            if reason is None:
                return got
            logger.info("page_needs_scripts %s %s", got.response.final_url, reason)
            made = await self._without_browser(run, got, html)
            if made is not None:
                return made
        return await self._rendered(run, got)

    async def close(self) -> None:
        """End the browser."""
        await self.renderer.close()

    async def _without_browser(self, run: PageRun, got: Answer, html: str) -> Answer | None:
        """The article that the page's data hold, or its feed gives, or its AMP version."""
        embedded = await self._aside(partial(with_embedded_article, html, got.response.final_url))
        if embedded is not None:
            return self._made(got, embedded, "read from the data in the page")
        told = run.feed_articles.get(identity(got.response.url))
        if told is not None:
            return self._made(got, with_feed_article(html, told), "read from its feed")
        stated = amp_version(html)
        address = canonical(stated, got.response.final_url) if stated else None
        if address is None or not run.owns(address) or address == got.response.final_url:
            return None
        amp = await run.fetcher.fetch(address, run.errand())
        if not isinstance(amp, Answer) or refused_answer(amp) is not None:
            return None
        text = decode(amp.response.body, amp.response.headers.get("content-type")).text
        if amp.response.truncated or (await self._aside(partial(word_count, text)) or 0) < ENOUGH:
            return None
        return self._made(got, text, "read from its AMP version")

    async def _rendered(self, run: PageRun, got: Answer) -> Answer:
        response = got.response
        own = sites(run.source)

        async def may(url: str) -> bool:
            """Requests go to the source's own sites only, where robots.txt allows them."""
            address = canonical(url)
            if address is None or not run.owns(address):
                return False
            rules = await run.fetcher.rules(address, run.errand())
            return rules is not None and rules.allowed(url)

        place = run.fetcher.site_of(response.final_url, run.errand())
        try:
            async with place.pace.turn():  # nothing else is asked of the site meanwhile
                result = await self.renderer.render(
                    response,
                    sites=own,
                    may=may,
                    language=run.source.languages[0],
                    decline=self.decline,
                )
        except RenderFailed as error:
            logger.warning("page_not_rendered %s %s", response.final_url, error)
            return replace(got, response=replace(response, remark=f"not rendered: {error}"))
        logger.info(
            "page_rendered %s requests=%d refused=%d declined=%s",
            response.final_url, result.requests, result.refused, result.declined,
        )  # fmt: skip
        return self._made(got, result.html or "", "rendered by a browser")

    def _made(self, got: Answer, html: str, how: str) -> Answer:
        """Archive what was made of an answer. Its validators say nothing of that, and are dropped."""
        response: Response = replace(
            got.response,
            headers=_TYPE,
            body=html.encode("utf-8", "replace"),
            converted=True,
            remark=how,
        )
        return Answer(response, self.keeper.append(response))

    async def _aside(self, function: Callable[[], Found]) -> Found | None:
        """None where a hostile page takes too long."""
        try:
            return await self.aside.call(function)
        except ParseError:
            return None


def rendering(
    chromium: Chromium | None,
    keeper: Keeper,
    aside: Aside,
    *,
    contact: str | None,
    allow_networks: tuple[str, ...],
    decline: frozenset[str],
) -> Rendering:
    """Render with this browser, under the user agent and behind the guard of the crawl."""
    found = chromium or Chromium(None)
    renderer = Renderer(
        found.program,
        missing=found.missing,
        user_agent=user_agent(contact),
        allow_networks=allow_networks,
    )
    return Rendering(renderer, keeper, aside, decline)


def decline_words(languages: Mapping[str, Mapping[str, Any]]) -> frozenset[str]:
    """Labels of buttons that decline consent, folded, of all languages."""
    lists = (language.get("rendering", {}).get("decline", ()) for language in languages.values())
    return frozenset(plain(str(word)) for words in lists for word in words)
