"""Nights of a crawl on one frontier and one archive, and the documents of its sources."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from crawler.archive.warc import Archive
from crawler.crawl import (
    CrawlControls,
    CrawlProgress,
    CrawlSettings,
    SourceResult,
    SourceTask,
    crawl,
)
from crawler.discovery.listing_words import ListingWords
from indexer.records.outcome import Outcome
from indexer.records.source import Feed, Source
from tests.loopback.frontier import MemoryFrontier
from tests.loopback.site import LoopbackSite

LOOPBACK = ("127.0.0.0/8",)


NOW = datetime(2026, 5, 4, 3, 0, tzinfo=UTC)


NAMES: dict[str, Callable[[], str]] = dict.fromkeys(
    ("localhost", "0x7f000001"), lambda: "127.0.0.1"
)
"""What the tests' names resolve to; no other is known."""


class Night:
    """Runs the crawl as often as a test likes, on one frontier and one archive."""

    def __init__(self, folder: Path, words: ListingWords) -> None:
        self.frontier = MemoryFrontier()
        self.folder = folder
        self.words = words
        self.progress: list[CrawlProgress] = []
        self.seconds_per_source = 60.0

    def run(
        self,
        *sources: Source,
        limit: int | None = None,
        allow: tuple[str, ...] = LOOPBACK,
        timeout: float = 60.0,
        stop: threading.Event | None = None,
    ) -> dict[str, SourceResult]:
        self.frontier.next_run()
        archive = Archive(self.folder, committed_end=self.frontier.committed_end)
        try:
            return dict(
                crawl(
                    [SourceTask(source, limit) for source in sources],
                    self.frontier,
                    archive,
                    CrawlSettings(
                        self.words,
                        "desk@example.org",
                        allow,
                        timeout=timeout,
                        seconds_per_source=self.seconds_per_source,
                    ),
                    CrawlControls(
                        progress=self.progress.append,
                        now=lambda: NOW,
                        stop=stop or threading.Event(),
                    ),
                )
            )
        finally:
            archive.close()

    def outcome(self, url: str) -> Outcome:
        return self.frontier.pages[url].outcome


def source(site: LoopbackSite, **changes: object) -> Source:
    fields: dict[str, object] = {
        "id": "s",
        "name": "S",
        "url": site.url + "/",
        "country": "DE",
        "languages": ("de",),
        "delay": 0.0,
    }
    return Source(**{**fields, **changes})  # type: ignore[arg-type]


def article(text: str = "Rohstoffe") -> str:
    return f"<html><head><title>{text}</title></head><body><p>{text} im Gespräch.</p></body></html>"


def feed(*urls: str) -> str:
    items = "".join(f"<item><title>T</title><link>{url}</link></item>" for url in urls)
    return f'<rss version="2.0"><channel><title>F</title>{items}</channel></rss>'


def urlset(*urls: str, lastmod: str | None = None) -> str:
    stamp = f"<lastmod>{lastmod}</lastmod>" if lastmod else ""
    entries = "".join(f"<url><loc>{url}</loc>{stamp}</url>" for url in urls)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'


def listing(*paths: str, following: str | None = None) -> str:
    teasers = "".join(
        f'<article><h3><a href="{path}">Eine Meldung über seltene Erden</a></h3></article>'
        for path in paths
    )
    pager = f'<ul class="pager"><li><a href="{following}">nächste Seite</a></li></ul>'
    return (
        '<html><body><nav><a href="/kontakt">Kontakt</a></nav><main>'
        f"{teasers}{pager if following else ''}</main></body></html>"
    )


def fed(site: LoopbackSite, *paths: str) -> Source:
    site.xml("/feed", feed(*(site.url + path for path in paths)))
    return source(site, feeds=(Feed(site.url + "/feed"),))
