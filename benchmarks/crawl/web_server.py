"""Serves the made-up sites over loopback, in a process of its own so that its time is not counted.

Each site has an address of its own (127.0.0.1, 127.0.0.2, …), a robots.txt and a sitemap.

    python -m benchmarks.crawl.web_server SITES PAGES     prints the addresses as JSON, serves until
    killed
"""

from __future__ import annotations

import asyncio
import gzip
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from benchmarks.crawl.article_pages import ArticlePage, article_pages
from benchmarks.measuring.children import python

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def answers(base: str, pages: list[ArticlePage]) -> dict[str, bytes]:
    """Path → whole answer, header included; bodies are sent as gzip as most sites do."""
    urls = "".join(
        f"<url><loc>{base}{page.path}</loc><lastmod>{page.published}</lastmod></url>"
        for page in pages
    )
    sitemap = f'<urlset xmlns="{_NAMESPACE}">{urls}</urlset>'
    robots = f"User-agent: *\nDisallow: /private/\nSitemap: {base}/sitemap.xml\n"
    return {
        "/robots.txt": _answer(robots.encode(), "text/plain"),
        "/sitemap.xml": _answer(sitemap.encode(), "application/xml"),
    } | {page.path: _answer(page.html, "text/html; charset=utf-8") for page in pages}


def _answer(body: bytes, kind: str, status: str = "200 OK") -> bytes:
    packed = gzip.compress(body, mtime=0)
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Encoding: gzip\r\n"
        f"Content-Length: {len(packed)}\r\n\r\n"
    )
    return head.encode() + packed


_MISSING = _answer(b"not here", "text/plain", "404 Not Found")


class _Connection(asyncio.Protocol):
    """One connection, kept open for any number of requests without body."""

    def __init__(self, known: dict[str, bytes]) -> None:
        self._known = known
        self._read = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._read += data
        while b"\r\n\r\n" in self._read:
            request, self._read = self._read.split(b"\r\n\r\n", 1)
            path = request.split(b" ", 2)[1].decode("latin-1")
            # a TCP transport writes
            self._transport.write(self._known.get(path, _MISSING))  # type: ignore[attr-defined]


async def _run_server(sites: int, pages: int) -> None:
    loop = asyncio.get_running_loop()
    bases = []
    for site in range(sites):
        known: dict[str, bytes] = {}
        connect = partial(_Connection, known)
        server = await loop.create_server(connect, f"127.0.0.{site + 1}", 0)
        host, port = server.sockets[0].getsockname()
        bases.append(f"http://{host}:{port}")
        known |= answers(bases[-1], article_pages(site, pages))
    print(json.dumps(bases), flush=True)
    await asyncio.Event().wait()


@dataclass(frozen=True, slots=True)
class Web:
    """The running sites."""

    bases: tuple[str, ...]
    """Addresses without the slash at the end."""
    pages: int
    """Pages of all sites together."""


@contextmanager
def serve(sites: int, pages: int) -> Iterator[Web]:
    """Serve `pages` pages of each of so many sites."""
    process = subprocess.Popen(
        python("-m", "benchmarks.crawl.web_server", str(sites), str(pages)), stdout=subprocess.PIPE
    )
    try:
        if process.stdout is None:
            raise OSError("the server has no output")
        yield Web(tuple(json.loads(process.stdout.readline())), sites * pages)
    finally:
        process.kill()
        process.communicate()


if __name__ == "__main__":
    asyncio.run(_run_server(int(sys.argv[1]), int(sys.argv[2])))
