"""The shapes of the answers about runs and sources, for the OpenAPI document."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from search_api.api.answers import ListedSourceAnswer


class SourceRunAnswer(BaseModel):
    """How a run went for a source."""

    run: int
    when: str
    state: str
    reason: str | None = Field(description="Why it failed, or what was odd.")
    outcomes: dict[str, int] = Field(
        description="Outcome → number of page addresses; empty where they are kept no longer."
    )


class LearntSiteAnswer(BaseModel):
    """What was learnt of how the pages of a site are laid out."""

    site: str
    pages: int = Field(description="Pages that it was learnt from.")
    learnt: str
    known: bool = Field(description="Whether anything was learnt that counts.")
    reason: str | None = Field(description="Why nothing was learnt.")
    agreed: int = Field(description="Later pages that are laid out so.")
    disagreed: int


class SourceAnswer(ListedSourceAnswer):
    """A source as in `/api/sources`, with its last runs, newest first, and its sites."""

    runs: list[SourceRunAnswer]
    sites: list[LearntSiteAnswer]


class RunAnswer(BaseModel):
    """A run; numbers are null where they are kept no longer."""

    model_config = ConfigDict(extra="allow")

    run: int
    state: str = Field(description="running, done or interrupted.")
    started: str
    finished: str | None
    arguments: dict[str, Any]
    seconds: float | None
    bytes: int | None = Field(description="Of the bodies of all answers.")
    outcomes: dict[str, int] | None = Field(description="Outcome → number of page addresses.")
    revisions: int | None
    matches: int | None
    sent: int | None
    problems: list[str]


class RunsAnswer(BaseModel):
    """A stretch of the list of runs."""

    total: int
    items: list[RunAnswer]
    next: str | None = Field(description="`cursor` of the next stretch; null at the end.")
