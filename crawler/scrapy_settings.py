"""Scrapy's settings for our crawl. Several defaults of 2.19 are wrong for us."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version

from crawler.politeness.encoding import ACCEPT_ENCODING
from crawler.politeness.robots import PRODUCT

MEBIBYTE = 1 << 20
MAX_BODY = 8 * MEBIBYTE
"""Bytes of a body, as sent and decompressed."""
TIMEOUT = 12.0
"""Seconds for one request, from connecting to the last byte."""
MAX_REDIRECTS = 5
PARALLEL = 64
"""Requests in flight, each to another site."""

Setting = bool | int | float | str | None | list[str] | dict[str, str | int | None]


def user_agent(contact: str | None) -> str:
    """An honest name, with the configured contact."""
    try:
        number = version("rohstoffradar")
    except PackageNotFoundError:
        number = "0"
    return f"{PRODUCT}/{number}" + (f" (+{contact})" if contact else "")


def scrapy_settings(
    *, contact: str | None, allow_networks: Sequence[str], timeout: float, languages: Sequence[str]
) -> dict[str, Setting]:
    """All settings that differ from Scrapy's defaults, each with its reason."""
    accept_language = ",".join([*languages, "*;q=0.5"]) if languages else "*"
    return {
        # No Twisted reactor: its aiohttp handler on our own event loop, callable again and again.
        "TWISTED_REACTOR_ENABLED": False,
        "ASYNCIO_EVENT_LOOP": "uvloop.Loop",
        "DOWNLOAD_HANDLERS": {
            "http": "crawler.handler.GuardedHandler",
            "https": "crawler.handler.GuardedHandler",
            # The others would read local files or use other services.
            "file": None,
            "ftp": None,
            "s3": None,
            "data": None,
        },
        "CRAWL_ALLOW_NETWORKS": list(allow_networks),
        "CONCURRENT_REQUESTS": PARALLEL,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "CONCURRENT_ITEMS": 4,
        # The pace of a site is kept by the handler (crawler.politeness.pace), which knows each
        # source's delay and each site's Crawl-delay, and counts from the end of an answer.
        "DOWNLOAD_DELAY": 0,
        "DOWNLOAD_DELAY_JITTER": 0,
        "DOWNLOAD_MAXSIZE": MAX_BODY,
        "DOWNLOAD_WARNSIZE": MAX_BODY // 2,
        "DOWNLOAD_TIMEOUT": timeout,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        # A truncated body is kept and marked.
        "DOWNLOAD_FAIL_ON_DATALOSS": False,
        "URLLENGTH_LIMIT": 2083,
        "USER_AGENT": user_agent(contact),
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
            "Accept-Language": accept_language,
            "Accept-Encoding": ACCEPT_ENCODING,
        },
        "ROBOTSTXT_OBEY": True,
        "ROBOTSTXT_USER_AGENT": PRODUCT,
        # Only what each request needs; redirects, retries and decoding are ours, because each of
        # Scrapy's may end a request without a word: a redirect to an address seen before, a body
        # that stops halfway; and a site that said 429 would be asked three times more at once.
        "DOWNLOADER_MIDDLEWARES_BASE": {
            "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": 350,
            "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
            "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
        },
        "DOWNLOADER_MIDDLEWARES": {"crawler.politeness.robots.RobotsGate": 100},
        "SPIDER_MIDDLEWARES_BASE": {},
        "EXTENSIONS_BASE": {},  # among them a console and a remote control that run Python
        "REMOTE_CONTROL_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "COMPRESSION_ENABLED": False,
        "COOKIES_ENABLED": False,
        "REDIRECT_ENABLED": False,
        "METAREFRESH_ENABLED": False,
        "REFERER_ENABLED": False,
        "RETRY_ENABLED": False,
        "HTTPPROXY_ENABLED": False,
        "HTTPCACHE_ENABLED": False,
        "STATS_DUMP": False,
        "LOG_ENABLED": False,  # the standard logging of the program
        "WARN_ON_GENERATOR_RETURN_VALUE": False,
    }
