"""The parameters of a list of names, the same for the API and the page."""

from __future__ import annotations

from urllib.parse import urlencode

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

    def address(self, path: str, **changes: object) -> str:
        """`path` with these parameters and some changes."""
        given = self.model_copy(update=changes).model_dump(exclude_defaults=True)
        return f"{path}?{urlencode(given)}" if given else path
