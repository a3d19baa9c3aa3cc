"""HTML routes: search, document, sources, documentation of the API."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from indexer.access.scope import Scope
from indexer.records.errors import QueryError, StoreError
from indexer.records.urls import canonical
from indexer.stores.base import SearchRequest
from search_api.access.visitor import visitor_of
from search_api.api.documentation import operations
from search_api.api.routes import document_of
from search_api.coverage import CoverageReader
from search_api.near_meaning import WaysToSay, near_in_meaning
from search_api.page_words import RELATIONS
from search_api.pages.marked_text import MarkedText
from search_api.pages.record import Names, RecordReader, at_a_glance
from search_api.pages.rendering import Templates
from search_api.pages.search_page import HitRow, hit_row, next_step, search_page
from search_api.pages.start import StartReader
from search_api.parameters import EVERYTHING, SearchParameters
from search_api.paths import results_of, root_of
from search_api.ports import DocumentArchive, DocumentView, SearchStore
from search_api.problems import KINDS, problem_of
from search_api.related.related_pages import RelatedPages
from search_api.suggestions.empty_results import EmptyResults, corrected
from search_api.visits import COOKIE as VISIT
from search_api.visits import keep_visit

RELATED = 20
"""Related pages that the page of a document lists."""


class PageRoutes:
    """The HTML pages."""

    def __init__(
        self,
        search: SearchStore,
        archive: DocumentArchive,
        names: Names,
        templates: Templates,
        coverage: CoverageReader,
        *,
        empty: EmptyResults,
        start: StartReader,
        related: RelatedPages,
        ways_to_say: WaysToSay,
        now: Callable[[], datetime],
        labelling: bool = False,
    ) -> None:
        """`ways_to_say`: what words of a query may be called in pages; `now`: in the time zone of
        the pages; `labelling`: documents have a link by which they are labelled.
        """
        self._now = now
        self._ways_to_say = ways_to_say
        self._related = related
        self._labelling = labelling
        self._start = start
        self._empty = empty
        self._search = search
        self._coverage = coverage
        self._archive = archive
        self._names = names
        self._templates = templates

    def router(self) -> APIRouter:
        """The routes; they are not part of the OpenAPI document."""
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/", self.search)
        for guessed in ("/search", "/documents"):
            router.add_api_route(guessed, self.searched_elsewhere)
        router.add_api_route("/documents/{document}", self.document)
        router.add_api_route("/sources", self.sources)
        router.add_api_route("/docs", self.docs)
        return router

    def searched_elsewhere(
        self, request: Request, parameters: Annotated[SearchParameters, Query()]
    ) -> Response:
        """Where people look for the search who type its address, as exports (`/search.csv`) and
        pages (`/documents/ID`) have theirs.
        """
        return RedirectResponse(f"{root_of(request)}{parameters.address('/')}")

    def search(
        self, request: Request, parameters: Annotated[SearchParameters, Query()]
    ) -> Response:
        """The search page; an invalid query is shown with the place of the mistake."""
        if known := self._at_address(parameters.q):
            return RedirectResponse(f"{root_of(request)}/documents/{known.id}")
        started = time.perf_counter()
        try:
            result = self._search.search(
                parameters.request(
                    facets=True, timeline=True, entries=True, today=self._now().date()
                )
            )
        except QueryError as error:
            problem = problem_of(error)
            meant = corrected(parameters.q, problem, self._names.called)
            address = parameters.model_copy(update={"q": meant, "cursor": None}).address("/")
            values = {"parameters": parameters, "problem": problem, "meant": meant}
            values |= {"address": address}
            return self._page(request, "mistaken.html", values, problem.kind.status)
        milliseconds = round((time.perf_counter() - started) * 1000)
        if not (result.total or parameters.is_narrowed or self._has_pages()):
            return self._page(request, "empty.html", {"step": next_step(self._archive.health())})
        sources = self._archive.source_names
        page = search_page(parameters, result, sources, milliseconds, self._names.in_facets)
        covered = self._coverage.of(parameters)
        help_ = self._empty.help(parameters, result.total)
        near = near_in_meaning(
            self._search, parameters.request(facets=False, entries=True), result, self._ways_to_say
        )
        first = not (parameters.is_narrowed or parameters.cursor or parameters.sort)
        start = self._start.read(request.cookies.get(VISIT)) if first else None
        values = {"page": page, "parameters": parameters, "coverage": covered, "help": help_}
        values |= {"start": start, "near": [hit_row(hit, sources) for hit in near]}
        answer = self._page(request, "search.html", values)
        if start is not None:
            keep_visit(request, answer, start.visit)
        return answer

    def _at_address(self, query: str) -> DocumentView | None:
        """The page whose address was typed in place of a query."""
        address = query.strip()
        if not address.startswith(("http://", "https://")):
            return None
        return self._archive.document(address) or self._archive.document(canonical(address) or "")

    def _has_pages(self) -> bool:
        """Whether the index has any page, if only such as a search shows on request."""
        request = SearchRequest(EVERYTHING, sort="newest", limit=1)
        return self._search.search(request).total > 0

    def document(self, request: Request, document: str) -> Response:
        """A document with its events and the sentence that supports each value."""
        view = document_of(self._archive, document)
        sources = self._archive.source_names
        record = RecordReader(view.page, self._names, sources.get(view.source))
        events, concepts = record.events(), record.concepts()
        values = {
            "document": view,
            "labelling": self._labelling and visitor_of(request).may(Scope.WRITE),
            "source": sources.get(view.source, view.source),
            "events": events,
            "concepts": concepts,
            "about": record.page_rows(),
            "glance": at_a_glance(events, concepts),
            "results": results_of(request),
            "related": self._related_rows(view),
            "paragraphs": list(MarkedText(view.page, self._names).paragraphs()),
        }
        return self._page(request, "document.html", values)

    def _related_rows(self, view: DocumentView) -> list[tuple[str, list[HitRow]]]:
        """Title and pages of each kind of relation; none while the store does not answer."""
        try:
            found = self._related.of(view, RELATED)
        except StoreError:
            return []
        sources = self._archive.source_names
        rows = {
            title: [hit_row(page.hit, sources) for page in found if page.relation == relation]
            for relation, title in RELATIONS.items()
        }
        return [(title, pages) for title, pages in rows.items() if pages]

    def sources(self, request: Request) -> Response:
        """All sources, the result of their last run, and why some are not crawled."""
        return self._page(request, "sources.html", {"sources": self._archive.sources()})

    def docs(self, request: Request) -> Response:
        """Operations, parameters and problems of the API, from its OpenAPI document."""
        values = {"operations": operations(request.app.openapi()), "kinds": KINDS}
        return self._page(request, "docs.html", values)

    def _page(
        self, request: Request, name: str, values: Mapping[str, object], status: int = 200
    ) -> Response:
        return self._templates.page(request, name, values, status=status)
