from __future__ import annotations

import logging
import threading

import pytest

from tests.loopback.site import Answer, Asked, LoopbackSite
from tests.unit.crawler.night import (
    Night,
    article,
    fed,
)


def test_stop_ends_the_crawl_and_keeps_what_was_fetched(site: LoopbackSite, night: Night) -> None:
    stop = threading.Event()

    def last(asked: Asked) -> Answer:
        stop.set()
        return Answer(b"late", delay=60.0)

    site.page("/a", article())
    site.answer("/b", last)
    result = night.run(fed(site, "/a", "/b"), stop=stop)
    assert result == {}
    assert night.frontier.outcomes() == {"fetched": 1}
    night.frontier.forget()
    assert night.frontier.outcomes() == {"fetched": 1}


def test_nothing_goes_to_stdout(
    site: LoopbackSite,
    night: Night,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.WARNING)
    site.page("/a", article())
    night.run(fed(site, "/a"))
    assert capsys.readouterr().out == ""
    assert [r for r in caplog.records if r.levelno > logging.WARNING] == []


def test_a_record_that_fails_in_whatever_way_ends_the_crawl(
    site: LoopbackSite, night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise LookupError("no such table")

    monkeypatch.setattr("crawler.spiders.journal.Journal.commit_overdue", fail)
    site.page("/a", article())
    with pytest.raises(LookupError, match="no such table"):
        night.run(fed(site, "/a"))


def test_a_source_that_ends_without_a_result_is_not_passed_over(
    site: LoopbackSite, night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nothing(*_: object) -> None:
        """Ends at once."""

    monkeypatch.setattr("crawler.spiders.news.NewsSpider._crawl_source", nothing)
    with pytest.raises(RuntimeError, match="without a result for s"):
        night.run(fed(site, "/a"))
