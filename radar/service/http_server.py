"""The HTTP server: uvicorn, with limits for clients that are slow or many.

uvicorn limits neither how long a client takes for its request, nor how many connections are open.
Granian and hypercorn have time limits for idle connections, and no limit for headers that come byte
by byte. So uvicorn's protocol is extended here: each phase of a connection has a deadline, which
bytes do not postpone, and when there are too many connections, one that waits for its client makes
room for the new one.
"""

from __future__ import annotations

import asyncio
import resource
import socket
import time
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import uvicorn
from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from search_api.access.rate_limit import network_of
from search_api.middleware.headers import SECURITY_HEADERS

HEADER_SECONDS = 10
"""For the headers of a request, from the connection or the answer before it."""
BODY_SECONDS = 30
"""For its body, which is a form at most."""
READING_SECONDS = 60
"""For a client to take the next part of an answer, 64 kB at most."""
LIMITS = {"header": HEADER_SECONDS, "body": BODY_SECONDS, "reading": READING_SECONDS}
"""Phase of a connection in which we wait for its client → its longest time."""
LARGEST_HEADER = 16 * 1024
"""Bytes of a request before its body."""
IDLE_SECONDS = 5
"""Between two requests of a connection."""
GRACE_SECONDS = 3
"""For open requests when the server stops."""

MOST_CONNECTIONS = 1000
"""Connections at a time: each takes up to 100 kB."""
OTHER_FILES = 128
"""Files that the process needs besides: database, index, libraries."""
BACKLOG = 128
"""Connections that wait for being accepted. As many can be open for a moment before the limit sees
them, so that number of files is kept free too.
"""

LOOPBACK = ("127.0.0.0/8", "::1/128")

_BUSY = (
    b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 10\r\nContent-Length: 0\r\n"
    b"Connection: close\r\n\r\n"
)


class BoundedProtocol(H11Protocol):
    """A connection with deadlines."""

    most: int = MOST_CONNECTIONS
    """Connections of the process; set before the server starts."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._begun = 0
        """Requests whose headers are complete."""
        self._drained = 0
        """How often the client had taken what was sent, up to a rest."""
        self._phase = ("", 0, 0)
        self._since = 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        """Take the connection, or turn it away if all the others are being answered."""
        if len(self.connections) >= self.most and not self._make_room():
            self.transport = transport
            transport.write(_BUSY)
            transport.close()
            return
        super().connection_made(transport)
        self._note_phase()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        if self.flow is not None:  # else it was turned away
            super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Bytes of the client."""
        if self.flow is None:
            return
        cycle = self.cycle
        super().data_received(data)
        if self.cycle is not cycle:
            self._begun += 1
        self._note_phase()

    def resume_writing(self) -> None:
        """The client has taken most of what was sent."""
        self._drained += 1
        super().resume_writing()

    def end_if_overdue(self, now: float) -> None:
        """Cut the connection off if its client is too slow."""
        self._note_phase()
        limit = LIMITS.get(self._phase[0])
        if limit is not None and now - self._since > limit:
            self.transport.abort()

    @property
    def waiting_since(self) -> float | None:
        """Since when we wait for the client (monotonic clock); None: it waits for us."""
        self._note_phase()
        return self._since if self._phase[0] in LIMITS else None

    @property
    def origin(self) -> str:
        """The network that the connection comes from."""
        return network_of(self.client[0]) if self.client else ""

    def _note_phase(self) -> None:
        phase = self._current_phase()
        if phase != self._phase:
            self._phase, self._since = phase, time.monotonic()

    def _current_phase(self) -> tuple[str, int, int]:
        """What the connection waits for, and numbers that change with progress."""
        return (self._waits_for(), self._begun, self._drained)

    def _waits_for(self) -> str:
        if self.transport.get_write_buffer_size():
            return "reading"
        if self.cycle is None or self.cycle.response_complete:
            return "header"
        return "body" if self.cycle.more_body else "answer"

    def _make_room(self) -> bool:
        """Cut off those that wait longest for their clients, of the network that has most of them;
        False if none waits.
        """
        waiting = [c for c in _bounded(self.connections) if c.waiting_since is not None]
        if not waiting:
            return False
        ((network, _),) = Counter(c.origin for c in waiting).most_common(1)
        of_network = [c for c in waiting if c.origin == network]
        # Several at once: looking for them takes a millisecond.
        for connection in sorted(of_network, key=_waiting_since)[: max(1, self.most // 20)]:
            self.connections.discard(connection)
            connection.transport.abort()
        return True


def _bounded(connections: Iterable[object]) -> list[BoundedProtocol]:
    return [c for c in connections if isinstance(c, BoundedProtocol)]


def _waiting_since(connection: BoundedProtocol) -> float:
    return connection.waiting_since or 0.0


class BoundedHeader:
    """ASGI middleware that refuses requests with too large a header.

    h11 refuses one that is too large and not complete yet; one that arrives at once it takes.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http" or _header_size(scope) <= LARGEST_HEADER:
            await self._app(scope, receive, send)
            return
        headers = {"Content-Length": "0", "Connection": "close", **SECURITY_HEADERS}
        raw = [(name.encode(), value.encode()) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": 431, "headers": raw})
        await send({"type": "http.response.body"})


def _header_size(scope: Scope) -> int:
    line = len(scope["method"]) + len(scope["raw_path"]) + len(scope["query_string"])
    return line + sum(len(name) + len(value) + 4 for name, value in scope["headers"])


class BoundedServer(uvicorn.Server):
    """A server that cuts off slow clients. It also ends when `stopped` says so: a signal may come
    before uvicorn catches them.
    """

    def __init__(
        self, config: Config, stopped: Callable[[], bool], listening: Callable[[], object]
    ) -> None:
        super().__init__(config)
        self.stopped = stopped
        self.listening = listening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen, and say so: who is told the address earlier may be refused."""
        await super().startup(sockets)
        self.listening()

    async def on_tick(self, counter: int) -> bool:
        """What uvicorn does ten times a second."""
        if counter % 10 == 0:
            now = time.monotonic()
            for connection in _bounded(list(self.server_state.connections)):
                connection.end_if_overdue(now)
        return await super().on_tick(counter) or self.stopped()


def connection_limit() -> int:
    """Let the process open as many files as it needs, if it may; the connections that fit in."""
    spare = OTHER_FILES + 2 * BACKLOG
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return MOST_CONNECTIONS
    wanted = MOST_CONNECTIONS + spare
    if soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return max(10, min(MOST_CONNECTIONS, soft - spare))


def make_server(
    app: FastAPI,
    host: str,
    port: int,
    *,
    trusted_proxies: Iterable[str] = (),
    root: str = "",
    stopped: Callable[[], bool] = lambda: False,
    listening: Callable[[], object] = lambda: None,
) -> uvicorn.Server:
    """The server for this address.

    `trusted_proxies` are networks that are believed about where requests come from, besides
    loopback; `root` is the path that a proxy takes away. `listening` is called once clients can
    connect: addresses are told there, and browsers opened.
    """
    BoundedProtocol.most = connection_limit()
    return BoundedServer(
        Config(
            BoundedHeader(app),
            host=host,
            port=port,
            http=BoundedProtocol,
            loop="asyncio",  # that of the crawl would take 2 MiB more, and hardly a request less
            h11_max_incomplete_event_size=LARGEST_HEADER,
            ws="none",
            lifespan="off",
            root_path=root,
            log_level="error",  # strangers would write the warnings
            access_log=False,  # its lines would hold feed keys
            server_header=False,
            proxy_headers=True,
            forwarded_allow_ips=[*LOOPBACK, *trusted_proxies],
            backlog=BACKLOG,
            timeout_keep_alive=IDLE_SECONDS,
            timeout_graceful_shutdown=GRACE_SECONDS,
        ),
        stopped,
        listening,
    )
