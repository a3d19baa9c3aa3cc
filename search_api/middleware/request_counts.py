"""Counts requests and how long they take, for `/metrics`: ASGI middleware."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator

from starlette.types import ASGIApp, Message, Receive, Scope, Send

BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Seconds; bounds of the histogram."""
OTHER = "other"
"""Path of what no route takes: anybody can think of any number of them."""


class RequestCounts:
    """What was counted since the server started."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._answers: Counter[tuple[str, int]] = Counter()
        self._buckets: Counter[tuple[str, float]] = Counter()
        self._seconds: Counter[str] = Counter()
        self._number: Counter[str] = Counter()

    def add(self, path: str, status: int, seconds: float) -> None:
        """Count an answer; `path` is that of the route (`/documents/{document}`)."""
        with self._lock:
            self._answers[path, status] += 1
            self._number[path] += 1
            # A Counter of floats: the sum grows by parts of a second.
            self._seconds[path] += seconds  # type: ignore[assignment]
            self._buckets.update((path, bound) for bound in BUCKETS if seconds <= bound)

    def lines(self) -> Iterator[str]:
        """The lines of the text format of Prometheus."""
        with self._lock:
            answers, number = sorted(self._answers.items()), sorted(self._number.items())
            buckets, seconds = Counter(self._buckets), dict(self._seconds)
        yield "# HELP rohstoffradar_http_requests_total Requests that were answered."
        yield "# TYPE rohstoffradar_http_requests_total counter"
        for (path, status), count in answers:
            labels = f'path="{path}",status="{status}"'
            yield f"rohstoffradar_http_requests_total{{{labels}}} {count}"
        name = "rohstoffradar_http_request_seconds"
        yield f"# HELP {name} From the request to the end of its answer."
        yield f"# TYPE {name} histogram"
        for path, count in number:
            for bound in BUCKETS:
                yield f'{name}_bucket{{path="{path}",le="{bound}"}} {buckets[path, bound]}'
            yield f'{name}_bucket{{path="{path}",le="+Inf"}} {count}'
            yield f'{name}_sum{{path="{path}"}} {seconds[path]:.6f}'
            yield f'{name}_count{{path="{path}"}} {count}'


class CountRequests:
    """Middleware that counts."""

    def __init__(self, app: ASGIApp, counts: RequestCounts) -> None:
        self._app = app
        self._counts = counts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        status = 500

        async def send_counted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, send_counted)
        finally:
            path = getattr(scope.get("route"), "path", OTHER)
            self._counts.add(path, status, time.perf_counter() - started)
