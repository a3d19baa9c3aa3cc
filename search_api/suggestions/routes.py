"""The JSON route of suggestions."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from search_api.api.answers import NEEDS_KEY, problem_answers
from search_api.suggestions.vocabulary import Vocabulary


class SuggestionAnswer(BaseModel):
    """A name that may be meant."""

    field: str = Field(description="The filter of `/api/search` that takes the value.")
    value: str
    label: str
    count: int = Field(description="Pages that have it.")


class SuggestionsAnswer(BaseModel):
    """Names that may be meant, likeliest first."""

    items: list[SuggestionAnswer]


class SuggestionRoutes:
    """Suggestions for programs."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def router(self) -> APIRouter:
        """The route."""
        router = APIRouter(dependencies=[NEEDS_KEY])
        router.add_api_route(
            "/api/suggest",
            self.suggest,
            summary="Suggestions",
            responses=problem_answers(400, 422, 503),
        )
        return router

    def suggest(
        self,
        q: Annotated[str, Query(max_length=200, description="First letters, in any script.")],
        limit: Annotated[int, Query(ge=1, le=100, description="Names in the answer.")] = 10,
    ) -> SuggestionsAnswer:
        """Raw materials, strategies, series, organisations, persons, places and countries that
        pages name, of which a word begins so.
        """
        found = self._vocabulary.complete(q, limit)
        return SuggestionsAnswer(
            items=[
                SuggestionAnswer(field=s.field, value=s.value, label=s.label, count=s.count)
                for s in found
            ]
        )
