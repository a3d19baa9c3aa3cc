"""A small web site on loopback whose answers a test writes, and that remembers who asked when."""

from __future__ import annotations

import gzip
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from typing import Self


@dataclass(frozen=True)
class Answer:
    """What the site says to a request."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    """Seconds before it answers."""
    cut: int | None = None
    """Announce the whole body, send this many bytes, and hang up."""


@dataclass
class Asked:
    """A request as the site saw it."""

    path: str
    headers: Mapping[str, str]
    started: float
    """Monotonic clock."""
    ended: float = 0.0
    posted: bytes | None = None
    """The form that was sent; None: it was asked (GET)."""


Script = Answer | Callable[[Asked], Answer]


class LoopbackSite:
    """Serves what was put; 404 for the rest. Use as a context manager."""

    def __init__(self, host: str = "127.0.0.1", *, robots: str | None = "User-agent: *\n") -> None:
        self.answers: dict[str, Script] = {}
        self.asked: list[Asked] = []
        self.in_flight = 0
        self.most_in_flight = 0
        self.behind = 0.0
        """Seconds by which its clock is behind."""
        self._lock = threading.Lock()
        self._server = _Server((host, 0), _handler(self))
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self.url = f"http://{host}:{self._server.server_port}"
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )
        if robots is not None:
            self.text("/robots.txt", robots)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    # -- what it serves

    def page(self, path: str, html: str, **headers: str) -> str:
        """Serve HTML; header names with `_` for `-`. Returns the address."""
        return self.put(path, html.encode(), "text/html; charset=utf-8", **headers)

    def text(self, path: str, text: str) -> str:
        """Serve plain text."""
        return self.put(path, text.encode(), "text/plain; charset=utf-8")

    def xml(self, path: str, text: str, **headers: str) -> str:
        """Serve XML."""
        return self.put(path, text.encode(), "application/xml", **headers)

    def put(self, path: str, body: bytes, kind: str, **headers: str) -> str:
        """Serve bytes of a type; with an `etag` header, 304 to who has them already."""
        named = {"Content-Type": kind} | {k.replace("_", "-"): v for k, v in headers.items()}
        etag = named.get("etag")

        def script(asked: Asked) -> Answer:
            if etag and asked.headers.get("if-none-match") == etag:
                return Answer(status=304, headers={"ETag": etag})
            return Answer(body, headers=named)

        self.answers[path] = script
        return self.url + path

    def body(self, path: str) -> bytes:
        """What it would send to whoever asks for the first time."""
        script = self.answers[path]
        answer = script(Asked(path, {}, 0.0)) if callable(script) else script
        return answer.body

    def redirect(self, path: str, target: str, status: int = 302) -> str:
        """Redirect to an absolute address or a path."""
        self.answers[path] = Answer(status=status, headers={"Location": target})
        return self.url + path

    def answer(self, path: str, script: Script) -> str:
        """Answer with anything."""
        self.answers[path] = script
        return self.url + path

    # -- what it saw

    def paths(self) -> list[str]:
        """Paths that were asked for, in order."""
        return [asked.path for asked in self.asked]

    def gaps(self) -> list[float]:
        """Seconds between the beginnings of one request and the next."""
        times = [asked.started for asked in self.asked]
        return [later - earlier for earlier, later in pairwise(times)]

    @contextmanager
    def record(self, asked: Asked) -> Iterator[None]:
        """Keep a request, from its beginning to its end."""
        with self._lock:
            self.asked.append(asked)
            self.in_flight += 1
            self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            yield
        finally:
            with self._lock:
                self.in_flight -= 1
                asked.ended = time.monotonic()


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of who hung up: a run that is killed does."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # as it came


def gzipped(text: str) -> bytes:
    """Text as gzip data."""
    return gzip.compress(text.encode(), mtime=0)


def _send(handler: BaseHTTPRequestHandler, answer: Answer) -> None:
    if answer.delay:
        time.sleep(answer.delay)
    try:
        handler.send_response(answer.status)
        for name, value in answer.headers.items():
            handler.send_header(name, value)
        if answer.status != 304:
            handler.send_header("Content-Length", str(len(answer.body)))
        handler.end_headers()
        handler.wfile.write(answer.body[: answer.cut])
    except OSError:
        handler.close_connection = True
    if answer.cut is not None:
        handler.close_connection = True


def _lower(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _handler(site: LoopbackSite) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._answer(None)

        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers["Content-Length"])))

        def _answer(self, posted: bytes | None) -> None:
            headers = _lower(dict(self.headers.items()))
            asked = Asked(self.path, headers, time.monotonic(), posted=posted)
            with site.record(asked):
                script = site.answers.get(self.path, Answer(b"not here", 404))
                _send(self, script(asked) if callable(script) else script)

        def date_time_string(self, timestamp: float | None = None) -> str:
            return super().date_time_string((timestamp or time.time()) - site.behind)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    return Handler
