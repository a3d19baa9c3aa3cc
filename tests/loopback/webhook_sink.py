"""An HTTP server on loopback that takes webhooks, and can be made to behave badly."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True, slots=True)
class Posted:
    """A request that arrived."""

    path: str
    headers: dict[str, str]
    """By names in small letters."""
    body: bytes


@dataclass
class WebhookSink:
    """What arrived, and how the next requests are answered."""

    url: str = ""
    received: list[Posted] = field(default_factory=list)
    status: int = 200
    location: str | None = None
    silent: threading.Event = field(default_factory=threading.Event)
    """Set: no answer until it is cleared."""
    megabytes: int = 0
    """Length of the body of an answer."""


@contextmanager
def webhook_sink() -> Iterator[WebhookSink]:
    """A sink at `url`."""
    sink = WebhookSink()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(sink))
    server.daemon_threads = True
    sink.url = f"http://127.0.0.1:{server.server_port}/hook?from=radar"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield sink
    finally:
        sink.silent.clear()
        server.shutdown()
        thread.join()
        server.server_close()


def _handler(sink: WebhookSink) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            while sink.silent.is_set():
                time.sleep(0.01)
            if 200 <= sink.status < 300:
                headers = {name.lower(): value for name, value in self.headers.items()}
                sink.received.append(Posted(self.path, headers, body))
            self.send_response(sink.status)
            if sink.location is not None:
                self.send_header("Location", sink.location)
            self.send_header("Content-Length", str(sink.megabytes * 1_000_000))
            self.end_headers()
            for _ in range(sink.megabytes):
                try:
                    self.wfile.write(b"x" * 1_000_000)
                except OSError:
                    return

        def log_message(self, *args: object) -> None:
            del args

    return Handler
