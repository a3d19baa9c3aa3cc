"""JSON routes: search, documents, sources, health."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import PlainTextResponse
from starlette.responses import Response

from indexer.access.scope import Scope
from indexer.records.document import iso_instant
from indexer.stores.base import SearchRequest
from indexer.stores.timeline import in_periods
from search_api.access.visitor import CurrentVisitor
from search_api.api.answers import (
    NEEDS_KEY,
    HealthAnswer,
    ReadyAnswer,
    SearchAnswer,
    SourcesAnswer,
    TimelineAnswer,
    TimelineBucket,
    coverage_answer,
    problem_answers,
    search_answer,
)
from search_api.api.document_answer import DocumentAnswer
from search_api.api.metrics import MEDIA_TYPE as METRICS_TYPE
from search_api.api.metrics import metrics
from search_api.coverage import CoverageReader
from search_api.json_answer import JsonAnswer
from search_api.middleware.request_counts import RequestCounts
from search_api.near_meaning import WaysToSay, near_in_meaning
from search_api.parameters import EVERYTHING, SearchParameters, TimelineParameters
from search_api.ports import (
    DocumentArchive,
    DocumentView,
    InstallationHealth,
    SearchStore,
    SourceView,
)
from search_api.problems import NotFound

OtherFormats = Callable[[Request, SearchParameters], Response | None]
"""Answers a search in the format that its header `Accept` names; None: in JSON."""

OtherSearches = Callable[[SearchParameters, int], Sequence[Mapping[str, Any]]]
"""Searches that would find something, each as an `InsteadAnswer`."""


class ApiRoutes:
    """The JSON API."""

    def __init__(
        self,
        search: SearchStore,
        archive: DocumentArchive,
        other_formats: OtherFormats,
        counts: RequestCounts,
        coverage: CoverageReader,
        *,
        instead: OtherSearches,
        ways_to_say: WaysToSay,
        now: Callable[[], datetime],
    ) -> None:
        """`instead`: what would find something where a search finds nothing, or more where it finds
        few pages (their number is given to it); `ways_to_say`: what
        words of a query may be called in pages; `now`: in the time zone of the pages.
        """
        self._now = now
        self._ways_to_say = ways_to_say
        self._search = search
        self._archive = archive
        self._other_formats = other_formats
        self._counts = counts
        self._coverage = coverage
        self._instead = instead

    def router(self) -> APIRouter:
        """The routes."""
        router = APIRouter()
        keyed = APIRouter(dependencies=[NEEDS_KEY])
        keyed.add_api_route(
            "/api/search",
            self.search,
            summary="Search",
            response_model=SearchAnswer,
            responses=problem_answers(400, 422, 503),
        )
        keyed.add_api_route(
            "/api/timeline",
            self.timeline,
            summary="Timeline of a search",
            responses=problem_answers(400, 422, 503),
        )
        keyed.add_api_route(
            "/api/documents/{id}",
            self.document,
            summary="A document",
            response_model=DocumentAnswer,
            responses=problem_answers(404, 422, 503),
        )
        keyed.add_api_route(
            "/api/sources",
            self.sources,
            summary="Sources",
            response_model=SourcesAnswer,
            responses=problem_answers(503),
        )
        keyed.add_api_route(
            "/metrics",
            self.metrics,
            summary="Metrics",
            response_class=PlainTextResponse,
            responses=problem_answers(503),
        )
        router.include_router(keyed)
        router.add_api_route(
            "/readyz",
            self.ready,
            summary="Readiness",
            response_model=ReadyAnswer,
            responses=problem_answers(503),
        )
        router.add_api_route(
            "/healthz",
            self.health,
            summary="Health",
            response_model=HealthAnswer,
            responses=problem_answers(503),
        )
        return router

    def search(
        self,
        request: Request,
        parameters: Annotated[SearchParameters, Query()],
    ) -> Response:
        """Pages that match the query and all filters; values of one filter are alternatives.

        Other formats than JSON by the header `Accept`, as at `/search.csv` and its like.
        """
        other = self._other_formats(request, parameters)
        if other is not None:
            return other
        sources = self._archive.source_names
        today = self._now().date()
        result = self._search.search(parameters.request(facets=True, entries=True, today=today))
        near = near_in_meaning(
            self._search, parameters.request(facets=False, entries=True), result, self._ways_to_say
        )
        instead = self._instead(parameters, result.total)
        answer = search_answer(result, near, instead, sources, self._coverage.of(parameters))
        return JsonAnswer(answer, headers={"Vary": "Accept"})

    def timeline(self, parameters: Annotated[TimelineParameters, Query()]) -> TimelineAnswer:
        """How many pages that a search finds were published in each day, week (from Monday), month
        or year that has any; `limit`, `sort` and `cursor` change nothing.

        A page of which only month or year are known counts on the first day of it, one without a
        date does not.
        """
        request = replace(
            parameters.request(facets=False, timeline=True), limit=1, cursor=None, stories="names"
        )
        result = self._search.search(request)
        buckets = in_periods(result.days, parameters.by)
        return TimelineAnswer(
            total=result.total,
            buckets=[TimelineBucket(start=start.isoformat(), count=n) for start, n in buckets],
            undated=result.total - sum(result.days.values()),
            coverage=coverage_answer(self._coverage.of(parameters)),
        )

    def document(
        self,
        id: Annotated[str, Path(description="Id of the document, 16 hex digits.")],  # noqa: A002  name of the path parameter in the contract
    ) -> JsonAnswer:
        """The page as it was read, with the event record and the place of each value."""
        return JsonAnswer(document_of(self._archive, id).to_json())

    def sources(self) -> JsonAnswer:
        """All configured sources and how their last run went."""
        return JsonAnswer({"sources": [s.to_json() for s in self._archive.sources()]})

    def health(self, visitor: CurrentVisitor) -> JsonAnswer:
        """Whether database and search store answer (else 503) and nothing needs a person; with a
        key, what does.
        """
        health, indexed = self._archive.health(), self._indexed()
        problems = list(self._problems(health, indexed, self._archive.sources()))
        status = "degraded" if problems else "ok"
        if not visitor.may(Scope.READ):
            return JsonAnswer({"status": status})
        return JsonAnswer(
            {
                "status": status,
                "documents": health.documents,
                "indexed": indexed,
                "sources": health.sources,
                "last_run": health.last_run and iso_instant(health.last_run),
                "problems": problems,
            }
        )

    def _problems(
        self, health: InstallationHealth, indexed: int, sources: Sequence[SourceView]
    ) -> Iterator[str]:
        """What needs a person, one line each."""
        yield from health.problems
        if indexed < health.in_index:
            # A run and a rebuild change what is searched before they say so in the database.
            yield (
                f"the search index has {indexed} of {health.in_index} documents that were written "
                "to it: `radar rebuild` builds it again"
            )
        crawled = [source for source in sources if source.enabled]
        if crawled and all(source.overdue for source in crawled):
            yield "no source was crawled for long: is `radar run` started in time?"

    def ready(self) -> JsonAnswer:
        """Whether searches and documents can be answered now (else 503), for a load balancer."""
        self._indexed()
        self._archive.health()
        return JsonAnswer({"status": "ready"})

    def metrics(self) -> PlainTextResponse:
        """Documents, sources, runs and requests, in the text format of Prometheus."""
        health, indexed = self._archive.health(), self._indexed()
        sources = self._archive.sources()
        problems = len(list(self._problems(health, indexed, sources)))
        lines = metrics(health, indexed, sources, problems)
        text = "".join(f"{line}\n" for line in (*lines, *self._counts.lines()))
        return PlainTextResponse(text, media_type=METRICS_TYPE)

    def _indexed(self) -> int:
        """Number of documents in the search index."""
        everything = SearchRequest(query=EVERYTHING, sort="newest", limit=1, facets=False)
        return self._search.search(everything).total


def document_of(archive: DocumentArchive, document: str) -> DocumentView:
    """The document with this id; raises NotFound."""
    view = archive.document(document)
    if view is None:
        raise NotFound("There is no document with this id.", hint="It may have been removed.")
    return view
