"""Signals end a run cleanly, it goes on later, and two runs never work at once."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.e2e.newsroom import NIGHTS, article, feed
from tests.e2e.world import SECONDS, World, source
from tests.loopback.site import Answer, Asked, LoopbackSite

pytestmark = pytest.mark.slow

PAGES = 4


@contextmanager
def hold_answer(site: LoopbackSite, path: str) -> Iterator[tuple[threading.Event, threading.Event]]:
    """Requests of the path wait: events that one has come, and that it may be answered."""
    came, go = threading.Event(), threading.Event()
    before = site.answers[path]

    def wait(asked: Asked) -> Answer:
        came.set()
        go.wait(SECONDS)
        return before(asked) if callable(before) else before

    site.answers[path] = wait
    try:
        yield came, go
    finally:
        go.set()
        site.answers[path] = before


@pytest.fixture
def town(tmp_path: Path) -> Iterator[tuple[World, LoopbackSite]]:
    world = World(tmp_path)
    with LoopbackSite() as site:
        pages = [site.page(f"/n/{n}", article(f"Meldung {n} vom Schacht")) for n in range(PAGES)]
        site.xml("/feed", feed(pages))
        feeds = [{"url": site.url + "/feed"}]
        world.configure([source("bote", site.url + "/", feeds=feeds, schedule="6h")])
        yield world, site


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_ends_a_run_and_the_next_one_goes_on(
    town: tuple[World, LoopbackSite], number: signal.Signals, code: int
) -> None:
    world, site = town
    now = NIGHTS[0].isoformat()
    with hold_answer(site, "/n/2") as (came, _):
        started = world.start("run", "--json", "--now", now)
        assert came.wait(SECONDS)
        # As a terminal does: the whole group is told.
        os.killpg(started.pid, number)
        out, err = started.communicate(timeout=SECONDS)
    assert started.returncode == code, err
    assert "Traceback" not in err
    assert "; interrupted, the same command resumes" in err
    assert out.endswith("}\n")
    assert world.rows("select state from run") == [("interrupted",)]
    after = world.radar("run", "--json", "--now", now)
    assert after.code == 0
    rows = world.rows("select url, outcome from visit where kind = 'page' order by url")
    assert rows == [(f"{site.url}/n/{n}", "new") for n in range(PAGES)]
    asked = [path for path in site.paths() if path.startswith("/n/")]
    assert sorted(set(asked)) == [f"/n/{n}" for n in range(PAGES)]
    # What was got before the signal is kept; what was in flight is asked for again.
    assert asked.count("/n/2") == 2
    assert all(asked.count(f"/n/{n}") == 1 for n in (0, 1, 3))


def test_ctrl_c_while_pages_are_read(town: tuple[World, LoopbackSite]) -> None:
    world, site = town
    now = NIGHTS[0].isoformat()
    started = world.start("run", "--json", "--now", now, cold=True)
    _when_workers_start(world, started)
    os.killpg(started.pid, signal.SIGINT)
    _, err = started.communicate(timeout=SECONDS)
    assert "Traceback" not in err, err
    assert started.returncode == 130
    after = world.radar("run", "--json", "--now", now)
    assert after.code == 0
    rows = world.rows("select url, outcome from visit where kind = 'page' order by url")
    assert rows == [(f"{site.url}/n/{n}", "new") for n in range(PAGES)]
    assert len(world.radar("search", "*", "--json").lines) == PAGES


def _when_workers_start(world: World, started: subprocess.Popen[str]) -> None:
    """Return when the run has children: the process that workers are forked from is starting."""
    children = Path(f"/proc/{started.pid}/task")
    while started.poll() is None:
        for task in children.glob("*/children"):
            try:
                pids = task.read_text().split()
                commands = [Path(f"/proc/{pid}/cmdline").read_bytes() for pid in pids]
            except OSError:
                continue
            if any(b"forkserver" in command for command in commands):
                return
        time.sleep(0.005)  # nothing but this would run on its core


def test_a_second_run_leaves_with_a_clear_word(town: tuple[World, LoopbackSite]) -> None:
    world, site = town
    with hold_answer(site, "/n/1") as (came, go):
        first = world.start("run", "--json", "--now", NIGHTS[0].isoformat())
        assert came.wait(SECONDS)
        second = world.radar("run")
        due = world.radar("run", "--due")
        rebuild = world.radar("rebuild")
        pages = world.radar("import", str(Path(__file__).with_name("newsroom.py")))
        searched = world.radar("search", "Schacht", "--json")
        go.set()
        first.communicate(timeout=SECONDS)
    assert first.returncode == 0
    for ended in (second, rebuild, pages):
        assert ended.code == 3
        assert ended.out == ""
        assert "another run is in progress" in ended.err
        assert len(ended.err.splitlines()) == 2  # the error and its hint
    assert due.code == 0
    assert "another run is in progress" in due.err
    assert searched.code == 0  # readers are never held up


def test_a_run_leaves_no_lock_behind(town: tuple[World, LoopbackSite]) -> None:
    world, site = town
    with hold_answer(site, "/n/1") as (came, _):
        first = world.start("run")
        assert came.wait(SECONDS)
        first.kill()
        first.communicate(timeout=SECONDS)
    assert world.radar("run", "--only", "match").code == 0
