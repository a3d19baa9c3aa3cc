from __future__ import annotations

import asyncio
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.rendering.browser_renderer import (
    MOST_LATE_STARTS,
    BrowserRenderer,
    RenderFailed,
    RenderLimits,
)
from indexer.frontier.port import Response

URL = "https://partner.example/a"
PAGE = Response(URL, URL, 200, {}, datetime(2026, 5, 4, tzinfo=UTC), b"<html></html>")


async def _any(url: str) -> bool:
    raise AssertionError(f"{url}: nothing is loaded")


async def _reasons(renderer: BrowserRenderer, pages: int) -> list[str]:
    """Why each of some pages was not rendered."""
    told = []
    try:
        for _ in range(pages):
            with pytest.raises(RenderFailed) as failed:
                await renderer.render(
                    PAGE,
                    sites=frozenset(),
                    may_request=_any,
                    language="de",
                    decline=frozenset(),
                )
            told.append(str(failed.value))
    finally:
        await renderer.close()
    return told


def test_a_browser_without_room_for_its_files_fails_the_page_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # An OSError ends the whole crawl: it is the database, or the archive.
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "full"))
    renderer = BrowserRenderer("/usr/bin/browser", user_agent="Rohstoffradar/1")
    reason = "/usr/bin/browser did not start: No such file or directory"
    assert asyncio.run(_reasons(renderer, 2)) == [reason, reason]


def test_a_browser_that_is_late_is_tried_again_a_few_times(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # On a busy machine one slow start cost a whole night its rendered pages.
    starts = []
    create = asyncio.create_subprocess_exec

    async def counted(*command: str, **options: object) -> asyncio.subprocess.Process:
        starts.append(command)
        return await create("sleep", "60", **options)  # type: ignore[arg-type]

    monkeypatch.setattr(asyncio, "create_subprocess_exec", counted)
    renderer = BrowserRenderer(
        "/usr/bin/browser",
        user_agent="Rohstoffradar/1",
        limits=RenderLimits(start_seconds=0.01),
    )
    reasons = asyncio.run(_reasons(renderer, MOST_LATE_STARTS + 2))
    assert set(reasons) == {"/usr/bin/browser did not start: not in time"}
    assert len(starts) == MOST_LATE_STARTS
