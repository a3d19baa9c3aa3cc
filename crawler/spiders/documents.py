"""Discovery documents of one source: asked for, told of, read beside the event loop."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeVar

from crawler.spiders.fetch import Answer, Failure, refused_answer, with_own_validators
from crawler.spiders.offloader import Aside
from crawler.spiders.source_run import SourceRun
from indexer.frontier.port import Response
from indexer.records.errors import ParseError
from indexer.records.outcome import Outcome
from indexer.records.urls import canonical, identity

Content = TypeVar("Content")

logger = logging.getLogger(__name__)


class Documents:
    """Asks for discovery documents, and tells the frontier how each ended."""

    def __init__(self, run: SourceRun, aside: Aside, *, until: float) -> None:
        """`until`: the instant (`time.monotonic`) after which nothing more is asked for."""
        self._run = run
        self._aside = aside
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
    ) -> tuple[Answer, Content] | None:
        """Ask for a document of at most `largest` bytes and read it.

        `keep`: keep its validators, so that it may be asked for conditionally. None if there is
        nothing to read, which has been told: unchanged, failed, not readable, out of time.
        """
        got = await self._ask(url, largest=largest, conditional=conditional, headers=headers)
        if got is None:
            return None
        try:
            content = await self._aside.call(partial(read, got.response))
        except ParseError as error:
            failure = Failure(Outcome.REFUSED, error.args[0], got.response.status)
            self._fail(canonical(url) or url, failure)
            return None
        self.told(url, got, keep=keep)
        return got, content

    def told(self, url: str, got: Answer, *, keep: bool) -> None:
        """A document was read; with `keep` its validators are, unless it was cut off."""
        self._run.discovery_worked = True
        whole = keep and not got.response.truncated
        self._run.frontier.record_discovery(
            self._run.source.id,
            canonical(url) or url,
            Outcome.FETCHED,
            "cut off" if got.response.truncated else None,
            response=with_own_validators(got.response) if whole else None,
        )

    async def _ask(
        self, url: str, *, largest: int, conditional: bool, headers: Mapping[str, str] | None
    ) -> Answer | None:
        run = self._run
        address = canonical(url)
        if address is None:
            self._fail(url, Failure(Outcome.REFUSED, "no usable address"))
            return None
        if time.monotonic() >= self._until:
            logger.warning("discovery_out_of_time %s %s", run.source.id, address)
            return None
        run.discovery_urls.add(identity(address))
        errand = run.discovery_errand(conditional=conditional, headers=headers)
        got = await run.fetcher.fetch(address, errand)
        failure = got if isinstance(got, Failure) else _no_document(got, largest)
        if failure is not None or isinstance(got, Failure):
            self._fail(address, failure or Failure(Outcome.REFUSED, ""))
            return None
        unchanged = got.response.status == 304
        run.discovery_worked = run.discovery_worked or unchanged
        # Told before it is read, which lets other sources go on: the archive's end only grows.
        outcome = Outcome.NOT_MODIFIED if unchanged else Outcome.FETCHED
        run.frontier.record_discovery(run.source.id, address, outcome, position=got.position)
        if unchanged:
            run.journal.told()
            return None
        return got

    def _fail(self, url: str, failure: Failure) -> None:
        run = self._run
        run.discovery_failures.append((url, failure.outcome, failure.reason))
        logger.warning("discovery_failed %s %s %s", run.source.id, url, failure.reason)
        if failure.asked:
            run.frontier.record_discovery(
                run.source.id, url, failure.outcome, failure.reason, position=failure.position
            )
            run.journal.told()


def _no_document(got: Answer, largest: int) -> Failure | None:
    """Why an answer is no document that is read."""
    response = got.response
    failure = refused_answer(got)
    if failure is None and len(response.body) > largest:
        reason = f"larger than {largest} bytes"
        return Failure(Outcome.REFUSED, reason, response.status, got.position)
    return failure
