"""The list of runs, stretch by stretch: a cursor is the number of the last run that was shown."""

from __future__ import annotations

from dataclasses import replace

from pydantic import Field

from search_api.list_cursor import first_number
from search_api.parameters import FormParameters
from search_api.ports import DocumentArchive, RunStretch, SourceHistory
from search_api.problems import NotFound


class RunParameters(FormParameters):
    """Which stretch of the runs."""

    limit: int = Field(20, ge=1, le=100, description="Runs in one answer.")
    cursor: str | None = Field(None, description="`next` of the answer before.")


def stretch_of(
    archive: DocumentArchive, parameters: RunParameters
) -> tuple[RunStretch, str | None]:
    """The runs that are asked for, the newest first, and the cursor of the next ones; QueryError
    for a foreign cursor.
    """
    before = first_number(parameters.cursor) if parameters.cursor else None
    found = archive.runs(parameters.limit + 1, before)
    shown = found.items[: parameters.limit]
    following = str(shown[-1].id) if len(found.items) > len(shown) else None
    return replace(found, items=shown), following


def source_of(archive: DocumentArchive, source: str) -> SourceHistory:
    """The source with this id; raises NotFound."""
    found = archive.source(source)
    if found is None:
        raise NotFound("There is no source with this id.", hint="The list is at /sources.")
    return found
