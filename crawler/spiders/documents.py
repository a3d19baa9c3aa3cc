"""Discovery documents of one source: asked for, told of, read beside the event loop."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeVar

from crawler.spiders.fetch import (
    FetchedResponse,
    FetchFailure,
    response_failure,
    with_own_validators,
)
from crawler.spiders.offloader import Offloader
from crawler.spiders.source_run import SourceRun
from indexer.frontier.port import Response
from indexer.records.errors import ParseError
from indexer.records.outcome import Outcome
from indexer.records.urls import canonical, identity

Content = TypeVar("Content")

logger = logging.getLogger(__name__)


class Documents:
    """Asks for discovery documents, and tells the frontier how each ended."""

    def __init__(self, run: SourceRun, offloader: Offloader, *, until: float) -> None:
        """`until`: the instant (`time.monotonic`) after which nothing more is asked for."""
        self._run = run
        self._offloader = offloader
        self._until = until

    async def read(
        self,
        url: str,
        read: Callable[[Response], Content],
        *,
        largest: int,
        conditional: bool = True,
        keep: bool = True,
        headers: Mapping[str, str] | None = None,
    ) -> tuple[FetchedResponse, Content] | None:
        """Ask for a document of at most `largest` bytes and read it.

        `keep`: keep its validators, so that it may be asked for conditionally. None if there is
        nothing to read, which has been told: unchanged, failed, not readable, out of time.
        """
        fetched = await self._ask(url, largest=largest, conditional=conditional, headers=headers)
        if fetched is None:
            return None
        try:
            content = await self._offloader.call(partial(read, fetched.response))
        except ParseError as error:
            failure = FetchFailure(Outcome.REFUSED, error.args[0], fetched.response.status)
            self._fail(canonical(url) or url, failure)
            return None
        self.told(url, fetched, keep=keep)
        return fetched, content

    def told(self, url: str, fetched: FetchedResponse, *, keep: bool) -> None:
        """A document was read; with `keep` its validators are, unless it was cut off."""
        self._run.discovery_worked = True
        whole = keep and not fetched.response.truncated
        self._run.frontier.record_discovery(
            self._run.source.id,
            canonical(url) or url,
            Outcome.FETCHED,
            "cut off" if fetched.response.truncated else None,
            response=with_own_validators(fetched.response) if whole else None,
        )

    async def _ask(
        self, url: str, *, largest: int, conditional: bool, headers: Mapping[str, str] | None
    ) -> FetchedResponse | None:
        run = self._run
        address = canonical(url)
        if address is None:
            self._fail(url, FetchFailure(Outcome.REFUSED, "no usable address"))
            return None
        if time.monotonic() >= self._until:
            logger.warning("discovery_out_of_time %s %s", run.source.id, address)
            return None
        run.discovery_urls.add(identity(address))
        context = run.discovery_context(conditional=conditional, headers=headers)
        fetched = await run.fetcher.fetch(address, context)
        failure = fetched if isinstance(fetched, FetchFailure) else _no_document(fetched, largest)
        if failure is not None or isinstance(fetched, FetchFailure):
            self._fail(address, failure or FetchFailure(Outcome.REFUSED, ""))
            return None
        unchanged = fetched.response.status == 304
        run.discovery_worked = run.discovery_worked or unchanged
        # Told before it is read, which lets other sources go on: the archive's end only grows.
        outcome = Outcome.NOT_MODIFIED if unchanged else Outcome.FETCHED
        run.frontier.record_discovery(run.source.id, address, outcome, position=fetched.position)
        if unchanged:
            run.journal.told()
            return None
        return fetched

    def _fail(self, url: str, failure: FetchFailure) -> None:
        run = self._run
        run.discovery_failures.append((url, failure.outcome, failure.reason))
        logger.warning("discovery_failed %s %s %s", run.source.id, url, failure.reason)
        if failure.requested:
            run.frontier.record_discovery(
                run.source.id, url, failure.outcome, failure.reason, position=failure.position
            )
            run.journal.told()


def _no_document(fetched: FetchedResponse, largest: int) -> FetchFailure | None:
    """Why an answer is no document that is read."""
    response = fetched.response
    failure = response_failure(fetched)
    if failure is None and len(response.body) > largest:
        reason = f"larger than {largest} bytes"
        return FetchFailure(Outcome.REFUSED, reason, response.status, fetched.position)
    return failure
