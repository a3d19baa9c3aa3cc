"""The port through which a fetched page gets its text, before it is reported to the frontier."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from crawler.discovery.feeds import FeedArticle
from crawler.spiders.fetch import FetchContext, FetchedResponse, Fetcher, FetchFailure
from indexer.records.source import Source


class PageRun(Protocol):
    """The part of a source's run (`crawler.spiders.source_run.SourceRun`) that a renderer uses."""

    @property
    def source(self) -> Source:
        """The source of the page."""

    @property
    def fetcher(self) -> Fetcher:
        """Fetches what else is needed."""

    @property
    def feed_articles(self) -> Mapping[str, FeedArticle]:
        """Whole articles in feeds, by identity of their page."""

    def owns(self, url: str) -> bool:
        """Whether an address belongs to the source."""

    def has_document(self, url: str) -> bool:
        """Whether earlier runs have read a page at this address."""

    def fetch_context(self) -> FetchContext:
        """The context in which pages are fetched."""


class PageRenderer(Protocol):
    """Turns a fetched page into one that has its text."""

    @property
    def failure(self) -> str | None:
        """Why it renders nothing any more, though it should; None: it works."""

    async def render(
        self, run: PageRun, fetched: FetchedResponse
    ) -> FetchedResponse | FetchFailure:
        """The response to read, archived: the same one, or one that was made of it; or why there
        is none, so that what is known of the page stays.
        """

    async def close(self) -> None:
        """Release what was started."""


class NoRenderer:
    """Leaves pages as they were fetched."""

    failure = None
    """Nothing fails."""

    async def render(self, run: PageRun, fetched: FetchedResponse) -> FetchedResponse:
        """The response itself."""
        del run
        return fetched

    async def close(self) -> None:
        """Nothing was started."""
