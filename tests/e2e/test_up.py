"""`radar up`: the server and the scheduled runs, a child that dies, and the end of all."""

from __future__ import annotations

import os
import re
import signal
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from radar.commands.serve import command as serve_command
from radar.commands.up import command as up_command
from radar.run.lock import up_lock
from radar.service.scheduler import GRACE
from radar.service.server_address import check_free
from tests.e2e.newsroom import article, feed
from tests.e2e.service import Serve, Up, ends, is_running
from tests.e2e.world import SECONDS, World, source
from tests.loopback.free_port import free_port
from tests.loopback.site import LoopbackSite


@pytest.fixture
def site() -> Iterator[LoopbackSite]:
    with LoopbackSite() as site:
        pages = [site.page(f"/n/{n}", article(f"Meldung {n} vom Schacht")) for n in range(2)]
        site.xml("/feed", feed(pages))
        yield site


@pytest.fixture
def world(tmp_path: Path, site: LoopbackSite) -> World:
    world = World(tmp_path)
    world.configure([source("bote", site.url + "/", feeds=[{"url": site.url + "/feed"}])])
    return world


@pytest.mark.timeout(5 * SECONDS)
def test_it_ends_a_run_serves_survives_a_dead_child_and_leaves_none_behind(
    world: World, site: LoopbackSite
) -> None:
    port = free_port()
    _a_run_under_way_ends_cleanly_with_it(world, site, port)
    with Up(world, port) as up:
        told = up.line(r"Z (run \d: 2 pages .*)")[1]
        assert re.fullmatch(
            r"run \d: 2 pages \(2 new\), 2 new revisions, 0 matches, 0 messages sent, "
            r"\d+\.\d s, \d+ kB fetched",
            told,
        )
        assert up.answers()
        second = world.child("up", "--port", str(free_port()))
        assert second.code == 3
        assert "another `radar up` is in progress" in second.err
        taken = world.child("up", "--port", str(port))
        assert taken.code == 2
        assert "can't be used" in taken.err
        serve = int(up.line(r"^serve started \(process (\d+)\)")[1])
        os.kill(serve, signal.SIGKILL)
        assert up.line(r"^serve ended \(signal 9\); started again in 1 s")
        again = int(up.line(r"^serve started \(process (\d+)\)", 2)[1])
        assert again != serve
        assert up.answers()
        scheduler = int(up.line(r"^scheduler started \(process (\d+)\)")[1])
        assert up.end(signal.SIGKILL) == -signal.SIGKILL
    assert ends(again)
    assert ends(scheduler)
    assert not any("Traceback" in line for line in up.lines)
    # Whether or not another minute came: there was nothing to do in it.
    assert world.rows("select state from run order by id")[1:] == [("done",)]
    # Its address is free again, as its lock is.
    check_free("127.0.0.1", port)
    with up_lock(world.home):
        pass


def _a_run_under_way_ends_cleanly_with_it(world: World, site: LoopbackSite, port: int) -> None:
    came, go = threading.Event(), threading.Event()
    page = site.answers["/n/1"]

    def wait(asked: object) -> object:
        came.set()
        go.wait(SECONDS)
        return page(asked) if callable(page) else page  # type: ignore[arg-type]  # as it was asked

    site.answers["/n/1"] = wait  # type: ignore[assignment]  # the same kind of answer
    with Up(world, port) as up:
        serve = int(up.line(r"^serve started \(process (\d+)\)")[1])
        scheduler = int(up.line(r"^scheduler started \(process (\d+)\)")[1])
        assert came.wait(SECONDS)
        began = time.monotonic()
        assert up.end(signal.SIGTERM) == 143
        took = time.monotonic() - began
        go.set()
    assert not is_running(serve)
    assert not is_running(scheduler)
    # One that a busy machine does not let end in time is killed, and the next run goes on with it.
    state = "interrupted" if took < GRACE else "running"
    assert world.rows("select state from run") in ([("interrupted",)], [(state,)])
    site.answers["/n/1"] = page


def test_it_takes_all_options_of_serve() -> None:
    shown = {option.name for option in serve_command.params if not getattr(option, "hidden", False)}
    assert shown - {option.name for option in up_command.params} == set()


def test_mistakes_are_told_before_anything_starts(tmp_path: Path) -> None:
    world = World(tmp_path)
    ended = world.radar("up")
    assert (ended.code, "there is no such folder" in ended.err) == (2, True)
    world.configure([])
    ended = world.radar("up", "--schedule", "2:30")
    assert (ended.code, "--schedule" in ended.err) == (2, True)


def test_a_server_listens_on_ipv6_too_and_tells_its_signal(world: World) -> None:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        pytest.skip("needs IPv6 on the loopback device")
    with Serve(world, host="::1") as server:
        assert server.get("/sources").status_code == 200
        assert server.end(signal.SIGTERM) == 143
    assert f"http://[::1]:{server.port}/" in server.told
