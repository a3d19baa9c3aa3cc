"""Crawls of one source whose lists may have no end."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler.archive.warc import Archive
from crawler.crawl import Backfill, CrawlControls, CrawlSettings, SourceTask, crawl
from crawler.discovery.listing_words import ListingWords
from indexer.records.reference import load_reference
from indexer.records.source import Source
from tests.loopback.frontier import MemoryFrontier
from tests.loopback.site import Answer, LoopbackSite, Script

WORDS = ListingWords.from_languages(load_reference().languages)


class Endless(dict[str, Script]):
    """Answers to whatever is asked for below a path."""

    def __init__(self, answers: dict[str, Script], script: Script) -> None:
        super().__init__(answers)
        self.script = script

    def get(self, path: str, default: object = None) -> Script:
        return super().get(path) or self.script


def crawl_once(
    folder: Path,
    source: Source,
    *,
    backfill: Backfill | None = None,
    limit: int | None = None,
    frontier: MemoryFrontier | None = None,
) -> MemoryFrontier:
    frontier = frontier or MemoryFrontier()
    frontier.next_run()
    archive = Archive(folder, committed_end=frontier.committed_end)
    try:
        crawl(
            [SourceTask(source, limit, backfill=backfill)],
            frontier,
            archive,
            CrawlSettings(WORDS, "desk@example.org", ("127.0.0.0/8",), timeout=60.0),
            CrawlControls(now=lambda: datetime(2026, 5, 4, 3, 0, tzinfo=UTC)),
        )
    finally:
        archive.close()
    return frontier


def source_of(site: LoopbackSite, **entries: Any) -> Source:
    return replace(
        Source("s", "S", site.url + "/", "DE", ("de",), delay=0.0, max_pages=1_000), **entries
    )


def page(html: str) -> Answer:
    return Answer(html.encode(), headers={"Content-Type": "text/html"})
