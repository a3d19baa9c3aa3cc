"""The shapes of the answers about names, for the OpenAPI document, and how they are made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel, Field

from indexer.stores.timeline import in_periods
from search_api.api.answers import (
    CoveredAnswer,
    FacetAnswer,
    HitAnswer,
    InsteadAnswer,
    TimelineBucket,
    coverage_answer,
)
from search_api.coverage import Coverage
from search_api.events.answers import ListedEventAnswer
from search_api.names.directory import NameEntry, NameItem, NameStretch, OtherNames
from search_api.names.editions import Edition
from search_api.page_words import value_label


class NameAnswer(BaseModel):
    """A person, organisation, strategy, series of events or place."""

    id: str = Field(description="Value of the filter of `/api/search` that finds its pages.")
    name: str
    forms: list[str] = Field(
        description="As pages write it, most frequent first; [] for a name of the tables."
    )
    documents: int = Field(description="Pages that name it.")
    months: list[TimelineBucket] = Field(
        description="Pages by month of publication; the earliest first, without empty ones."
    )
    lat: float | None = Field(description="Of a place: WGS 84 degrees.")
    lon: float | None
    country: str | None = Field(description="Of a place: ISO 3166-1 alpha-2.")


class NamesAnswer(CoveredAnswer):
    """A stretch of a list of names."""

    total: int
    items: list[NameAnswer]
    next: str | None = Field(description="`cursor` of the next stretch; null at the end.")
    instead: list[InsteadAnswer] = Field(
        description="Where nothing is found: lists that would have names, with a word in `q` that "
        "may have been meant."
    )


class NameEntryAnswer(NameAnswer):
    """What is known of a name."""

    sources: list[FacetAnswer] = Field(description="Pages by source.")
    hits: list[HitAnswer] = Field(description="The newest pages, with the passages that name it.")


class EditionAnswer(BaseModel):
    """An edition of a series."""

    ordinal: int | None
    event: ListedEventAnswer | None = Field(
        description="null: a gap, a number of which no page tells."
    )


class SeriesAnswer(NameEntryAnswer):
    """A series of events with its editions."""

    editions: list[EditionAnswer] = Field(
        description="By their number, gaps among them; then those without one, by their day."
    )


def names_answer(
    stretch: NameStretch,
    coverage: Coverage | None,
    others: Iterable[OtherNames],
    path: str,
) -> NamesAnswer:
    """A stretch of the list at a path, and other ones where it has none."""
    return NamesAnswer(
        total=stretch.total,
        items=[NameAnswer(**_item(item)) for item in stretch.items],
        next=stretch.next,
        coverage=coverage_answer(coverage),
        instead=[InsteadAnswer.model_validate(other.to_json(path)) for other in others],
    )


def entry_answer(entry: NameEntry, sources: Mapping[str, str]) -> NameEntryAnswer:
    """One name; `sources` maps ids to names."""
    return NameEntryAnswer(**_entry(entry, sources))


def series_answer(
    entry: NameEntry, editions: Iterable[Edition], sources: Mapping[str, str]
) -> SeriesAnswer:
    """One series."""
    told = [
        EditionAnswer(
            ordinal=edition.ordinal,
            event=None
            if edition.event is None
            else ListedEventAnswer.model_validate(edition.event.to_json()),
        )
        for edition in editions
    ]
    return SeriesAnswer(**_entry(entry, sources), editions=told)


def _entry(entry: NameEntry, sources: Mapping[str, str]) -> dict[str, Any]:
    counted = [
        FacetAnswer(value=v.value, label=value_label("source", v, sources), count=v.count)
        for v in entry.facets.get("source", ())
    ]
    hits = [HitAnswer.model_validate(hit.to_json()) for hit in entry.hits]
    return {**_item(entry.item), "sources": counted, "hits": hits}


def _item(item: NameItem) -> dict[str, Any]:
    position = item.position
    return {
        "id": item.id,
        "name": item.name,
        "forms": list(item.forms),
        "documents": item.documents,
        "months": [
            TimelineBucket(start=start.isoformat(), count=n)
            for start, n in in_periods(item.days, "month")
        ],
        "lat": position and position.lat,
        "lon": position and position.lon,
        "country": position and position.country,
    }
