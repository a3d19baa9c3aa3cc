"""The page of the values of a facet: each is a link that narrows the search."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from indexer.query.fields import MERGED_FIELDS
from indexer.query.naming import Naming
from indexer.records.errors import QueryError
from search_api.facets.facet_list import FacetList, FacetStretch
from search_api.facets.parameters import FacetParameters
from search_api.page_words import FILTERS
from search_api.pages.rendering import Templates
from search_api.pages.search_page import Choice
from search_api.ports import DocumentArchive
from search_api.problems import problem_of


class FacetPages:
    """Values of facets for people."""

    def __init__(
        self, facets: FacetList, archive: DocumentArchive, templates: Templates, naming: Naming
    ) -> None:
        self._facets = facets
        self._archive = archive
        self._templates = templates
        self._naming = naming

    def router(self) -> APIRouter:
        """The route; it is not part of the OpenAPI document."""
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/facets/{field}", self.values)
        return router

    def values(
        self,
        request: Request,
        field: Annotated[str, Path()],
        parameters: Annotated[FacetParameters, Query()],
    ) -> Response:
        """All values of a facet for a search."""
        values: dict[str, object] = {"field": field, "label": FILTERS.get(field, "")}
        values |= {"parameters": parameters, "problem": None}
        try:
            stretch = self._facets.stretch(field, parameters, self._archive.source_names)
        except QueryError as error:
            problem = problem_of(error)
            values |= {"problem": problem, "stretch": None, "values": ()}
            return self._templates.page(request, "facet.html", values, status=problem.kind.status)
        values |= {"stretch": stretch, "values": choices(stretch, parameters, self._naming)}
        return self._templates.page(request, "facet.html", values)


def choices(
    stretch: FacetStretch, parameters: FacetParameters, naming: Naming
) -> tuple[Choice, ...]:
    """The values as links to the search that they narrow. A chosen name may be any spelling of its
    value.
    """
    search = parameters.search
    chosen = search.filters.get(stretch.field, ())
    if stretch.field in MERGED_FIELDS:
        chosen = tuple(dict.fromkeys(naming.value(stretch.field, name) for name in chosen))
        search = search.model_copy(update={stretch.field: list(chosen)})
    return tuple(
        Choice(
            value.label,
            search.toggle("/", stretch.field, value.value),
            active=value.value in chosen,
            count=value.count,
        )
        for value in stretch.items
    )
