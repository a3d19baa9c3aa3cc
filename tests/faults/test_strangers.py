"""Strangers at the door of a real `radar serve`: nobody is let in, and nothing is given away."""

from __future__ import annotations

import json
import math
import re
import shutil
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import httpx
import pytest

from indexer.access.keys import feed_key_of
from search_api.access.gate import FAILURES
from search_api.access.rate_limit import Rate
from search_api.error_responses import LOGGED
from tests.e2e.newsroom import article
from tests.e2e.service import Serve
from tests.e2e.world import World
from tests.faults.conftest import Toll
from tests.loopback.free_port import free_port

SECRET = "Geheimsache"
WATCH = {"id": "desk", "name": "Desk", "query": "lithium*", "channels": ["feed"]}
PUBLIC = "https://radar.example.org"


class Server(Serve):
    """A running `radar serve`."""

    key: str = ""
    """One of its keys."""


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> World:
    """An installation with one document and one feed; made once, and copied."""
    folder = tmp_path_factory.mktemp("collected")
    world = World(folder)
    world.configure([], [WATCH])
    page = folder / "pages.jsonl"
    line = {
        "id": "1",
        "url": "https://bote.example/1",
        "html": article(f"{SECRET} zum Lithiumfund"),
    }
    page.write_text(json.dumps(line), encoding="utf-8")
    assert world.radar("import", str(page)).code == 0
    return world


def copy(world: World, folder: Path) -> World:
    copied = World(folder)
    shutil.copytree(world.config, copied.config)
    shutil.copytree(world.home, copied.home)
    return copied


@pytest.fixture(scope="module")
def keyless(collected: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(copy(collected, tmp_path_factory.mktemp("keyless"))) as server:
        yield server


@pytest.fixture(scope="module")
def keyed(collected: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Behind a proxy, with a key."""
    world = copy(collected, tmp_path_factory.mktemp("keyed"))
    world.configure([], [WATCH], public_url=PUBLIC)
    key = new_key(world)
    with Server(world) as server:
        server.key = key
        yield server


def new_key(world: World, name: str = "desk") -> str:
    return str(world.radar("key", "add", name, "--json").summary["key"])


def most(rate: Rate, began: float) -> int:
    """How many it lets through in the time since then."""
    return rate.burst + math.ceil(rate.per_minute * (time.monotonic() - began) / 60)


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


@pytest.mark.fault("web")
@pytest.mark.parametrize("command", ["serve", "up"])
def test_it_does_not_start_for_others_without_a_key(
    collected: World, tmp_path: Path, command: str, toll: Toll
) -> None:
    with toll.waiting():
        ended = copy(collected, tmp_path).child(
            command, "--host", "0.0.0.0", "--port", str(free_port())
        )
    lines = ended.err.splitlines()
    right = ended.code == 2 and len(lines) == 1 and "radar key add" in lines[0]
    toll.answered_rightly(right, ended)


@pytest.mark.fault("web")
@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-For": "203.0.113.9"},
        {"X-Forwarded-For": "127.0.0.1"},
        {"Forwarded": "for=203.0.113.9"},
        {"Via": "1.1 proxy"},
        {"X-Real-IP": "203.0.113.9"},
        {"Host": "rebound.example"},
        {"Host": "203.0.113.9"},
        {"Authorization": "Bearer radar_wrong"},
        {"Cookie": "radar=made.up; radar=x", "X-Forwarded-Proto": "https"},
    ],
    ids=str,
)
def test_a_proxy_on_this_machine_lets_nobody_in(
    keyless: Server, headers: Mapping[str, str], toll: Toll
) -> None:
    toll.answered_rightly(SECRET in keyless.get("/?q=lithiumfund").text, "without: not readable")
    for path in ("/", "/?q=lithiumfund", "/api/search", "/search.atom", "/feeds/desk.atom"):
        answer = keyless.get(path, headers=headers)
        right = answer.status_code in (303, 400, 401) and SECRET not in answer.text
        toll.answered_rightly(right, (path, answer.status_code))


@pytest.mark.fault("web")
def test_a_proxy_that_was_told_nothing_lets_nobody_in(keyless: Server, toll: Toll) -> None:
    with socket.create_connection(("127.0.0.1", keyless.port), timeout=60) as connection:
        connection.sendall(b"GET /api/search HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    toll.answered_rightly(b" 401 " in answer and SECRET.encode() not in answer, answer)


@pytest.mark.fault("web")
def test_what_is_open_is_open_to_read_alone_and_says_so(
    collected: World, tmp_path: Path, toll: Toll
) -> None:
    world = copy(collected, tmp_path)
    with Server(world, "--open") as server:
        anybody = {"X-Forwarded-For": "203.0.113.9"}
        found = server.get("/api/search?q=lithiumfund", headers=anybody)
        toll.compare([200], [found.status_code])
        sent = httpx.post(f"http://127.0.0.1:{server.port}/logout", headers=anybody)
        toll.compare([403], [sent.status_code])
    toll.answered_rightly("warning: --open lets everybody" in server.told, server.told)


@pytest.mark.fault("web")
def test_nothing_is_readable_without_a_key(keyed: Server, toll: Toll) -> None:
    described = keyed.get("/openapi.json", headers=bearer(keyed.key)).json()["paths"]
    paths = {re.sub(r"\{[^}]*\}", "desk", path) for path in described} - {"/healthz", "/readyz"}
    for path in sorted(paths | {"/", "/sources", "/watches", "/docs", "/openapi.json", "/x"}):
        for headers in ({}, {"X-Forwarded-For": "127.0.0.1"}, {"Host": "localhost"}):
            answer = keyed.get(path, headers=headers)
            right = answer.status_code in (303, 401) and SECRET not in answer.text
            toll.answered_rightly(right, (path, headers, answer.status_code))
    toll.compare(['{"status":"ok"}'], [keyed.get("/healthz").text])
    found = keyed.get("/api/search?q=lithiumfund", headers=bearer(keyed.key)).json()
    toll.compare([1], [found["total"]])


@pytest.mark.fault("web")
def test_a_feed_key_that_got_about_opens_feeds_alone(keyed: Server, toll: Toll) -> None:
    feed_key = feed_key_of(keyed.key)
    toll.compare([200], [keyed.get(f"/feeds/desk.atom?key={feed_key}").status_code])
    for path in ("/", "/api/search", "/api/sources", "/watches", "/openapi.json"):
        shown = keyed.get(f"{path}?key={feed_key}").status_code
        header = keyed.get(path, headers=bearer(feed_key)).status_code
        toll.answered_rightly((shown in (303, 401), header) == (True, 403), (path, shown, header))
    mistaken = keyed.get(f"/feeds/desk.atom?key={keyed.key}").status_code
    toll.compare([401], [mistaken])


@pytest.mark.fault("web")
def test_guessing_is_slowed_down_and_locks_nobody_out(keyed: Server, toll: Toll) -> None:
    stranger = {"X-Forwarded-For": "203.0.113.77"}
    began = time.monotonic()
    guesses = [
        keyed.get("/api/search", headers={**stranger, **bearer(f"radar_{n}")}).status_code
        for n in range(FAILURES.burst + 20)
    ]
    toll.answered_rightly(guesses.count(401) <= most(FAILURES, began), guesses)
    toll.answered_rightly(set(guesses) == {401, 429}, guesses)
    right = keyed.get("/api/search", headers={**stranger, **bearer(keyed.key)})
    toll.compare([200], [right.status_code])
    audit = (keyed.world.home / "log" / "audit.jsonl").read_text(encoding="utf-8")
    toll.answered_rightly("203.0.113.77" in audit and "radar_1" not in audit, "audit log")


@pytest.mark.fault("web")
def test_a_key_that_is_removed_ends_at_once(keyed: Server, toll: Toll) -> None:
    lost = new_key(keyed.world, "lost")
    toll.compare([200], [keyed.get("/api/search", headers=bearer(lost)).status_code])
    toll.compare([0], [keyed.world.radar("key", "remove", "lost").code])
    toll.compare([401], [keyed.get("/api/search", headers=bearer(lost)).status_code])


def _damage_database(world: World) -> dict[str, str]:
    (world.home / "radar.db").write_bytes(b"SQLite format 3\0" + b"\xff" * 8192)
    return {}


def _damage_index(world: World) -> dict[str, str]:
    for file in (world.home / "index").rglob("*"):
        if file.is_file():
            file.write_bytes(b"\xff" * 100)
    return {}


def _no_store(world: World) -> dict[str, str]:
    del world
    return {"RADAR_STORE": f"http://127.0.0.1:{free_port()}"}


@pytest.mark.fault("web")
@pytest.mark.parametrize("break_it", [_damage_database, _damage_index, _no_store])
def test_what_fails_here_is_told_without_places(
    collected: World, tmp_path: Path, break_it: object, toll: Toll
) -> None:
    world = copy(collected, tmp_path)
    assert callable(break_it)
    told = []
    with Server(world, **break_it(world)) as server:
        for path in ("/", "/api/search?q=x", "/search.atom?q=x", "/healthz", "/api/documents/1"):
            with toll.waiting():
                answer = server.get(path)
            if answer.status_code >= 500:
                told.append(answer.text)
    toll.answered_rightly(bool(told), "nothing failed")
    for text in told:
        for place in (str(tmp_path), "sqlite", "radar.db", "127.0.0.1", "index/", "Traceback"):
            toll.answered_rightly(place not in text, (place, text))
        identity = re.search(r"under ([0-9a-f]{8})", text)
        known = identity is not None and f"id={identity[1]} path=" in server.told
        toll.answered_rightly(known, (text, server.told))


def _mislay_database(world: World) -> None:
    (world.home / "radar.db").rename(world.home.parent / "elsewhere.db")


def _empty_database(world: World) -> None:
    (world.home / "radar.db").write_bytes(b"")


def _begin_database_anew(world: World) -> None:
    _mislay_database(world)
    ran = world.child("run")
    assert (ran.code, "the database was gone" in ran.err) == (1, True)


EVERYTHING = (
    "/",
    "/api/search?q=lithium",
    "/api/search?q=lithium&key=radar_x",
    "/search.atom?q=lithium",
    "/feeds/desk.atom",
    "/api/sources",
    "/watches",
    "/docs",
)


@pytest.mark.fault("web")
@pytest.mark.parametrize(
    ("lose", "keep"), [(_mislay_database, "index"), (_empty_database, "archive")]
)
def test_without_its_database_an_installation_lets_nobody_in(
    collected: World,
    tmp_path: Path,
    lose: Callable[[World], None],
    keep: str,
    toll: Toll,
) -> None:
    world = copy(collected, tmp_path)
    new_key(world)
    lose(world)
    for other in {"index", "archive", "feeds"} - {keep}:
        shutil.rmtree(world.home / other, ignore_errors=True)
    with Server(world) as server:
        for path in (*EVERYTHING, "/healthz"):
            with toll.waiting():
                answer = server.get(path)
            toll.answered_rightly(answer.status_code == 503, (path, answer.status_code))
            toll.answered_rightly(SECRET not in answer.text, (path, answer.text))
    toll.answered_rightly("the database is missing" in server.told, server.told)


@pytest.mark.fault("web")
@pytest.mark.parametrize(
    ("lose", "status"),
    [(_mislay_database, {503}), (_begin_database_anew, {401, 303})],
)
def test_a_database_that_goes_while_it_is_served_takes_no_lock_with_it(
    collected: World, tmp_path: Path, lose: Callable[[World], None], status: set[int], toll: Toll
) -> None:
    world = copy(collected, tmp_path)
    key = new_key(world)
    with Server(world) as server:
        toll.compare([401], [server.get("/api/search?q=lithium").status_code])
        lose(world)
        for path in EVERYTHING:
            with toll.waiting():
                answer = server.get(path)
            toll.answered_rightly(answer.status_code in status, (path, answer.status_code))
            toll.answered_rightly(SECRET not in answer.text, (path, answer.text))
        keyed = server.get("/api/search?q=lithium", headers={"Authorization": f"Bearer {key}"})
        toll.answered_rightly(keyed.status_code in status, keyed.text)
    toll.answered_rightly(not (world.home / "radar.db").exists() or 503 not in status, "made anew")


def test_a_new_installation_is_open_to_who_is_on_this_machine(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.configure([])
    with Server(world) as server:
        assert server.get("/api/search?q=lithium").json()["total"] == 0
        assert server.get("/healthz").json()["status"] == "ok"


@pytest.mark.fault("web")
def test_an_index_that_is_gone_is_not_called_healthy(
    collected: World, tmp_path: Path, toll: Toll
) -> None:
    world = copy(collected, tmp_path)
    (world.home / "index").rename(tmp_path / "elsewhere")
    with Server(world) as server:
        health = server.get("/healthz").json()
        toll.compare(["degraded", 1, 0], [health[k] for k in ("status", "documents", "indexed")])
        toll.answered_rightly("0 of 1 document" in str(health["problems"]), health)
        stranger = server.get("/healthz", headers={"X-Forwarded-For": "203.0.113.9"})
        toll.compare(['{"status":"degraded"}'], [stranger.text])


@pytest.mark.fault("web")
@pytest.mark.parametrize(
    "path",
    ["/feeds/%0A2026%20CRITICAL%20all%20is%20lost", "/%1B]0;owned%07%1B[2J", "/" + "x" * 9000],
)
def test_strangers_write_no_lines_into_the_log(
    collected: World, tmp_path: Path, path: str, toll: Toll
) -> None:
    world = copy(collected, tmp_path)
    _mislay_database(world)
    began = time.monotonic()
    with Server(world) as server:
        with toll.waiting():
            toll.compare([503], [server.get(path).status_code])
        for _ in range(LOGGED.burst + 20 if len(path) > 1000 else 0):
            server.get("/nothing")
    lines = [line for line in server.told.splitlines() if "request_failed" in line]
    toll.answered_rightly(bool(lines), server.told)
    toll.answered_rightly(len(lines) <= most(LOGGED, began), len(lines))
    for line in server.told.split("\n"):
        toll.answered_rightly(line.isprintable() and len(line) < 1500, line)
        toll.answered_rightly(not line.startswith("2026 CRITICAL"), line)
