"""A stage that fails by a mistake in the program: the others do their work."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from indexer.alerts.matching import Matcher
from indexer.alerts.watches import Watch
from indexer.query import CompiledQuery, QueryCompiler
from radar.configuration.settings import Settings
from radar.installation.watches import compile_watch
from radar.run import forgetting, indexing
from radar.run import run as stages
from radar.stages import extract
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


COPPER = {"id": "copper", "name": "Copper", "query": "commodity:copper", "channels": ["feed"]}


@contextmanager
def _grube(folder: Path, *watches: dict[str, Any]) -> Iterator[World]:
    """One page on copper, and watches that are to be told of it."""
    world = World(folder)
    with LoopbackSite() as site:
        page = site.page("/n/1", article("Kupfer im Norden", "Kupfererz"))
        site.xml("/feed.xml", feed([page]))
        world.configure(
            [source("grube", f"{site.url}/", feeds=[{"url": f"{site.url}/feed.xml"}])],
            list(watches),
        )
        yield world


@pytest.fixture
def grube(tmp_path: Path) -> Iterator[World]:
    """The same with two watches."""
    with _grube(tmp_path, COPPER, {**COPPER, "id": "ore", "query": "Kupfererz"}) as world:
        yield world


def test_what_fails_in_each_run_keeps_no_watch_from_being_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with _grube(tmp_path, COPPER) as world:
        with monkeypatch.context() as mistaken:
            mistaken.setattr(Matcher, "look", _fail)
            mistaken.setattr(forgetting, "enforce_retention", _fail)
            mistaken.setattr(stages, "keep_house", _fail)
            assert world.radar("run", "--now", NIGHTS[0].isoformat()).code == 1
        assert _failed(world) == {"watches", "retention", "rows of old runs"}
        assert world.rows("select state from source") == [("ok",)]
        assert world.rows("select state from run") == [("done",)]
        for name in ("compare_documents", "index_backlog"):
            monkeypatch.setattr(indexing, name, _fail)
        for name in ("assess_health", "keep_house"):
            monkeypatch.setattr(stages, name, _fail)
        monkeypatch.setattr(forgetting, "enforce_retention", _fail)
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


def test_a_watch_that_is_failed_at_stops_no_other_and_is_told_afterwards(
    grube: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Matcher._row

    def fail_at_ore(self: Matcher, watch: Watch, *given: Any, **values: Any) -> object:
        if watch.id == "ore":
            raise KeyError("mistake")
        return whole(self, watch, *given, **values)

    with monkeypatch.context() as mistaken:
        mistaken.setattr(Matcher, "_row", fail_at_ore)
        assert grube.radar("run", "--now", NIGHTS[0].isoformat()).code == 1
    assert _failed(grube) == {"watch ore"}
    assert grube.rows("select watch, state from match") == [("copper", "sent")]
    assert grube.radar("run", "--now", NIGHTS[1].isoformat()).code == 0
    assert grube.rows("select watch, state from match order by watch") == [
        ("copper", "sent"),
        ("ore", "sent"),
    ]


def test_a_watch_whose_query_is_failed_at_stops_no_other(
    grube: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail_at_ore(query: str, settings: Settings, compiler: QueryCompiler) -> CompiledQuery:
        if query == "Kupfererz":
            raise KeyError("mistake")
        return compile_watch(query, settings, compiler)

    monkeypatch.setattr("radar.installation.watches.compile_watch", fail_at_ore)
    assert grube.radar("run", "--now", NIGHTS[0].isoformat()).code == 1
    assert _failed(grube) == {"watch ore"}
    assert grube.rows("select watch, state from match") == [("copper", "sent")]


def test_moves_and_links_that_are_failed_at_keep_no_page_from_being_told(
    grube: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extract, "follow_redirects", _fail)
    monkeypatch.setattr(extract, "unlinked_documents", _fail)
    assert grube.radar("run", "--now", NIGHTS[0].isoformat()).code == 1
    assert _failed(grube) == {"links of events", "pages that moved"}
    assert {state for (state,) in grube.rows("select state from match")} == {"sent"}
