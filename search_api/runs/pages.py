"""The pages of runs and of single sources."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from indexer.records.errors import QueryError
from search_api.pages.rendering import Templates
from search_api.ports import DocumentArchive
from search_api.problems import problem_of
from search_api.runs.run_list import RunParameters, source_of, stretch_of


class RunPages:
    """Runs and sources for people."""

    def __init__(self, archive: DocumentArchive, templates: Templates) -> None:
        self._archive = archive
        self._templates = templates

    def router(self) -> APIRouter:
        """The routes; they are not part of the OpenAPI document."""
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/runs", self.runs)
        router.add_api_route("/sources/{id}", self.source)
        return router

    def runs(self, request: Request, parameters: Annotated[RunParameters, Query()]) -> Response:
        """The runs, the newest first."""
        values: dict[str, object] = {"parameters": parameters, "problem": None}
        try:
            stretch, following = stretch_of(self._archive, parameters)
        except QueryError as error:
            problem = problem_of(error)
            values |= {"problem": problem, "stretch": None, "next": None}
            return self._templates.page(request, "runs.html", values, status=problem.kind.status)
        values |= {"stretch": stretch, "next": following}
        return self._templates.page(request, "runs.html", values)

    def source(
        self,
        request: Request,
        id: Annotated[str, Path()],  # noqa: A002  as in the API
    ) -> Response:
        """A source with its last runs."""
        history = source_of(self._archive, id)
        return self._templates.page(request, "source.html", {"history": history})
