"""The one way out of the browser: a proxy on loopback that judges every address it connects to.

Chromium resolves names itself and opens connections that no interception of requests sees (workers,
WebSockets, preconnects). With this proxy as its only way it does neither: names are resolved here,
the numeric address is judged by the crawl's own guard, and the connection goes to that very
address.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from crawler.politeness.addresses import networks, why_forbidden

HEAD = 64 * 1024
"""Bytes of a request's or an answer's head."""
SECONDS = 10.0
"""For a head, and for a connection to be made."""
PIECE = 64 * 1024
_FORBIDDEN = b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
_HOP = (b"connection:", b"proxy-connection:", b"proxy-authorization:", b"keep-alive:")


class Refused(Exception):
    """The proxy does not connect there."""


@dataclass(slots=True)
class Visit:
    """What one page may do."""

    sites: frozenset[str]
    """`host` or `host:port` (neither 80 nor 443) that may be connected to."""
    bytes_left: int
    refused: list[str] = field(default_factory=list)
    """Where it wanted to, and why it was not let."""


class GuardProxy:
    """Serves one page at a time; what it has open is closed when the page ends."""

    def __init__(self, allow_networks: Iterable[str]) -> None:
        self._allowed = networks(allow_networks)
        self._visit: Visit | None = None
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.Task[None]] = set()
        self.port = 0

    async def start(self) -> None:
        """Listen on loopback; `port` tells where."""
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0, limit=HEAD)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        """Let go of everything."""
        self.end()
        if self._server is not None:
            self._server.close()

    def begin(self, visit: Visit) -> None:
        """From now on connections are this page's."""
        self.end()
        self._visit = visit

    def end(self) -> None:
        """The page has ended: nothing goes through any more."""
        self._visit = None
        for task in tuple(self._open):
            task.cancel()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._open.add(task)
        try:
            await self._serve(reader, writer)
        except (
            Refused, TimeoutError, OSError, ValueError,
            asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.CancelledError,
        ):  # fmt: skip
            pass  # a connection ends; what the page makes of that is its own affair
        finally:
            writer.close()
            if task is not None:
                self._open.discard(task)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        visit = self._visit
        if visit is None:
            return
        async with asyncio.timeout(SECONDS):
            head = await reader.readuntil(b"\r\n\r\n")
        method, target, *_ = head.split(b"\r\n", 1)[0].decode("latin-1").split(" ")
        tunnel = method == "CONNECT"
        parts = urlsplit(f"//{target}" if tunnel else target)
        host, port = parts.hostname or "", parts.port or (443 if tunnel else 80)
        try:
            far_reader, far_writer = await self._connect(visit, host, port)
        except (Refused, OSError, TimeoutError) as error:
            visit.refused.append(f"{host}:{port}: {error}")
            writer.write(_FORBIDDEN)
            await writer.drain()
            return
        try:
            if tunnel:
                writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            else:
                path = parts.path or "/"
                asked = f"{method} {path}{'?' + parts.query if parts.query else ''} HTTP/1.1"
                far_writer.write(_own_head(asked.encode("latin-1"), head))
                answer = await far_reader.readuntil(b"\r\n\r\n")
                writer.write(_own_head(answer.split(b"\r\n", 1)[0], answer))
            await self._both_ways(visit, (reader, far_writer), (far_reader, writer))
        finally:
            far_writer.close()

    async def _connect(
        self, visit: Visit, host: str, port: int
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Resolve, judge, and connect to what was judged."""
        name = host if port in (80, 443) else f"{host}:{port}"
        if name not in visit.sites:
            raise Refused("not a site of the source")
        async with asyncio.timeout(SECONDS):
            found = await asyncio.get_running_loop().getaddrinfo(
                host, port, type=socket.SOCK_STREAM
            )
            reasons = [why_forbidden(str(info[4][0]), self._allowed) for info in found]
            if None not in reasons:
                raise Refused(str(reasons[0]) if reasons else "no address")
            address = str(found[reasons.index(None)][4][0])
            return await asyncio.open_connection(address, port, limit=HEAD)

    async def _both_ways(
        self,
        visit: Visit,
        *ways: tuple[asyncio.StreamReader, asyncio.StreamWriter],
    ) -> None:
        """Pass bytes on until one side ends or the page has had its share."""
        tasks = [asyncio.create_task(_pass_on(visit, *way)) for way in ways]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


async def _pass_on(
    visit: Visit, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    while visit.bytes_left > 0 and (piece := await reader.read(PIECE)):
        visit.bytes_left -= len(piece)
        writer.write(piece)
        await writer.drain()


def _own_head(first: bytes, head: bytes) -> bytes:
    """A head with another first line, for one request and answer on a connection.

    A browser that kept the connection would send requests for other hosts through it.
    """
    lines = head.split(b"\r\n")[1:-2]
    kept = [line for line in lines if not line.lower().startswith(_HOP)]
    return b"\r\n".join([first, *kept, b"connection: close", b"", b""])
