"""Runs of several machines on one PostgreSQL database.

RADAR_TEST_POSTGRESQL=postgresql+psycopg://user@host/name names a database to work in; without it
these tests are skipped. Each makes a schema of its own there, and removes it.
"""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from indexer.records.errors import RunInProgress
from radar.run.lock import delivery_lock, run_lock
from tests.e2e.newsroom import NIGHTS, article, feed
from tests.e2e.world import SECONDS, Ended, World, source
from tests.loopback.scripted_smtp import answer, scripted_smtp
from tests.loopback.site import Answer, LoopbackSite


def test_the_database_is_held_by_one_run(database: str, tmp_path: Path) -> None:
    with (
        run_lock(tmp_path / "one", database),
        pytest.raises(RunInProgress, match="on the database"),
        run_lock(tmp_path / "two", database),
    ):
        pass
    with run_lock(tmp_path / "two", database):
        pass


def test_one_delivery_at_a_time_beside_runs(database: str, tmp_path: Path) -> None:
    with (
        delivery_lock(database),
        run_lock(tmp_path, database),
        pytest.raises(RunInProgress, match="another delivery"),
        delivery_lock(database),
    ):
        pass
    with delivery_lock(database):
        pass


def test_two_machines_send_each_message_once(database: str, tmp_path: Path) -> None:
    watches = [
        {"id": f"w{n}", "name": "W", "query": "Schacht", "channels": [f"mailto:d{n}@desk.example"]}
        for n in range(3)
    ]
    slow = answer("250 taken", pause=1.0)
    with scripted_smtp({("text", 0): slow}) as server:
        one, two = World(tmp_path / "one"), World(tmp_path / "two")
        for world in (one, two):
            world.configure(
                [], watches, database=database, mail={"url": server.url, "from": "r@desk.example"}
            )
        page = tmp_path / "page.html"
        page.write_text(article("Ein neuer Schacht"))
        first = one.start("import", str(page))
        assert server.faulty.wait(SECONDS), first.communicate()
        second = two.child("run", "--only", "deliver", "--json")
        first.communicate(timeout=SECONDS)
    assert (first.returncode, second.code) == (0, 0), second.err
    assert len(set(server.message_ids())) == len(server.message_ids()) == len(watches)


def test_a_second_machine_waits_for_the_first_or_its_end(database: str, tmp_path: Path) -> None:
    with LoopbackSite() as site:
        page = site.page("/n/1", article("Ein neuer Schacht"))
        site.answer("/n/1", Answer(b"", delay=20))
        site.xml("/feed", feed([page]))
        one, two = World(tmp_path / "one"), World(tmp_path / "two")
        for world in (one, two):
            entry = source("mine", f"{site.url}/", feeds=[{"url": f"{site.url}/feed"}])
            world.configure([entry], database=database)

        def night(number: int, *options: str) -> Ended:
            return two.child("run", "--json", "--now", NIGHTS[number].isoformat(), *options)

        first = one.start("run", "--now", NIGHTS[0].isoformat())
        until = time.monotonic() + 60
        while "/n/1" not in site.paths() and time.monotonic() < until:
            time.sleep(0.05)
        assert first.poll() is None, first.communicate()
        refused = night(0)
        assert refused.code == 3
        assert "another run is in progress on the database" in refused.err
        overlapping = night(0, "--due")
        assert (overlapping.code, "nothing to do" in overlapping.err) == (0, True)
        os.killpg(first.pid, signal.SIGKILL)
        first.communicate()
        site.page("/n/1", article("Ein neuer Schacht"))
        until = time.monotonic() + 30
        while (taken_up := night(0)).code == 3 and time.monotonic() < until:
            time.sleep(0.1)
        assert (taken_up.code, taken_up.summary["outcomes"]) == (0, {"new": 1})
        assert night(1, "--all").summary["outcomes"] == {"unchanged": 1}
        runs = two.child("runs", "--json").lines
        assert [run["state"] for run in runs] == ["done", "done", "interrupted"]
