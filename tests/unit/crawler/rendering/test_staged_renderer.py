"""What is left of a page that could not be rendered."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, Literal, cast

import pytest

from crawler.politeness.site import Sites
from crawler.rendering.browser_renderer import BrowserRenderer, RenderFailed
from crawler.rendering.staged_renderer import StagedRenderer
from crawler.spiders.fetch import FetchedResponse, FetchFailure, ResponseSink
from crawler.spiders.offloader import Offloader
from crawler.spiders.page_renderer import PageRun
from indexer.frontier.port import ArchivePosition, Response
from indexer.records.outcome import Outcome
from indexer.records.source import Source

URL = "https://partner.example/a"
MOVED = "https://partner.example/b"
SOURCE = Source("partner", "Partner", "https://partner.example/", "DE", ("de",))
SHELL = b"<title>Partner</title><div id=root></div><script src=/app.js></script>"
TEXT = b"<title>Kupfer</title><p>Das Bergwerk im Norden liefert im Sommer mehr Kupfer als zuvor."
POSITION = ArchivePosition("a.warc.gz", 0, 9)
REASON = "not rendered: the browser ended"


class _Broken:
    def __init__(self, *, is_installed: bool) -> None:
        self.is_installed = is_installed

    async def render(self, *_: object, **__: object) -> None:
        raise RenderFailed("the browser ended")


def _render(
    body: bytes,
    *,
    render: Literal["auto", "always"] = "auto",
    known: str | None = None,
    final_url: str = URL,
    is_installed: bool = True,
) -> FetchedResponse | FetchFailure:
    """What a browser that fails leaves of an answer; `known`: an address that was read before."""
    site = Sites().get("partner.example", 0.0)
    run = SimpleNamespace(
        source=replace(SOURCE, render=render),
        feed_articles={},
        fetch_context=lambda: None,
        has_document=lambda url: url == known,
        fetcher=SimpleNamespace(site_of=lambda *_: site),
    )
    renderer = StagedRenderer(
        cast("BrowserRenderer", _Broken(is_installed=is_installed)),
        cast("ResponseSink", None),
        Offloader(),
        frozenset(),
    )
    headers = {"content-type": "text/html", "etag": '"shell"', "last-modified": "Mon"}
    moment = datetime(2026, 5, 4, tzinfo=UTC)
    page: Any = Response(URL, final_url, 200, headers, moment, body)
    fetched = FetchedResponse(page, POSITION)
    return asyncio.run(renderer.render(cast("PageRun", run), fetched))


@pytest.mark.parametrize("is_installed", [True, False])
@pytest.mark.parametrize(("body", "render"), [(SHELL, "auto"), (SHELL, "always"), (TEXT, "always")])
def test_of_a_known_page_nothing_gives_way_to_what_could_not_be_rendered(
    body: bytes, render: Literal["auto", "always"], is_installed: bool
) -> None:
    failure = FetchFailure(Outcome.QUARANTINED, REASON, 200, POSITION)
    assert _render(body, render=render, known=URL, is_installed=is_installed) == failure
    moved = _render(body, render=render, known=MOVED, final_url=MOVED, is_installed=is_installed)
    assert moved == failure


@pytest.mark.parametrize("render", ["auto", "always"])
def test_a_new_page_is_not_known_by_its_shell(render: Literal["auto", "always"]) -> None:
    assert _render(SHELL, render=render) == FetchFailure(Outcome.QUARANTINED, REASON, 200, POSITION)


@pytest.mark.parametrize(
    ("body", "render", "is_installed"), [(SHELL, "auto", False), (TEXT, "always", True)]
)
def test_a_new_page_that_could_not_be_rendered_is_not_requested_conditionally_afterwards(
    body: bytes, render: Literal["auto", "always"], is_installed: bool
) -> None:
    """Where there is no browser that could read it better, or where it has a text without one."""
    left = _render(body, render=render, is_installed=is_installed)
    assert isinstance(left, FetchedResponse)
    assert left.response.body == body
    assert left.response.headers == {"content-type": "text/html"}
    assert left.response.remark == REASON
