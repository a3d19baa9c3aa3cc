"""The stage crawl: the configured sources, the ledger and the archive, handed to the crawler."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence

import sqlalchemy as sa

from crawler.archive import Archive
from crawler.crawl import CrawlProgress, CrawlSettings, SourceResult, SourceTask, crawl
from crawler.discovery.words import ListingWords
from crawler.frontier import ArchivePosition, Response
from indexer.ledger import Ledger
from indexer.source import Source
from radar.clock import Clock
from radar.frontier import LedgerFrontier
from radar.installation import Installation


class _CountedArchive(Archive):
    """Tells of the size of each answer: all of them come by here."""

    fetched: Callable[[int], None]

    def append(self, response: Response) -> ArchivePosition:
        """Count the response, then write it."""
        self.fetched(len(response.body))
        return super().append(response)


def crawl_sources(
    installation: Installation,
    connection: sa.Connection,
    run: int,
    sources: Sequence[Source],
    *,
    clock: Clock,
    everything: bool,
    limit: int | None,
    progress: Callable[[int, int], None],
    fetched: Callable[[int], None],
    stop: threading.Event,
) -> Mapping[str, SourceResult]:
    """Crawl the sources; `progress` is told pages done and pages planned, over all of them,
    and `fetched` the bytes of each answer's body.

    A source that is missing in the answer had not ended when `stop` was set.
    """
    ledger = Ledger(connection, run, clock, everything=everything)
    archive = _CountedArchive(installation.settings.archive, committed_end=ledger.committed_end)
    archive.fetched = fetched
    crawler = installation.settings.crawler
    told: dict[str, CrawlProgress] = {}

    def show(step: CrawlProgress) -> None:
        told[step.source] = step
        progress(sum(p.asked for p in told.values()), sum(p.planned for p in told.values()))

    try:
        return crawl(
            [SourceTask(source, limit) for source in sources],
            LedgerFrontier(ledger),
            archive,
            CrawlSettings(
                ListingWords.from_languages(installation.reference.languages),
                contact=crawler.contact,
                allow_networks=crawler.allow_networks,
            ),
            progress=show,
            now=clock,
            stop=stop,
        )
    finally:
        archive.close()
