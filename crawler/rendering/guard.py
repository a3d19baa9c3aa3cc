"""The browser's only way out: a proxy on loopback that checks every address it connects to.

Chromium resolves names itself and opens connections that no interception of requests sees (workers,
WebSockets, preconnects). Behind this proxy it does neither: names are resolved here, the numeric
address is checked with the rules of the crawl, and the connection goes to that very address.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from crawler.politeness.addresses import parse_networks, why_forbidden

HEAD = 64 * 1024
"""Bytes of the head of a request or response."""
SECONDS = 10.0
"""Longest time for a head, and for a connection."""
PIECE = 64 * 1024
_FORBIDDEN = b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
_HOP_BY_HOP = (b"connection:", b"proxy-connection:", b"proxy-authorization:", b"keep-alive:")


class ConnectionRefused(Exception):
    """The proxy does not connect to this address."""


@dataclass(slots=True)
class PageAllowance:
    """What one page may do."""

    sites: frozenset[str]
    """`host` or `host:port` (neither 80 nor 443) to which connections are allowed."""
    bytes_left: int
    refused: list[str] = field(default_factory=list)
    """Refused connections: address and reason."""


_CONNECTION_ENDS = (
    ConnectionRefused,
    TimeoutError,
    OSError,
    ValueError,
    asyncio.IncompleteReadError,
    asyncio.LimitOverrunError,
    asyncio.CancelledError,
)


class GuardProxy:
    """Serves one page at a time; its connections are closed when the page ends."""

    def __init__(self, allow_networks: Iterable[str]) -> None:
        self._allowed = parse_networks(allow_networks)
        self._allowance: PageAllowance | None = None
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.Task[None]] = set()
        self.port = 0

    async def start(self) -> None:
        """Listen on `port` of loopback."""
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0, limit=HEAD)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        """Stop listening and close all connections."""
        self.end()
        if self._server is not None:
            self._server.close()

    def begin(self, allowance: PageAllowance) -> None:
        """Allow connections for this page from now on."""
        self.end()
        self._allowance = allowance

    def end(self) -> None:
        """Close all connections of the page and allow no more."""
        self._allowance = None
        for task in tuple(self._open):
            task.cancel()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._open.add(task)
        try:
            await self._serve(reader, writer)
        except _CONNECTION_ENDS:
            pass  # the page has to cope with it
        finally:
            writer.close()
            if task is not None:
                self._open.discard(task)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        allowance = self._allowance
        if allowance is None:
            return
        async with asyncio.timeout(SECONDS):
            head = await reader.readuntil(b"\r\n\r\n")
        method, target, *_ = head.split(b"\r\n", 1)[0].decode("latin-1").split(" ")
        tunnel = method == "CONNECT"
        parts = urlsplit(f"//{target}" if tunnel else target)
        host, port = parts.hostname or "", parts.port or (443 if tunnel else 80)
        try:
            far_reader, far_writer = await self._connect(allowance, host, port)
        except (ConnectionRefused, OSError, TimeoutError) as error:
            allowance.refused.append(f"{host}:{port}: {error}")
            writer.write(_FORBIDDEN)
            await writer.drain()
            return
        try:
            if tunnel:
                writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            else:
                path = parts.path or "/"
                request = f"{method} {path}{'?' + parts.query if parts.query else ''} HTTP/1.1"
                far_writer.write(_rewrite_head(request.encode("latin-1"), head))
                response = await far_reader.readuntil(b"\r\n\r\n")
                writer.write(_rewrite_head(response.split(b"\r\n", 1)[0], response))
            await self._relay(allowance, (reader, far_writer), (far_reader, writer))
        finally:
            far_writer.close()

    async def _connect(
        self, allowance: PageAllowance, host: str, port: int
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Resolve the name, check its addresses, and connect to one that was allowed."""
        name = host if port in (80, 443) else f"{host}:{port}"
        if name not in allowance.sites:
            raise ConnectionRefused("not a site of the source")
        async with asyncio.timeout(SECONDS):
            found = await asyncio.get_running_loop().getaddrinfo(
                host, port, type=socket.SOCK_STREAM
            )
            reasons = [why_forbidden(str(info[4][0]), self._allowed) for info in found]
            if None not in reasons:
                raise ConnectionRefused(str(reasons[0]) if reasons else "no address")
            address = str(found[reasons.index(None)][4][0])
            return await asyncio.open_connection(address, port, limit=HEAD)

    async def _relay(
        self,
        allowance: PageAllowance,
        *directions: tuple[asyncio.StreamReader, asyncio.StreamWriter],
    ) -> None:
        """Copy bytes until one side ends or the allowance of the page is used up."""
        tasks = [asyncio.create_task(_copy(allowance, *pair)) for pair in directions]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


async def _copy(
    allowance: PageAllowance, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    while allowance.bytes_left > 0 and (piece := await reader.read(PIECE)):
        allowance.bytes_left -= len(piece)
        writer.write(piece)
        await writer.drain()


def _rewrite_head(first: bytes, head: bytes) -> bytes:
    """The head with another first line, for one request and response on a connection.

    A browser that kept the connection open would send requests for other hosts through it.
    """
    lines = head.split(b"\r\n")[1:-2]
    end_to_end = [line for line in lines if not line.lower().startswith(_HOP_BY_HOP)]
    return b"\r\n".join([first, *end_to_end, b"connection: close", b"", b""])
