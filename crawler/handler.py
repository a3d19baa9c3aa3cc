"""Scrapy's aiohttp download handler with our guard at the socket.

The base class is in a private module of Scrapy 2.19, which only this file uses. Here belongs what
must happen at the connection: the check of the address when the socket is made, the pace of the
site, and the distinction of errors that Scrapy does not distinguish.
"""

from __future__ import annotations

import errno
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import ClassVar

import aiohttp
from scrapy import Request
from scrapy.core.downloader.handlers._aiohttp import AiohttpDownloadHandler, _ClientResponse
from scrapy.core.downloader.handlers._base_streaming import BaseStreamingDownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadConnectionRefusedError, DownloadFailedError
from scrapy.http import Headers, Response
from scrapy.utils.ssl import _make_ssl_context

from crawler.politeness.addresses import parse_networks, why_forbidden
from indexer.records.errors import ResponseRejected

_GUARDED = "crawl guard: "
"""Marks a refusal in the text of an error: nothing else is left when several addresses fail."""

_REFUSAL = re.compile(
    rf"{_GUARDED}(\S+ is (?:not a public|no network) address(?: and not in \S+allow_networks)?)"
)

_AddressInfo = tuple[int, int, int, str, tuple[str | int, ...]]


class GuardedHandler(AiohttpDownloadHandler):
    """Downloads over http and https, to public addresses and those of CRAWL_ALLOW_NETWORKS."""

    lazy = True  # of http and https, one may not be needed: each loads certificates
    experimental: ClassVar[bool] = False
    supports_proxies: ClassVar[bool] = False  # a proxy would connect for us, past the guard

    def __init__(self, crawler: Crawler) -> None:
        # Not the parent's constructor: it makes the session, and ours has another connector.
        BaseStreamingDownloadHandler.__init__(self, crawler)
        self._allowed = parse_networks(crawler.settings.getlist("CRAWL_ALLOW_NETWORKS"))
        self._ssl_context = _make_ssl_context(crawler.settings)
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                limit=self._pool_size_total,
                limit_per_host=self._pool_size_per_host,
                socket_factory=self._guarded_socket,
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            response_class=_ClientResponse,
            skip_auto_headers=("Accept", "Accept-Encoding", "Content-Type", "User-Agent"),
        )

    def _guarded_socket(self, info: _AddressInfo) -> socket.socket:
        family, kind, protocol, _, address = info
        reason = why_forbidden(str(address[0]), self._allowed)
        if reason is not None:
            raise OSError(errno.EACCES, f"{_GUARDED}{reason}")
        return socket.socket(family=family, type=kind, proto=protocol)

    async def download_request(self, request: Request) -> Response:
        """Wait for the pace of the site, then send the request."""
        async with request.meta["pace"].turn():
            return await super().download_request(request)

    @staticmethod
    def _extract_headers(response: _ClientResponse) -> Headers:
        # Bytes that are no UTF-8 (a file name in Latin-1) come as surrogates, which Scrapy can't
        # encode.
        named = response.headers.items()
        return Headers([(name, value.encode("utf-8", "surrogateescape")) for name, value in named])

    @asynccontextmanager
    async def _make_request(
        self,
        request: Request,
        timeout: float,  # noqa: ASYNC109  # the parent's signature
    ) -> AsyncIterator[_ClientResponse]:
        try:
            async with super()._make_request(request, timeout) as response:
                yield response
        except DownloadConnectionRefusedError as error:
            if refusal := _REFUSAL.search(str(error)):
                raise ResponseRejected(refusal[1]) from error
            raise
        except DownloadFailedError as error:
            if isinstance(error.__cause__, aiohttp.ClientResponseError):
                # Lines too long, too many of them, or no HTTP at all.
                problem = " ".join(error.__cause__.message.split()).split(" when ")[0]
                raise ResponseRejected(f"headers refused: {problem[:100]}") from error
            raise
