"""The pages of one source: which are fetched, in which order, and how each ends."""

from __future__ import annotations

import time
from collections.abc import Callable

from crawler.discovery.apis.api_lists import api_of_item
from crawler.spiders.fetch import (
    FetchedResponse,
    FetchFailure,
    response_failure,
    with_own_validators,
)
from crawler.spiders.page_plan import plan_pages
from crawler.spiders.page_renderer import PageRenderer
from crawler.spiders.page_type import why_no_json, why_no_page
from crawler.spiders.source_discovery.discovery import SourceDiscovery
from crawler.spiders.source_run import CrawlProgress, SourceRun
from indexer.records.outcome import Outcome
from indexer.records.urls import identity, is_home

PREFETCHED = 50
"""Pages whose addresses are prefetched together."""


class Pages:
    """Fetches the pages of one source, within its budget."""

    def __init__(
        self,
        run: SourceRun,
        *,
        until: float,
        renderer: PageRenderer,
        progress: Callable[[CrawlProgress], None],
    ) -> None:
        """`until`: the instant (`time.monotonic`) to end at; pages that are left then stay due."""
        self._run = run
        self._until = until
        self._renderer = renderer
        self._progress = progress

    async def run(self, discovery: SourceDiscovery) -> None:
        """Fetch the pages that `plan_pages` chooses."""
        planned = plan_pages(self._run, discovery.found)
        self._report_progress(0, len(planned))
        requested = 0
        for number, url in enumerate(planned):
            if time.monotonic() >= self._until:
                break
            if number % PREFETCHED == 0:
                self._run.frontier.prefetch(planned[number : number + PREFETCHED])
            if await self._fetch_page(url):
                requested += 1
            self._report_progress(requested, len(planned))

    def _report_progress(self, requested: int, planned: int) -> None:
        self._progress(CrawlProgress(self._run.source.id, requested, planned))

    async def _fetch_page(self, url: str) -> bool:
        """Fetch a page and record its outcome; False if no request was made and it stays due."""
        run = self._run
        if run.is_claimed(url):
            return False
        key = identity(url)
        run.fetcher.claimed_pages.add(key)
        api = api_of_item(run.source, url)
        context = run.fetch_context(dict(api.headers) if api else None)
        fetched = await run.fetcher.fetch(url, context)
        failure = fetched if isinstance(fetched, FetchFailure) else self._why_no_page(fetched)
        if failure is not None and not failure.requested and failure.outcome is not Outcome.REFUSED:
            run.fetcher.claimed_pages.discard(key)
            return False
        if failure is None and isinstance(fetched, FetchedResponse):
            failure = self._why_gone(url, fetched)
        if isinstance(fetched, FetchedResponse) and (failure is None or failure.status == 304):
            run.fetcher.claimed_pages.add(identity(fetched.response.final_url))
        if failure is None and isinstance(fetched, FetchedResponse):
            fetched = await self._renderer.render(run, fetched)
            failure = fetched if isinstance(fetched, FetchFailure) else None
        if failure is not None:
            self._record_failure(url, failure)
            if failure.requested:
                run.fetcher.record_outcome(url, context, failure.outcome, failure.reason)
        elif isinstance(fetched, FetchedResponse):
            self._record_fetch(fetched)
            run.fetcher.record_outcome(url, context, Outcome.FETCHED, "")
        return True

    def _why_no_page(self, fetched: FetchedResponse) -> FetchFailure | None:
        failure = response_failure(fetched)
        if failure is not None:
            return failure
        response = fetched.response
        if response.status == 304:
            # Without a condition it means nothing; only the address itself has conditions.
            if response.final_url == response.url and self._run.validators(response.url):
                return FetchFailure(Outcome.NOT_MODIFIED, "", 304, fetched.position)
            return FetchFailure(Outcome.HTTP_ERROR, "status 304", 304, fetched.position)
        reason = why_no_page(response.headers, response.body)
        if reason is not None and api_of_item(self._run.source, response.final_url):
            reason = why_no_json(response.body)
        if reason is not None:
            return FetchFailure(Outcome.REFUSED, reason, response.status, fetched.position)
        return None

    def _why_gone(self, url: str, fetched: FetchedResponse) -> FetchFailure | None:
        """A page that its listing no longer has and that redirects to the home page is gone."""
        target = fetched.response.final_url
        if not is_home(target) or is_home(url):
            return None
        known = self._run.frontier.find(self._run.source.id, url)
        if known is None or not known.vanished:
            return None
        reason = "no longer in its listing, and leads to the home page"
        return FetchFailure(Outcome.GONE, reason, fetched.response.status, fetched.position)

    def _record_fetch(self, fetched: FetchedResponse) -> None:
        response = with_own_validators(fetched.response)
        self._run.frontier.record_fetch(self._run.source.id, response, fetched.position)
        self._run.journal.commit_full_batch()

    def _record_failure(self, url: str, failure: FetchFailure) -> None:
        self._run.frontier.record_outcome(
            self._run.source.id,
            url,
            failure.outcome,
            failure.reason or None,
            status=failure.status,
            position=failure.position,
        )
        self._run.journal.commit_full_batch()
