"""A stage that fails by a mistake in the program: the others do their work."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from indexer.alerts.matching import Matcher
from radar.run import run as stages
from radar.stages.learn import Learning
from tests.e2e.newsroom import NIGHTS, article, feed
from tests.e2e.world import World, source
from tests.loopback.site import LoopbackSite


def _fail(*_: object, **__: object) -> None:
    raise KeyError("mistake")


def _failed(world: World) -> set[str]:
    """The stages that the last run calls failed."""
    [(summary,)] = world.rows("select summary from run order by id desc limit 1")
    said = (
        problem.partition(": internal error: KeyError")
        for problem in json.loads(summary)["problems"]
    )
    return {stage for stage, failed, _ in said if failed}


def test_what_fails_in_each_run_keeps_no_watch_from_being_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World(tmp_path)
    with LoopbackSite() as site:
        page = site.page("/n/1", article("Kupfer im Norden", "Kupfererz"))
        site.xml("/feed.xml", feed([page]))
        world.configure(
            [source("grube", f"{site.url}/", feeds=[{"url": f"{site.url}/feed.xml"}])],
            [{"id": "copper", "name": "Copper", "query": "commodity:copper", "channels": ["feed"]}],
        )
        with monkeypatch.context() as mistaken:
            mistaken.setattr(Matcher, "look", _fail)
            for name in ("enforce_retention", "keep_house"):
                mistaken.setattr(stages, name, _fail)
            assert world.radar("run", "--now", NIGHTS[0].isoformat()).code == 1
        assert _failed(world) == {"watches", "retention", "rows of old runs"}
        assert world.rows("select state from source") == [("ok",)]
        assert world.rows("select state from run") == [("done",)]
        for name in ("compare_documents", "index_backlog", "assess_health"):
            monkeypatch.setattr(stages, name, _fail)
        for name in ("enforce_retention", "keep_house"):
            monkeypatch.setattr(stages, name, _fail)
        monkeypatch.setattr(Learning, "learn", _fail)
        assert world.radar("run", "--now", NIGHTS[1].isoformat()).code == 1
    assert _failed(world) == {
        "stories",
        "search index",
        "profiles of sites",
        "health of the sources",
        "retention",
        "rows of old runs",
    }
    assert world.rows("select state from match") == [("sent",)]
