"""JSON routes of names: their lists and entries."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from search_api.api.answers import NEEDS_KEY, problem_answers
from search_api.coverage import CoverageReader
from search_api.middleware.conditional import last_modified
from search_api.name_kinds import KINDS, NameKind
from search_api.names.answers import (
    NameEntryAnswer,
    NamesAnswer,
    SeriesAnswer,
    entry_answer,
    names_answer,
    series_answer,
)
from search_api.names.directory import Directory
from search_api.names.parameters import NameParameters
from search_api.names.series import SeriesReader
from search_api.ports import DocumentArchive

NameId = Annotated[str, Path(description="Id of the name, as the list gives it, or any form.")]


class NameRoutes:
    """Names for programs."""

    def __init__(
        self,
        directory: Directory,
        series: SeriesReader,
        archive: DocumentArchive,
        coverage: CoverageReader,
    ) -> None:
        self._coverage = coverage
        self._directory = directory
        self._series = series
        self._archive = archive

    def router(self) -> APIRouter:
        """The routes of all kinds."""
        router = APIRouter(dependencies=[NEEDS_KEY])
        for kind in KINDS:
            self._add(router, kind)
        return router

    def _add(self, router: APIRouter, kind: NameKind) -> None:
        def listed(
            response: Response, parameters: Annotated[NameParameters, Query()]
        ) -> NamesAnswer:
            """The names of this kind that pages have, most frequent first."""
            response.headers.update(last_modified(self._archive.last_changes().newest))
            stretch = self._directory.stretch(kind, parameters)
            others = () if stretch.total else self._directory.instead(kind, parameters)
            path = f"/api/{kind.path}"
            return names_answer(stretch, self._coverage.until_now(), others, path)

        def entry(id: NameId) -> NameEntryAnswer:  # noqa: A002  name of the path parameter
            """A name: when and where it is mentioned, and its newest passages."""
            return entry_answer(self._directory.entry(kind, id), self._archive.source_names)

        def series(id: NameId) -> SeriesAnswer:  # noqa: A002  name of the path parameter
            """A series: its editions in order with the gaps between them, and its mentions."""
            found = self._directory.entry(kind, id)
            editions = self._series.editions(found.item.id)
            return series_answer(found, editions, self._archive.source_names)

        router.add_api_route(
            f"/api/{kind.path}",
            listed,
            summary=kind.title,
            operation_id=f"list_{kind.path}",
            responses=problem_answers(400, 422, 503),
        )
        router.add_api_route(
            f"/api/{kind.path}/{{id:path}}",
            series if kind.field == "series" else entry,
            summary=f"{kind.one}: one entry",
            operation_id=f"get_{kind.path}",
            responses=problem_answers(400, 404, 422, 503),
        )
