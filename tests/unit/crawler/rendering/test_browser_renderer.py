from __future__ import annotations

import asyncio
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.rendering.browser_renderer import BrowserRenderer, RenderFailed
from indexer.frontier.port import Response


async def _any(url: str) -> bool:
    raise AssertionError(f"{url}: nothing is loaded")


def test_a_browser_without_room_for_its_files_fails_the_page_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # An OSError ends the whole crawl: it is the database, or the archive.
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "full"))
    url = "https://partner.example/a"
    page = Response(url, url, 200, {}, datetime(2026, 5, 4, tzinfo=UTC), b"<html></html>")

    async def render_twice() -> list[str]:
        renderer = BrowserRenderer("/usr/bin/browser", user_agent="Rohstoffradar/1")
        told = []
        try:
            for _ in range(2):
                with pytest.raises(RenderFailed) as failed:
                    await renderer.render(
                        page,
                        sites=frozenset(),
                        may_request=_any,
                        language="de",
                        decline=frozenset(),
                    )
                told.append(str(failed.value))
        finally:
            await renderer.close()
        return told

    reason = "/usr/bin/browser did not start: No such file or directory"
    assert asyncio.run(render_twice()) == [reason, reason]
