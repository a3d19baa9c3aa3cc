"""Assembles the application: routes, error responses, headers, static files."""

from __future__ import annotations

import logging
import threading
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from urllib.parse import urlencode

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.routing import Match, Mount
from starlette.staticfiles import StaticFiles

from indexer.query.concepts import concepts_of
from indexer.query.naming import Naming
from indexer.query.other_words import OtherWords
from indexer.records.errors import RadarError
from indexer.records.reference import NO_REFERENCE, Reference
from search_api.access.audit import AuditLog
from search_api.access.gate import Gate
from search_api.access.key_ring import KeyRing, NoKeys
from search_api.access.rate_limit import Rate, RateLimit
from search_api.access.rules import AccessRules
from search_api.api.answers import problem_answers
from search_api.api.examples import with_examples
from search_api.api.routes import ApiRoutes
from search_api.archive_routes import ArchiveRoutes
from search_api.compression import Compression
from search_api.conditional import ConditionalAnswers
from search_api.coverage import CoverageReader
from search_api.events.event_list import EventList
from search_api.events.pages import EventPages
from search_api.events.routes import EventRoutes
from search_api.exports.routes import ExportRoutes
from search_api.facets.facet_list import FacetList
from search_api.facets.pages import FacetPages
from search_api.facets.routes import FacetRoutes
from search_api.feeds.routes import FeedRoutes
from search_api.headers import SECURITY_HEADERS, SecurityHeaders
from search_api.interface_language import InterfaceLanguage
from search_api.labelling.desk import LabelDesk
from search_api.labelling.pages import LabelPages
from search_api.names.directory import Directory
from search_api.names.pages import NamePages
from search_api.names.routes import NameRoutes
from search_api.names.series import SeriesReader
from search_api.near_meaning import WaysToSay
from search_api.pages.login import LoginRoutes
from search_api.pages.record import Names
from search_api.pages.rendering import Templates
from search_api.pages.routes import PageRoutes
from search_api.pages.start import StartReader
from search_api.paths import is_for_programs, path_of, root_of
from search_api.ports import DocumentArchive, SearchStore
from search_api.problems import KeyRequired, problem_of
from search_api.related.related_pages import RelatedPages
from search_api.related.routes import RelatedRoutes
from search_api.request_counts import CountRequests, RequestCounts
from search_api.runs.pages import RunPages
from search_api.runs.routes import RunRoutes
from search_api.suggestions.empty_results import EmptyResults
from search_api.suggestions.routes import SuggestionRoutes
from search_api.suggestions.vocabulary import Vocabulary
from search_api.unknown_parameters import refuse_unknown
from search_api.watches.desk import NoWatches, WatchDesk
from search_api.watches.pages import WatchPages
from search_api.watches.routes import WatchRoutes
from search_api.watches.unsubscribe import UnsubscribeRoutes

_log = logging.getLogger(__name__)

LOGGED = Rate(burst=200, per_minute=20)
"""Failures that get a line of the log; who asks decides on their number."""
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
"""Those that a route may have."""
LONGEST = 300
"""Characters of a path or reason in such a line."""


def create_app(
    search: SearchStore,
    archive: DocumentArchive,
    *,
    desk: WatchDesk | None = None,
    reference: Reference | None = None,
    ways_to_say: WaysToSay | None = None,
    zone: tzinfo = UTC,
    version: str = "0",
    rules: AccessRules | None = None,
    keys: KeyRing | None = None,
    audit: AuditLog | None = None,
    labels: LabelDesk | None = None,
) -> FastAPI:
    """The application over a search store and a system of record.

    `reference` provides names for ids on the document page, `ways_to_say` what words of a query may
    be called in pages (without it made of `reference`); `zone` is the time zone of the pages.
    Without `desk` there are no watches, without `labels` no page can be labelled. Without `rules`
    and `keys` it answers whoever is on this machine, and nobody else. All ports are called from
    several threads at once.
    """
    keys = keys or NoKeys()
    desk = desk or NoWatches()
    rules = rules or AccessRules()
    app = FastAPI(
        title="Rohstoffradar",
        version=version,
        description="Search over raw-materials news of partner organisations.",
        docs_url=None,  # the stock page loads its scripts from a CDN; /docs is our own
        redoc_url=None,
        responses=problem_answers(400, 401, 403, 429),
        dependencies=[Depends(refuse_unknown)],
    )
    counts = RequestCounts()
    names = Names(reference)
    templates = Templates(zone, names.towns)
    coverage = CoverageReader(archive)
    exports = ExportRoutes(search, archive, rules.public_url, zone, coverage)
    ways_to_say = ways_to_say or OtherWords(reference or NO_REFERENCE)
    api = ApiRoutes(search, archive, exports.by_accept, counts, coverage, ways_to_say=ways_to_say)
    app.include_router(api.router())
    app.include_router(exports.router())
    events = EventList(search, archive, zone)
    app.include_router(EventRoutes(events, archive, rules.public_url).router())
    app.include_router(EventPages(events, archive, templates).router())
    directory = Directory(search, reference)
    naming = Naming(concepts_of(reference) if reference else None)
    series = SeriesReader(search, archive, naming)
    app.include_router(NameRoutes(directory, series, archive).router())
    app.include_router(NamePages(directory, series, archive, templates, names).router())
    facets = FacetList(search, names)
    for router in (
        FacetRoutes(facets, archive).router(),
        FacetPages(facets, archive, templates, naming).router(),
        ArchiveRoutes(archive).router(),
        RunRoutes(archive).router(),
        RunPages(archive, templates).router(),
        FeedRoutes(archive, rules.public_url).router(),
    ):
        app.include_router(router)
    vocabulary = Vocabulary(search, reference)
    app.include_router(SuggestionRoutes(vocabulary).router())
    if labels is not None:
        app.include_router(LabelPages(labels, templates).router())
    empty = EmptyResults(search, vocabulary)
    start = StartReader(archive, search, lambda: datetime.now(zone))
    related = RelatedPages(search)
    app.include_router(RelatedRoutes(related, archive).router())
    pages = PageRoutes(
        search,
        archive,
        names,
        templates,
        coverage,
        empty=empty,
        start=start,
        related=related,
        ways_to_say=ways_to_say,
        labelling=labels is not None,
    )
    app.include_router(pages.router())
    app.include_router(WatchRoutes(desk).router())
    app.include_router(WatchPages(desk, templates).router())
    app.include_router(UnsubscribeRoutes(desk, templates).router())
    app.include_router(LoginRoutes(keys, templates).router())
    app.openapi = with_examples(app)  # type: ignore[method-assign]  # as FastAPI documents it
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static")
    respond = ErrorResponses(templates)
    for expected in (RadarError, RequestValidationError, HTTPException):
        app.add_exception_handler(expected, respond.expected)
    app.add_exception_handler(Exception, respond.unexpected)
    app.add_middleware(ConditionalAnswers)
    app.add_middleware(Compression)
    app.add_middleware(Gate, rules=rules, keys=keys, audit=audit, refuse=respond.expected)
    app.add_middleware(InterfaceLanguage)
    app.add_middleware(CountRequests, counts=counts)
    app.add_middleware(SecurityHeaders)  # outside: what is made of HEAD has the route that counts
    return app


class ErrorResponses:
    """Answers errors: as a problem to programs, as a page to people."""

    def __init__(self, templates: Templates) -> None:
        self._templates = templates
        self._logged = RateLimit(LOGGED)
        self._lock = threading.Lock()
        self._left_out = 0

    def expected(self, request: Request, error: Exception) -> Response:
        """The answer; what failed on our side goes to the log with what is known."""
        if isinstance(error, HTTPException) and "Allow" in (error.headers or {}):
            methods = _methods_of(request)
            if methods:  # else those that the error names: a file's
                error.headers = {**(error.headers or {}), "Allow": ", ".join(methods)}
        problem = problem_of(error)
        if problem.id is not None:
            self._note(problem.id, problem.code, request.scope["path"], error)
        if is_for_programs(request):
            return problem.response()
        if isinstance(error, KeyRequired) and request.method == "GET":
            return RedirectResponse(_login_address(request), 303)
        return self._templates.error(request, problem)

    def _note(self, identity: str, code: str, path: str, error: Exception) -> None:
        """Write a line to the log. Nothing in it that a stranger wrote breaks it or its length."""
        with self._lock:
            if self._logged.take(""):
                self._left_out += 1
                return
            before, self._left_out = self._left_out, 0
        _log.error(
            "request_failed id=%s path=%s %s %s %s%s",
            identity,
            _escaped(path),
            code,
            _escaped(repr(error)),
            _escaped(getattr(error, "hint", "")),
            f" left_out={before}" if before else "",
        )

    def unexpected(self, request: Request, error: Exception) -> Response:
        """The same, with the headers: this answer is made outside of all middleware."""
        response = self.expected(request, error)
        for name, value in SECURITY_HEADERS.items():
            response.headers.setdefault(name, value)
        return response


def _escaped(text: str) -> str:
    r"""Printable ASCII; the rest as in Python (`\n`, `\x1b`, `\u0430`)."""
    return ascii(text[:LONGEST])[1:-1]


def _methods_of(request: Request) -> list[str]:
    """All methods that the request's path has: each is a route of its own, which names itself. HEAD
    is answered like GET (`SecurityHeaders`). None of what is mounted below the application.
    """
    root = request.scope.get("app_root_path", root_of(request))  # a mount changes the path's root
    found = {
        method
        for method in METHODS
        for route in request.app.routes
        if not isinstance(route, Mount)
        and route.matches({**request.scope, "root_path": root, "method": method})[0] is Match.FULL
    }
    if "GET" in found:
        found.add("HEAD")
    return [method for method in METHODS if method in found]


def _login_address(request: Request) -> str:
    query = request.url.query
    asked = path_of(request) + (f"?{query}" if query else "")
    return f"{root_of(request)}/login?{urlencode({'next': asked})}"
