"""The database fails in the middle of a crawl: the run says so, and ends with exit code 3."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from indexer.frontier.ledger import Ledger
from tests.e2e.world import World, source
from tests.loopback.site import LoopbackSite


@pytest.fixture
def site() -> Iterator[LoopbackSite]:
    with LoopbackSite() as running:
        running.page(
            "/", '<main><h2><a href="/meldung-7/">Ein Bericht zum Erzabbau</a></h2></main>'
        )
        running.page("/meldung-7/", "<h1>Ein Bericht</h1><p>Die Grube fördert wieder Erz.</p>")
        yield running


def _refuses_outcomes(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    del monkeypatch
    with contextlib.closing(sqlite3.connect(world.home / "radar.db")) as connection:
        connection.execute(
            "create trigger refuse before insert on visit begin select raise(abort, 'no'); end"
        )


def _disk_fails_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    del world
    failures = [sa.exc.OperationalError("COMMIT", {}, sqlite3.OperationalError("disk I/O error"))]
    commit = Ledger.commit

    def fail(self: Ledger) -> None:
        if failures:
            raise failures.pop()
        commit(self)

    monkeypatch.setattr(Ledger, "commit", fail)
    monkeypatch.setattr("crawler.spiders.journal.SECONDS", 0.0)


@pytest.mark.parametrize("break_it", [_refuses_outcomes, _disk_fails_once])
def test_a_database_that_fails_during_the_crawl_ends_the_run_with_3(
    tmp_path: Path,
    site: LoopbackSite,
    monkeypatch: pytest.MonkeyPatch,
    break_it: Callable[[World, pytest.MonkeyPatch], None],
) -> None:
    world = World(tmp_path)
    world.configure([source("grube", site.url + "/")])
    world.radar("run", "--only", "match")
    break_it(world, monkeypatch)
    ended = world.radar("run", "--only", "crawl")
    assert ended.code == 3
    assert "database" in ended.err
    assert world.rows("select count(*) from visit") == [(0,)]
