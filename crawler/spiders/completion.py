"""Where a fetched page that is not whole yet is made whole, before it is told to the frontier."""

from __future__ import annotations

from typing import Protocol

from crawler.spiders.fetch import Answer
from crawler.spiders.source_run import SourceRun


class PageCompletion(Protocol):
    """Has the last word on what is read of a fetched page."""

    async def completed(self, run: SourceRun, got: Answer) -> Answer:
        """The answer to read, archived: the same one, or what was made of it."""

    async def close(self) -> None:
        """Let go of what it has started."""


class AsFetched:
    """Reads pages as they were fetched."""

    async def completed(self, run: SourceRun, got: Answer) -> Answer:
        """The answer itself."""
        del run
        return got

    async def close(self) -> None:
        """Nothing was started."""
