"""The JSON route of the values of a facet."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, Field

from search_api.api.answers import NEEDS_KEY, FacetAnswer, problem_answers
from search_api.facets.facet_list import FacetList
from search_api.facets.parameters import FacetParameters
from search_api.page_words import FILTERS
from search_api.ports import DocumentArchive

FacetName = Annotated[str, Path(description=f"A filter of `/api/search`: {', '.join(FILTERS)}.")]


class FacetValuesAnswer(BaseModel):
    """A stretch of the values of a facet."""

    total: int = Field(description="Number of values.")
    items: list[FacetAnswer]
    next: str | None = Field(description="`cursor` of the next stretch; null at the end.")


class FacetRoutes:
    """Values of facets for programs."""

    def __init__(self, facets: FacetList, archive: DocumentArchive) -> None:
        self._facets = facets
        self._archive = archive

    def router(self) -> APIRouter:
        """The route."""
        router = APIRouter(dependencies=[NEEDS_KEY])
        router.add_api_route(
            "/api/facets/{field}",
            self.values,
            summary="Values of a facet",
            responses=problem_answers(400, 404, 422, 503),
        )
        return router

    def values(
        self, field: FacetName, parameters: Annotated[FacetParameters, Query()]
    ) -> FacetValuesAnswer:
        """Every value of a facet that the hits of a search have, most frequent first: all of them,
        where `facets` of `/api/search` has the first 250, of names (persons, organisations,
        strategies, series) the first 50. A filter of the same field does not count: the number at a
        value is what choosing it gives. `sort` and `group` change nothing.
        """
        stretch = self._facets.stretch(field, parameters, self._archive.source_names)
        return FacetValuesAnswer(
            total=stretch.total,
            items=[FacetAnswer(value=v.value, label=v.label, count=v.count) for v in stretch.items],
            next=stretch.next,
        )
