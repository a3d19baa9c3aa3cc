"""What is left of a page that could not be rendered."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

from crawler.politeness.site import Sites
from crawler.rendering.browser_renderer import BrowserRenderer, RenderFailed
from crawler.rendering.staged_renderer import StagedRenderer
from crawler.spiders.fetch import FetchedResponse, ResponseSink
from crawler.spiders.offloader import Offloader
from crawler.spiders.page_renderer import PageRun
from indexer.frontier.port import ArchivePosition, Response
from indexer.records.source import Source

URL = "https://partner.example/a"
SOURCE = Source("partner", "Partner", "https://partner.example/", "DE", ("de",), render="always")


class _Broken:
    async def render(self, *_: object, **__: object) -> None:
        raise RenderFailed("the browser did not start")


async def _render(fetched: FetchedResponse) -> FetchedResponse:
    site = Sites().get("partner.example", 0.0)
    run = SimpleNamespace(
        source=SOURCE,
        fetch_context=lambda: None,
        fetcher=SimpleNamespace(site_of=lambda *_: site),
    )
    renderer = StagedRenderer(
        cast("BrowserRenderer", _Broken()),
        cast("ResponseSink", None),
        Offloader(),
        frozenset(),
    )
    return await renderer.render(cast("PageRun", run), fetched)


def test_a_page_that_could_not_be_rendered_is_not_requested_conditionally_afterwards() -> None:
    headers = {"content-type": "text/html", "etag": '"shell"', "last-modified": "Mon"}
    moment = datetime(2026, 5, 4, tzinfo=UTC)
    page: Any = Response(URL, URL, 200, headers, moment, b"<div id=root></div>")
    fetched = FetchedResponse(page, ArchivePosition("a.warc.gz", 0, 9))
    left = asyncio.run(_render(fetched)).response
    assert left.body == page.body
    assert left.headers == {"content-type": "text/html"}
    assert left.remark == "not rendered: the browser did not start"
