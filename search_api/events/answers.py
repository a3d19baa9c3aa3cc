"""The shapes of the answers about events, for the OpenAPI document."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

from search_api.api.answers import CoveredAnswer, InsteadAnswer


class EventPlaceAnswer(BaseModel):
    """Where an event takes place."""

    venue: str | None
    city: str | None
    country: str | None = Field(description="ISO 3166-1 alpha-2.")


class EventPersonAnswer(BaseModel):
    """A person whom pages name with an event."""

    name: str
    role: str | None = Field(description="Job title, as a page has it.")
    organisation: str | None


class EventDocumentAnswer(BaseModel):
    """A page that tells of an event."""

    id: str
    url: str
    title: str | None
    lang: str | None = Field(description="ISO 639-1.")
    source: str = Field(description="Id of the source.")
    role: str = Field(description="What the event is to the page: main, upcoming, mentioned.")


class ListedEventAnswer(BaseModel):
    """An event; date, place and status as last stated."""

    id: str
    name: str
    names: dict[str, str] = Field(
        description="Language (ISO 639-1) → what pages in it call the event."
    )
    series: str | None
    ordinal: int | None = Field(description="Number in the series.")
    start: str | None = Field(description="ISO date, may be partial (2015-06, 2015-autumn).")
    end: str | None
    status: str | None = Field(description="scheduled, held, moved or cancelled.")
    place: EventPlaceAnswer
    organisers: list[str]
    theme: str | None
    persons: list[EventPersonAnswer]
    documents: list[EventDocumentAnswer]


class EventsAnswer(CoveredAnswer):
    """A stretch of a list of events."""

    total: int
    items: list[ListedEventAnswer]
    next: str | None = Field(description="`cursor` of the next stretch; null at the end.")
    instead: list[InsteadAnswer] = Field(
        description="Where nothing is found: lists that would have events, with a word in `q`, "
        "`place`, `series` or `organiser` that may have been meant."
    )


class EventAnswer(ListedEventAnswer):
    """An event with what became of it."""

    languages: list[str] = Field(description="Of the pages.")
    changes: list[dict[str, Any]] = Field(description="Of date, place or status, oldest first.")
