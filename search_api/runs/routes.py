"""JSON routes of runs and of single sources."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query

from search_api.api.answers import NEEDS_KEY, problem_answers
from search_api.json_answer import JsonAnswer
from search_api.middleware.conditional import last_modified
from search_api.ports import DocumentArchive
from search_api.runs.answers import RunsAnswer, SourceAnswer
from search_api.runs.run_list import RunParameters, source_of, stretch_of


class RunRoutes:
    """Runs and sources for programs."""

    def __init__(self, archive: DocumentArchive) -> None:
        self._archive = archive

    def router(self) -> APIRouter:
        """The routes."""
        router = APIRouter(dependencies=[NEEDS_KEY])
        router.add_api_route(
            "/api/runs",
            self.runs,
            summary="Runs",
            response_model=RunsAnswer,
            responses=problem_answers(400, 422, 503),
        )
        router.add_api_route(
            "/api/sources/{id}",
            self.source,
            summary="A source",
            response_model=SourceAnswer,
            responses=problem_answers(404, 422, 503),
        )
        return router

    def runs(self, parameters: Annotated[RunParameters, Query()]) -> Any:
        """All runs with what came of them, the newest first."""
        changed = last_modified(self._archive.last_changes().newest)  # before they are read
        stretch, following = stretch_of(self._archive, parameters)
        items = [run.to_json() for run in stretch.items]
        return JsonAnswer(
            {"total": stretch.total, "items": items, "next": following},
            headers=changed,
        )

    def source(
        self,
        id: Annotated[str, Path(description="Id of the source.")],  # noqa: A002  name of the path parameter, as that of a document
    ) -> Any:
        """A source: its state, its last runs, and what was learnt of its sites."""
        return JsonAnswer(source_of(self._archive, id).to_json())
