"""The JSON route of related pages."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, Field

from search_api.api.answers import NEEDS_KEY, HitAnswer, problem_answers
from search_api.api.routes import document_of
from search_api.ports import DocumentArchive
from search_api.related.related_pages import RelatedPages, Relation


class SimilarAnswer(HitAnswer):
    """A page that belongs to another one."""

    relation: Relation = Field(
        description="`story`: it tells the same news; `event`: it tells of an event that the page "
        "tells of; `subject`: it is about the same."
    )


class SimilarsAnswer(BaseModel):
    """Pages that belong to a page: those of its story, of its events, then of its subject."""

    hits: list[SimilarAnswer]


class RelatedRoutes:
    """Related pages for programs."""

    def __init__(self, related: RelatedPages, archive: DocumentArchive) -> None:
        self._related = related
        self._archive = archive

    def router(self) -> APIRouter:
        """The route."""
        router = APIRouter(dependencies=[NEEDS_KEY])
        router.add_api_route(
            "/api/similar/{id}",
            self.similar,
            summary="Related pages",
            responses=problem_answers(400, 404, 422, 503),
        )
        return router

    def similar(
        self,
        id: Annotated[str, Path(description="Id of the document, 16 hex digits.")],  # noqa: A002  name of the path parameter in the contract
        limit: Annotated[int, Query(ge=1, le=50, description="Pages in the answer.")] = 10,
    ) -> SimilarsAnswer:
        """Pages of the same story, the same event and the same subject, in all languages, with the
        passages that match: by meaning where the page has vectors, else by what it names.
        """
        found = self._related.of(document_of(self._archive, id), limit)
        return SimilarsAnswer(
            hits=[
                SimilarAnswer.model_validate({**page.hit.to_json(), "relation": page.relation})
                for page in found
            ]
        )
