"""Export routes: any search in each format, by the suffix of its path."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response, StreamingResponse

from search_api.api.answers import NEEDS_KEY, problem_answers
from search_api.coverage import CoverageReader
from search_api.exports.every_hit import begun
from search_api.exports.formats import FORMATS, Export, Format, accepted
from search_api.feeds import json_feed
from search_api.middleware.conditional import last_modified
from search_api.parameters import SearchParameters
from search_api.paths import site_of
from search_api.ports import DocumentArchive, SearchStore

_COMPLETE = """The same search as `/api/search`, complete: `limit` is the number of hits only where
it is given."""
_FEED = """The same search as `/api/search`, newest first if no order is given; the feed names the
address of the next stretch."""


class ExportRoutes:
    """Searches as files and feeds."""

    def __init__(
        self,
        search: SearchStore,
        archive: DocumentArchive,
        public_url: str | None,
        zone: tzinfo,
        coverage: CoverageReader,
    ) -> None:
        self._search = search
        self._archive = archive
        self._public_url = public_url
        self._zone = zone
        self._coverage = coverage

    def router(self) -> APIRouter:
        """The routes."""
        router = APIRouter(dependencies=[NEEDS_KEY])
        for known in FORMATS:
            router.add_api_route(
                known.path,
                self._route(known),
                summary=known.summary,
                description=_FEED if known.feed else _COMPLETE,
                operation_id=f"search_{known.name}",
                response_class=typed_response(known.media_type),
                responses=problem_answers(400, 422, 503) | json_feed.described(known.media_type),
            )
        return router

    def by_accept(self, request: Request, parameters: SearchParameters) -> Response | None:
        """The search in the format that the request's header prefers to JSON; None: JSON."""
        known = accepted(request.headers.get("accept", ""))
        return None if known is None else self._answer(request, parameters, known)

    def _answer(self, request: Request, parameters: SearchParameters, known: Format) -> Response:
        site = site_of(request, self._public_url)
        export = Export(self._search, self._archive, parameters, site, self._zone)
        headers = {"Vary": "Accept"}
        if not known.feed:
            suffix = known.path.rpartition(".")[2]
            headers["Content-Disposition"] = f'attachment; filename="search.{suffix}"'
        covered = self._coverage.of(parameters)
        if covered is not None:
            headers |= covered.to_header()
        if known.feed:
            headers |= last_modified(self._archive.last_changes().newest)
        pieces = begun(known.write(export))
        return StreamingResponse(pieces, media_type=known.media_type, headers=headers)

    def _route(self, known: Format) -> Callable[..., Response]:
        def route(request: Request, parameters: Annotated[SearchParameters, Query()]) -> Response:
            return self._answer(request, parameters, known)

        return route


def typed_response(name: str) -> type[Response]:
    """A class of answers for the OpenAPI document, which takes their type from it."""

    return type("TypedResponse", (StreamingResponse,), {"media_type": name})
