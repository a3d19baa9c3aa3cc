"""Assembles the application: routes, error responses, headers, static files."""

from __future__ import annotations

import logging
from datetime import UTC, tzinfo
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from indexer.records.errors import RadarError
from indexer.records.reference import Reference
from search_api.api.routes import ApiRoutes
from search_api.feeds.routes import FeedRoutes
from search_api.headers import SECURITY_HEADERS, SecurityHeaders
from search_api.pages.record import Names
from search_api.pages.rendering import Templates
from search_api.pages.routes import PageRoutes
from search_api.ports import DocumentArchive, SearchStore
from search_api.problems import problem_of

_log = logging.getLogger(__name__)

_MACHINE_PATHS = ("/api/", "/feeds/", "/search.atom", "/healthz", "/openapi.json")
"""Below these paths errors are problem+json; elsewhere they are pages."""


def create_app(
    search: SearchStore,
    archive: DocumentArchive,
    *,
    reference: Reference | None = None,
    zone: tzinfo = UTC,
    version: str = "0",
) -> FastAPI:
    """The application over a search store and a system of record.

    `reference` provides names for ids on the document page; `zone` is the time zone of the pages.
    Both ports are called from several threads at once.
    """
    app = FastAPI(
        title="Rohstoffradar",
        version=version,
        description="Search over raw-materials news of partner organisations.",
        docs_url=None,  # the stock page loads its scripts from a CDN; /docs is our own
        redoc_url=None,
    )
    templates = Templates(zone)
    app.include_router(ApiRoutes(search, archive).router())
    app.include_router(FeedRoutes(search, archive).router())
    app.include_router(PageRoutes(search, archive, Names(reference), templates).router())
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static")
    _answer_errors(app, templates)
    app.add_middleware(SecurityHeaders)
    return app


def _answer_errors(app: FastAPI, templates: Templates) -> None:
    def handle_error(request: Request, error: Exception) -> Response:
        problem = problem_of(error)
        if problem.kind.status >= 500:
            _log.error("request_failed %s %s %r", request.url.path, problem.code, error)
        root = request.scope.get("root_path", "")
        if request.url.path.removeprefix(root).startswith(_MACHINE_PATHS):
            return problem.response()
        return templates.error(problem, root=root)

    def handle_unexpected(request: Request, error: Exception) -> Response:
        # This response is made outside of all middleware, so it adds the headers itself.
        response = handle_error(request, error)
        response.headers.update(SECURITY_HEADERS)
        return response

    for expected in (RadarError, RequestValidationError, HTTPException):
        app.add_exception_handler(expected, handle_error)
    app.add_exception_handler(Exception, handle_unexpected)
