"""Fetches the discovery documents of one source, records them, and reads them in threads."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeVar

from crawler.discovery.list_page import PostedForm
from crawler.spiders.fetch import (
    FetchedResponse,
    FetchFailure,
    response_failure,
    with_own_validators,
)
from crawler.spiders.form_cookies import FormCookies
from crawler.spiders.offloader import Offloader
from crawler.spiders.source_run import SourceRun
from indexer.frontier.port import Response, UnreadFailure
from indexer.records.errors import ParseError
from indexer.records.outcome import Outcome
from indexer.records.urls import canonical, identity

Content = TypeVar("Content")

SERVER_ERROR = 500
"""Status from which on it is the server that failed."""
_PASSING = frozenset({Outcome.BLOCKED, Outcome.UNREACHABLE, Outcome.TIMED_OUT})

logger = logging.getLogger(__name__)


class DiscoveryDocuments:
    """Fetches discovery documents, and records in the frontier how each ended."""

    def __init__(self, run: SourceRun, offloader: Offloader, *, until: float) -> None:
        """`until`: the instant (`time.monotonic`) after which nothing is requested."""
        self._run = run
        self._offloader = offloader
        self._until = until
        self._passing: set[str] = set()
        """Identities of addresses that failed in a way that may pass."""
        self.has_read = False
        """Whether any document answered in full."""
        self._failed: dict[str, UnreadFailure] = {}
        """Why addresses were not read, by identity."""

    def may_answer_later(self, url: str) -> bool:
        """Whether an address that was not read gave no answer, or an error of the server, or there
        was no time for it or to read its answer: that may pass.
        """
        return identity(url) in self._passing

    def failure_of(self, url: str) -> UnreadFailure | None:
        """Why an address was not read; None where it was, or is as it was."""
        return self._failed.get(identity(url))

    async def read(
        self,
        url: str,
        read: Callable[[Response], Content],
        *,
        largest: int,
        conditional: bool = True,
        save_validators: bool = True,
        headers: Mapping[str, str] | None = None,
        trial: bool = False,
        posted: PostedForm | None = None,
        cookies: FormCookies | None = None,
    ) -> tuple[FetchedResponse, Content] | None:
        """Fetch a document of at most `largest` bytes and read it.

        `save_validators`: so that the next request may be conditional. `trial`: nothing names the
        address, so that its failure is none of the source's. `posted`: a form whose answer it is;
        `url` is then its name, under which it is recorded. `cookies`: of the list. None if there is
        nothing to read, which has been recorded: unchanged, failed, not readable, out of time.
        """
        fetched = await self._fetch(
            url,
            largest=largest,
            conditional=conditional,
            headers=headers,
            trial=trial,
            posted=posted,
            cookies=cookies,
        )
        if fetched is None:
            return None
        try:
            content = await self._offloader.call(partial(read, fetched.response))
        except ParseError as error:
            # It may be the machine that was too busy: another run may read it in time.
            is_late = error.reason == "timed-out"
            outcome = Outcome.TIMED_OUT if is_late else Outcome.REFUSED
            failure = FetchFailure(outcome, error.args[0], fetched.response.status)
            self._record_failure(_name(url, posted), failure, trial=trial)
            return None
        self.record_read(_name(url, posted), fetched, save_validators=save_validators)
        return fetched, content

    def record_read(self, url: str, fetched: FetchedResponse, *, save_validators: bool) -> None:
        """Record that a document was read, under its canonical address or the name of its form;
        validators of a truncated one are never saved.
        """
        self._run.discovery_worked = self.has_read = True
        with_validators = save_validators and not fetched.response.truncated
        self._run.frontier.record_discovery(
            self._run.source.id,
            url,
            Outcome.FETCHED,
            "cut off" if fetched.response.truncated else None,
            response=with_own_validators(fetched.response) if with_validators else None,
        )

    async def _fetch(
        self,
        url: str,
        *,
        largest: int,
        conditional: bool,
        headers: Mapping[str, str] | None,
        trial: bool,
        posted: PostedForm | None,
        cookies: FormCookies | None,
    ) -> FetchedResponse | None:
        run = self._run
        if canonical(url) is None:
            unusable = FetchFailure(Outcome.REFUSED, "no usable address")
            self._record_failure(url, unusable, trial=trial)
            return None
        address = _name(url, posted)
        if time.monotonic() >= self._until:
            logger.warning("discovery_out_of_time %s %s", run.source.id, address)
            self._passing.add(identity(address))
            self._failed[identity(address)] = UnreadFailure("no time was left", requested=False)
            return None
        run.discovery_urls.add(identity(address))
        context = run.discovery_context(conditional=conditional, headers=headers, cookies=cookies)
        if posted is None:
            fetched = await run.fetcher.fetch(address, context)
        else:
            fetched = await run.fetcher.fetch(posted.address, context, posted.body())
        failure = (
            fetched if isinstance(fetched, FetchFailure) else document_failure(fetched, largest)
        )
        if failure is not None or isinstance(fetched, FetchFailure):
            self._record_failure(address, failure or FetchFailure(Outcome.REFUSED, ""), trial=trial)
            return None
        unchanged = fetched.response.status == 304
        run.discovery_worked = run.discovery_worked or unchanged
        # Recorded before it is read, while other sources continue: the archive's end only grows.
        outcome = Outcome.NOT_MODIFIED if unchanged else Outcome.FETCHED
        run.frontier.record_discovery(run.source.id, address, outcome, position=fetched.position)
        if unchanged:
            run.journal.commit_full_batch()
            return None
        return fetched

    def _record_failure(self, url: str, failure: FetchFailure, *, trial: bool) -> None:
        run = self._run
        if failure.outcome in _PASSING or (failure.status or 0) >= SERVER_ERROR:
            self._passing.add(identity(url))
        self._failed[identity(url)] = UnreadFailure(failure.reason, requested=failure.requested)
        if not trial:
            run.discovery_failures.append((url, failure.outcome, failure.reason))
            logger.warning("discovery_failed %s %s %s", run.source.id, url, failure.reason)
        if failure.requested:
            run.frontier.record_discovery(
                run.source.id, url, failure.outcome, failure.reason, position=failure.position
            )
            run.journal.commit_full_batch()


def _name(url: str, posted: PostedForm | None) -> str:
    """Under which a document is recorded: its canonical address, or the name of its form."""
    return url if posted is not None else canonical(url) or url


def document_failure(fetched: FetchedResponse, largest: int) -> FetchFailure | None:
    """Why a response is no document to read."""
    response = fetched.response
    failure = response_failure(fetched)
    if failure is None and len(response.body) > largest:
        reason = f"larger than {largest} bytes"
        return FetchFailure(Outcome.REFUSED, reason, response.status, fetched.position)
    return failure
