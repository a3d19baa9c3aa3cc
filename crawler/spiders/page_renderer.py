"""Where a fetched page that is not whole yet is made whole, before it is told to the frontier."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from crawler.discovery.feeds import FeedArticle
from crawler.spiders.fetch import Answer, Errand, Fetcher
from indexer.records.source import Source


class PageRun(Protocol):
    """What is used of the run that a page was asked for in
    (`crawler.spiders.source_run.SourceRun`).
    """

    @property
    def source(self) -> Source:
        """Whose page it is."""

    @property
    def fetcher(self) -> Fetcher:
        """Asks for what is needed besides."""

    @property
    def feed_articles(self) -> Mapping[str, FeedArticle]:
        """Articles that feeds have given whole, by identity."""

    def owns(self, url: str) -> bool:
        """Whether an address belongs to the source."""

    def errand(self) -> Errand:
        """For a page."""


class PageCompletion(Protocol):
    """Has the last word on what is read of a fetched page."""

    async def completed(self, run: PageRun, got: Answer) -> Answer:
        """The answer to read, archived: the same one, or what was made of it."""

    async def close(self) -> None:
        """Let go of what it has started."""


class AsFetched:
    """Reads pages as they were fetched."""

    async def completed(self, run: PageRun, got: Answer) -> Answer:
        """The answer itself."""
        del run
        return got

    async def close(self) -> None:
        """Nothing was started."""
