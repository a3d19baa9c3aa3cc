"""The parameters of a list of values: those of a search, and letters that a value has."""

from __future__ import annotations

from pydantic import Field

from indexer.stores.base import SearchRequest
from search_api.list_cursor import first_number
from search_api.parameters import SearchParameters

LIMIT = 100


class FacetParameters(SearchParameters):
    """A search, and which of the values of a facet."""

    within: str = Field(
        "", max_length=200, description="Letters that the value's name has, in any script."
    )
    limit: int = Field(LIMIT, ge=1, le=1000, description="Values in one answer.")

    def first(self) -> int:
        """Number of the first value that is asked for; QueryError for a foreign cursor."""
        return first_number(self.cursor)

    @property
    def search(self) -> SearchParameters:
        """The search alone."""
        own = self.model_dump(by_alias=True, exclude={"within", "limit", "cursor"})
        return SearchParameters.model_validate(own)

    def counted_in(self) -> SearchRequest:
        """The request to the store over whose hits values are counted."""
        return self.search.request(facets=True)

    def pairs(self) -> list[tuple[str, str]]:
        """The parameters that differ from the defaults, in a fixed order."""
        pairs = self.search.pairs()
        pairs += [("within", self.within)] if self.within else []
        pairs += [("limit", str(self.limit))] if self.limit != LIMIT else []
        return pairs + ([("cursor", self.cursor)] if self.cursor else [])
