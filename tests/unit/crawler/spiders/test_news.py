from __future__ import annotations

import asyncio
from typing import Any

import pytest

from crawler.spiders.journal import Journal
from indexer.frontier.port import Link
from indexer.records.errors import DatabaseError
from indexer.records.outcome import Outcome
from indexer.records.source import Feed
from tests.loopback.site import Answer, LoopbackSite
from tests.unit.crawler.night import (
    Night,
    article,
    fed,
    source,
)


def test_a_dead_source_does_not_hold_up_the_others(site: LoopbackSite, night: Night) -> None:
    with LoopbackSite() as dead:
        dead_url = dead.url
    site.page("/a", article())
    gone = source(site, id="dead", url=dead_url + "/", feeds=(Feed(dead_url + "/feed"),))
    result = night.run(gone, fed(site, "/a"))
    assert result["s"].state == "ok"
    assert result["dead"].state == "unreachable"
    assert (result["dead"].reason or "").startswith("robots.txt: ")


def test_a_page_that_two_sources_list_has_one_outcome(site: LoopbackSite, night: Night) -> None:
    site.answer("/a", Answer(article().encode(), headers={"Content-Type": "text/html"}, delay=0.3))
    first = fed(site, "/a")
    night.run(first, source(site, id="t", feeds=first.feeds))
    assert night.frontier.outcomes() == {"fetched": 1}
    assert site.paths().count("/a") == 1


def test_discovery_leaves_time_for_the_pages(
    site: LoopbackSite, night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawler.spiders.news.DISCOVERY_SHARE", 0.0)
    site.page("/a", article())
    partner = fed(site, "/a")
    night.frontier.add("s", Link(site.url + "/a"))
    night.run(partner)
    assert "/feed" not in site.paths()
    assert night.outcome(site.url + "/a") is Outcome.FETCHED


def test_what_others_do_after_a_failure_of_the_database_is_not_committed(
    site: LoopbackSite, night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.page("/a", article())
    calls: list[str] = []
    journals: list[Journal] = []

    def journal(*arguments: Any) -> Journal:
        journals.append(Journal(*arguments))
        return journals[-1]

    def fail(*_: object, **__: object) -> bool:
        calls.append("failed")
        # By another source, in the same turn of the loop.
        asyncio.get_running_loop().call_soon(journals[-1].commit)
        raise DatabaseError("the database is locked by another program")

    monkeypatch.setattr("crawler.crawl.Journal", journal)
    monkeypatch.setattr(night.frontier, "record_fetch", fail)
    monkeypatch.setattr(night.frontier, "commit", lambda: calls.append("committed"))
    with pytest.raises(DatabaseError):
        night.run(fed(site, "/a"))
    assert calls[calls.index("failed") :] == ["failed"]
