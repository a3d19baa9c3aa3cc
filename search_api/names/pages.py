"""The pages of names: their lists, the map of places, and one entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import RedirectResponse, Response

from indexer.records.errors import QueryError
from indexer.stores.base import FacetValue, Hit
from search_api.coverage import CoverageReader
from search_api.language import t
from search_api.name_kinds import KINDS, NameKind
from search_api.names.directory import TOGETHER, Directory, NameEntry, NameItem
from search_api.names.map import PlaceMap, draw
from search_api.names.parameters import NameParameters
from search_api.names.series import SeriesReader
from search_api.page_words import FILTERS, country_name, date_span, value_label
from search_api.pages.record import Names
from search_api.pages.rendering import Templates
from search_api.pages.search_page import HitRow, hit_row
from search_api.pages.timeline import Bar, bars
from search_api.parameters import SearchParameters
from search_api.paths import root_of
from search_api.ports import DocumentArchive
from search_api.problems import problem_of

_TOGETHER = ("person", "organisation", "strategy", "commodity", "country")
"""Facets that an entry shows beside its sources."""


@dataclass(frozen=True, slots=True)
class Share:
    """Pages of an entry that have a value, and the search for them."""

    label: str
    count: int
    address: str


class NamePages:
    """Names for people."""

    def __init__(
        self,
        directory: Directory,
        series: SeriesReader,
        archive: DocumentArchive,
        templates: Templates,
        names: Names,
        *,
        coverage: CoverageReader,
    ) -> None:
        self._coverage = coverage
        self._names = names
        self._directory = directory
        self._series = series
        self._archive = archive
        self._templates = templates

    def router(self) -> APIRouter:
        """The routes; they are not part of the OpenAPI document."""
        router = APIRouter(include_in_schema=False)
        for kind in KINDS:
            self._add(router, kind)
        router.add_api_route("/map", self.map)
        return router

    def map(self, request: Request) -> Response:
        """The map is a part of the list of places."""
        return RedirectResponse(f"{root_of(request)}/places#map")

    def _add(self, router: APIRouter, kind: NameKind) -> None:
        def listed(request: Request, parameters: Annotated[NameParameters, Query()]) -> Response:
            return self._list(request, kind, parameters)

        def entry(request: Request, id: Annotated[str, Path()]) -> Response:  # noqa: A002  as in the API
            return self._entry(request, kind, id)

        router.add_api_route(f"/{kind.path}", listed)
        router.add_api_route(f"/{kind.path}/{{id:path}}", entry)

    def _list(self, request: Request, kind: NameKind, parameters: NameParameters) -> Response:
        values: dict[str, object] = {"kind": kind, "parameters": parameters}
        try:
            stretch = self._directory.stretch(kind, parameters)
        except QueryError as error:
            problem = problem_of(error)
            values |= {"problem": problem, "stretch": None, "map": None}
            return self._templates.page(request, "names.html", values, status=problem.kind.status)
        stretch = replace(stretch, items=tuple(self._named(kind, i) for i in stretch.items))
        shown = self._map(kind, parameters) if kind.field == "place" else None
        others = () if stretch.total else self._directory.instead(kind, parameters)
        values |= {"problem": None, "stretch": stretch, "map": shown, "others": others}
        values |= {"months": months, "bars": small_bars, "coverage": self._coverage.until_now()}
        return self._templates.page(request, "names.html", values)

    def _entry(self, request: Request, kind: NameKind, identity: str) -> Response:
        found = self._directory.entry(kind, identity)
        entry = replace(
            found, item=self._named(kind, found.item), facets=self._names.in_facets(found.facets)
        )
        sources = self._archive.source_names
        search = SearchParameters.model_validate({kind.field: [entry.item.id]})
        values = {
            "kind": kind,
            "item": entry.item,
            "path": kind.entry(entry.item.id),
            "search": search.address("/"),
            "timeline": bars(search, entry.item.days),
            "hits": hit_rows(entry.hits, sources),
            "sources": shares(search, "source", entry.facets.get("source", ()), sources),
            "together": together(search, kind, entry),
            "editions": self._series.editions(entry.item.id) if kind.field == "series" else (),
        }
        return self._templates.page(request, "name.html", values)

    def _map(self, kind: NameKind, parameters: NameParameters) -> PlaceMap | None:
        places = self._directory.positions(kind, parameters)
        countries = () if parameters.q else self._directory.countries()
        return draw(
            (self._named(kind, place) for place in places),
            (replace(country, name=country_name(country.id)) for country in countries),
        )

    def _named(self, kind: NameKind, item: NameItem) -> NameItem:
        """The name with the label of its concept in the language of the page."""
        value = FacetValue(item.id, item.name, item.documents)
        (shown,) = self._names.in_facets({kind.field: (value,)})[kind.field]
        return replace(item, name=shown.label)


def months(item: NameItem) -> str | None:
    """The first and the last month in which pages with a name were published; None: not known."""
    if not item.days:
        return None
    first, last = (date.fromordinal(day) for day in (min(item.days), max(item.days)))
    return date_span(f"{first:%Y-%m}", f"{last:%Y-%m}")


def small_bars(item: NameItem) -> tuple[Bar, ...]:
    """The months of a name as bars without links."""
    return bars(SearchParameters.model_validate({}), item.days)


def hit_rows(hits: Sequence[Hit], sources: Mapping[str, str]) -> tuple[HitRow, ...]:
    """Hits as the page of a search shows them."""
    return tuple(hit_row(hit, sources) for hit in hits)


def shares(
    search: SearchParameters,
    field: str,
    found: Sequence[FacetValue],
    sources: Mapping[str, str],
) -> tuple[Share, ...]:
    """The most frequent values of a facet among the pages of an entry."""
    return tuple(
        Share(
            value_label(field, v, sources),
            v.count,
            search.toggle("/", field, v.value),
        )
        for v in found[:TOGETHER]
    )


def together(
    search: SearchParameters, kind: NameKind, entry: NameEntry
) -> tuple[tuple[str, tuple[Share, ...]], ...]:
    """What else the pages of an entry name, by facet."""
    found = (
        (t(FILTERS[field]), shares(search, field, entry.facets.get(field, ()), {}))
        for field in _TOGETHER
        if field != kind.field
    )
    return tuple((label, values) for label, values in found if values)
