"""Clients that are slow, or many, on purpose: everybody else is still answered."""

from __future__ import annotations

import contextlib
import re
import resource
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from starlette.responses import Response

from radar.service import http_server
from radar.service.http_server import LARGEST_HEADER, make_server
from tests.e2e.service import Serve
from tests.e2e.world import World
from tests.faults.conftest import Toll
from tests.web.sample_site import sample_app

HALF_OPEN = 1100
HALF_A_REQUEST = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "


@pytest.fixture(scope="module", autouse=True)
def _many_files() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = HALF_OPEN + 500
    if soft != resource.RLIM_INFINITY and soft < wanted:
        if hard != resource.RLIM_INFINITY and hard < wanted:
            pytest.skip(f"needs {wanted} open files: ulimit -Hn")
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


@contextlib.contextmanager
def served_by_the_program(folder: Path, files: int) -> Iterator[int]:
    """Port of a `radar serve` that may open so many files."""
    world = World(folder)
    world.configure([])
    limited = ["sh", "-c", f'ulimit -n {files}; exec "$@"', "sh"]
    with Serve(world, before=limited) as server:
        yield server.port
    assert "Traceback" not in server.told, server.told


@contextlib.contextmanager
def served() -> Iterator[int]:
    """Port of the same server in this process."""
    app = sample_app()
    app.add_api_route("/large", lambda: Response(b"x" * 50_000_000))
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    server = make_server(app, "127.0.0.1", port)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield port
    finally:
        server.should_exit = True
        thread.join(timeout=10)
        listener.close()


def connect(port: int, *, receives: int | None = None) -> socket.socket:
    connection = socket.socket()
    if receives is not None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receives)
    connection.settimeout(30)
    connection.connect(("127.0.0.1", port))
    return connection


def healthy(port: int, toll: Toll) -> None:
    """A client like any other is answered."""
    with toll.waiting():
        try:
            status = httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=30).status_code
        except httpx.TransportError as error:
            toll.answered_rightly(right=False, answer=error)
            return
    toll.answered_rightly(status == 200, status)


@pytest.mark.fault("web")
@pytest.mark.parametrize("files", [pytest.param(1024, marks=pytest.mark.endurance), 512])
def test_half_open_requests_shut_nobody_out(tmp_path: Path, files: int, toll: Toll) -> None:
    with served_by_the_program(tmp_path, files) as port, contextlib.ExitStack() as held:
        for _ in range(HALF_OPEN):
            connection = held.enter_context(connect(port))
            with contextlib.suppress(OSError):  # it was cut off already
                connection.sendall(HALF_A_REQUEST)
        for _ in range(3):
            healthy(port, toll)


@pytest.mark.endurance
@pytest.mark.fault("web")
def test_a_flood_that_goes_on_shuts_nobody_out(tmp_path: Path, toll: Toll) -> None:
    over = threading.Event()

    def flood(port: int) -> None:
        with contextlib.ExitStack() as held:
            while not over.is_set():
                connection = held.enter_context(connect(port))
                with contextlib.suppress(OSError):
                    connection.sendall(HALF_A_REQUEST)
                time.sleep(0.001)

    with served_by_the_program(tmp_path, 512) as port:
        thread = threading.Thread(target=flood, args=(port,), daemon=True)
        thread.start()
        try:
            time.sleep(1)
            for _ in range(10):
                healthy(port, toll)
        finally:
            over.set()
            thread.join(timeout=30)


def _silent(connection: socket.socket) -> None:
    del connection


def _trickles_headers(connection: socket.socket) -> None:
    connection.sendall(HALF_A_REQUEST)


def _trickles_headers_of_the_second_request(connection: socket.socket) -> None:
    connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    connection.recv(65536)
    connection.sendall(HALF_A_REQUEST)


def _trickles_a_body(connection: socket.socket) -> None:
    connection.sendall(b"POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 60000\r\n\r\n")


def _reads_no_answer(connection: socket.socket) -> None:
    connection.sendall(b"GET /large HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")


@pytest.mark.fault("web")
@pytest.mark.parametrize(
    "begin",
    [
        _silent,
        _trickles_headers,
        _trickles_headers_of_the_second_request,
        _trickles_a_body,
        _reads_no_answer,
    ],
)
def test_a_client_that_is_slow_is_cut_off(
    begin: object, toll: Toll, monkeypatch: pytest.MonkeyPatch
) -> None:
    for phase in http_server.LIMITS:
        monkeypatch.setitem(http_server.LIMITS, phase, 1)
    with served() as port, connect(port, receives=4096) as connection:
        assert callable(begin)
        begin(connection)
        with toll.waiting():
            ended = _trickle_until_cut_off(connection, reads=begin is not _reads_no_answer)
        toll.answered_rightly(ended, "still connected")
        healthy(port, toll)


def _trickle_until_cut_off(connection: socket.socket, *, reads: bool) -> bool:
    """Send a byte now and then; whether the server ends the connection within 20 seconds."""
    connection.settimeout(0.1)
    for _ in range(200):
        try:
            connection.sendall(b"x")
            if reads and connection.recv(1024) == b"":
                return True
        except TimeoutError:
            continue
        except OSError:
            return True
        time.sleep(0 if reads else 0.1)
    return False


@pytest.mark.fault("web")
def test_a_client_that_takes_its_time_within_reason_gets_all(
    toll: Toll, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(http_server.LIMITS, "reading", 1)
    with served() as port, connect(port, receives=65536) as connection:
        connection.sendall(b"GET /large HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        total = 0
        while chunk := connection.recv(1_000_000):
            total += len(chunk)
            if total % 50 == 0:
                time.sleep(0.01)
        toll.compare([True], [total > 50_000_000])


@pytest.mark.fault("web")
@pytest.mark.parametrize("size", [LARGEST_HEADER, 70_000])
@pytest.mark.parametrize("place", ["header", "many headers", "address", "second request"])
def test_a_header_that_is_too_large_is_refused(size: int, place: str, toll: Toll) -> None:
    request = {
        "header": b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: %s\r\n\r\n" % (b"a" * size),
        "many headers": b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n%s\r\n"
        % (b"X-A: aaaa\r\n" * (size // 9 + 1)),
        "address": b"GET /healthz?%s HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" % (b"a" * size),
        "second request": b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
        b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: %s\r\n\r\n" % (b"a" * size),
    }[place]
    with served() as port, toll.waiting():
        answers = _all_answers(port, request)
        toll.compare([200], [httpx.get(f"http://127.0.0.1:{port}/healthz").status_code])
    wanted = [b"200"] if place == "second request" else []
    toll.answered_rightly(answers[:-1] == wanted and answers[-1] in (b"431", b"400"), answers)


def _all_answers(port: int, request: bytes) -> list[bytes]:
    """Statuses of the answers until the server closes the connection."""
    received = b""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(request)
        with contextlib.suppress(ConnectionResetError):
            while part := connection.recv(65536):
                received += part
    return re.findall(rb"HTTP/1.1 (\d{3})", received)
