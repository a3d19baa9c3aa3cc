"""The parameters of a list of names, the same for the API and the page."""

from __future__ import annotations

from pydantic import Field

from search_api.list_cursor import first_number
from search_api.parameters import FormParameters


class NameParameters(FormParameters):
    """Which names, and which stretch of them."""

    q: str = Field(
        "", max_length=200, description="Letters that the name has, in any script: tokob."
    )
    limit: int = Field(20, ge=1, le=100, description="Names in one answer.")
    cursor: str | None = Field(None, description="`next` of the answer before.")

    def first(self) -> int:
        """Number of the first name that is asked for; QueryError for a foreign cursor."""
        return first_number(self.cursor)
