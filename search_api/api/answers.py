"""The shapes of the API's responses, for its OpenAPI document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from fastapi import Depends
from fastapi.security import HTTPBearer
from pydantic import BaseModel, Field

from indexer.records.document import Status
from indexer.records.marked_passage import MarkedPassage
from indexer.stores.base import Hit, SearchResult
from search_api.coverage import Coverage
from search_api.near_meaning import FEW, MOST
from search_api.page_words import value_label

NEEDS_KEY = Depends(
    HTTPBearer(
        scheme_name="key",
        description="A key (`radar key add NAME`), where the installation asks for keys.",
        auto_error=False,
    )
)
"""For the OpenAPI document alone: `search_api.access.gate` looks at the header."""


class HitEventAnswer(BaseModel):
    """The main event of a page; sorted by event date, the one that gives the page its place."""

    name: str
    start: str | None = Field(description="ISO date, may be partial (2015-06, 2015-autumn).")
    end: str | None
    city: str | None
    country: str | None = Field(description="ISO 3166-1 alpha-2.")
    status: Status | None = Field(description="As the page states it.")


class PlaceAnswer(BaseModel):
    """Another page of a story."""

    id: str
    url: str
    title: str | None
    source: str
    lang: str | None
    published: str | None


class HitAnswer(BaseModel):
    """A page found."""

    id: str
    url: str
    title: str | None
    source: str = Field(description="Id of the source.")
    lang: str | None = Field(description="ISO 639-1.")
    kind: str
    published: str | None = Field(description="ISO date, may be partial (2015-06).")
    score: float | None = Field(description="null when sorted by date.")
    passages: list[MarkedPassage] = Field(
        description="Where the query occurs: each mark is [start, end) in characters of `text`."
    )
    story: str | None = Field(description="Id of the story; null where none is known.")
    places: int = Field(description="Number of documents of the story.")
    event: HitEventAnswer | None
    others: list[PlaceAnswer] = Field(description="The other documents of the story.")
    commodities: list[str] = Field(description="Ids of the raw materials that it names.")


class FacetAnswer(BaseModel):
    """A value that narrows the search, and how many hits have it."""

    value: str
    label: str
    count: int


class GapAnswer(BaseModel):
    """A source that was not reached up to the end of the period asked for."""

    id: str
    name: str
    state: str
    since: str | None = Field(description="null: it was never looked at.")


class CoverageAnswer(BaseModel):
    """The sources that an answer rests on."""

    sources: int = Field(description="Number of sources that are crawled.")
    not_reached: list[GapAnswer]
    line: str = Field(description="The same in words.")


def coverage_answer(coverage: Coverage | None) -> CoverageAnswer | None:
    """Its shape in an answer."""
    return CoverageAnswer.model_validate(coverage.to_json()) if coverage else None


class CoveredAnswer(BaseModel):
    """An answer that says which sources it rests on."""

    coverage: CoverageAnswer | None = Field(
        description="Which sources were reached; null while the database does not answer."
    )


class InsteadAnswer(BaseModel):
    """A search that would find something."""

    query: str
    reason: Literal["meant", "alone", "without"] = Field(
        description="meant: with a word that may have been meant; alone: a part of the query; "
        "without: without one of the filters, or without all of them."
    )
    total: int
    address: str = Field(description="Path of the same answer with its parameters.")


class SearchAnswer(CoveredAnswer):
    """What a search found."""

    total: int
    hits: list[HitAnswer]
    near: list[HitAnswer] = Field(
        description=f"Where at most {FEW} pages have the words that are asked for: up to {MOST} "
        "others that mean something like it, or say it in other words, the nearest first. No part "
        "of `total`, facets or exports."
    )
    instead: list[InsteadAnswer] = Field(
        description="Where nothing is found: searches that would find something, at most two "
        "dozen; where few pages are found: what may have been meant and finds more."
    )
    facets: dict[str, list[FacetAnswer]]
    next: str | None = Field(description="`cursor` of the next stretch; null at the end.")
    incomplete: bool = Field(
        description="Not the whole search index answers, or it lacks pages: there may be more."
    )


class LastRunAnswer(BaseModel):
    """How the last run went for a source."""

    when: str
    outcomes: dict[str, int] = Field(description="Outcome → number of page addresses.")
    reason: str | None = Field(description="Why it failed, or what was odd.")


class UnaskedWayAnswer(BaseModel):
    """A list, feed or sitemap that a source leads to and that its configuration does not name."""

    kind: str = Field(description="listing, feed or sitemap")
    url: str
    entry: str = Field(
        description="What names it in the entry of the source; a key that is there already"
        " takes what stands in the brackets."
    )


class ListedSourceAnswer(BaseModel):
    """A configured source and its state."""

    id: str
    name: str
    url: str
    country: str = Field(description="ISO 3166-1 alpha-2, EU or INT.")
    languages: list[str] = Field(description="ISO 639-1.")
    kind: str | None
    enabled: bool = Field(description="Whether it is crawled.")
    reason: str | None = Field(description="Why it is not crawled.")
    state: str | None = Field(description="null: not judged yet.")
    state_reason: str | None = Field(description="Why it is in this state.")
    since: str | None = Field(description="When it was first found in this state.")
    next_try: str | None = Field(description="When a scheduled run tries again, if it waits.")
    advice: str | None = Field(description="What an operator can do about it.")
    overdue: bool = Field(description="Not crawled for so long that no news means nothing.")
    last_run: LastRunAnswer | None
    newest: str | None = Field(description="Partial date of its newest page.")
    documents: int
    unasked: list[UnaskedWayAnswer] = Field(
        description="Lists, feeds and sitemaps that its pages lead to and that nobody named."
    )


class SourcesAnswer(BaseModel):
    """All configured sources."""

    sources: list[ListedSourceAnswer]


class TimelineBucket(BaseModel):
    """A period in which pages were published."""

    start: str = Field(description="Its first day.")
    count: int


class TimelineAnswer(CoveredAnswer):
    """When the pages of a search were published."""

    total: int
    buckets: list[TimelineBucket] = Field(description="The earliest first; without empty ones.")
    undated: int = Field(description="Pages of no known day.")


class HealthAnswer(BaseModel):
    """How the installation is doing; without a key its state alone."""

    status: Literal["ok", "degraded"]
    documents: int | None = None
    indexed: int | None = Field(None, description="Documents in the search index.")
    sources: int | None = None
    last_run: str | None = Field(None, description="When it ended.")
    problems: list[str] | None = Field(None, description="What needs a person, one line each.")


class ReadyAnswer(BaseModel):
    """It answers."""

    status: Literal["ready"]


class ProblemAnswer(BaseModel):
    """An error (RFC 9457)."""

    type: str
    title: str
    status: int
    instance: str | None = Field(description="Of a failure on our side: where the log has it.")
    detail: str
    code: str = Field(description="Stable; the table is at /docs.")
    message: str
    hint: str | None
    position: int | None = Field(description="Where in the query it went wrong.")
    errors: list[dict[str, str]] = Field(description="Mistaken parameters: parameter, message.")


def problem_answers(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The part of the OpenAPI document about responses with these statuses."""
    schema = ProblemAnswer.model_json_schema()
    content = {"application/problem+json": {"schema": schema}}
    return {status: {"description": "Problem", "content": content} for status in statuses}


def search_answer(
    result: SearchResult,
    near: Sequence[Hit],
    instead: Sequence[Mapping[str, Any]],
    sources: Mapping[str, str],
    coverage: Coverage | None,
) -> dict[str, Any]:
    """A result of the store in its JSON form (`SearchAnswer`, which is not made: it takes as long
    as the search does for hundreds of values); `instead`: other searches, where it
    found nothing; `sources` maps ids to names.
    """
    return {
        "total": result.total,
        "hits": [hit.to_json() for hit in result.hits],
        "near": [hit.to_json() for hit in near],
        "instead": list(instead),
        "facets": {
            field: [
                {
                    "value": v.value,
                    "label": value_label(field, v, sources),
                    "count": v.count,
                }
                for v in values
            ]
            for field, values in result.facets.items()
        },
        "next": result.next,
        "incomplete": result.incomplete,
        "coverage": coverage.to_json() if coverage else None,
    }
