"""The formats in which a search is exported, in one table.

The routes (`/search.csv` …), the header `Accept` of `/api/search`, and `radar export` use it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from types import MappingProxyType
from typing import Any, TypeVar

from indexer.stores.base import Hit
from search_api.calendars import ics
from search_api.exports import workbook
from search_api.exports.every_hit import every_hit
from search_api.exports.table import COLUMNS, csv_table, rows
from search_api.exports.told_events import told_events
from search_api.feeds import atom, json_feed
from search_api.feeds.search_feed import SearchFeed
from search_api.parameters import SearchParameters
from search_api.ports import DocumentArchive, SearchStore

T = TypeVar("T")

NDJSON = "application/x-ndjson"


@dataclass(frozen=True, slots=True)
class Export:
    """What is exported: a search of an installation."""

    search: SearchStore
    archive: DocumentArchive
    parameters: SearchParameters
    site: str
    """Address below which people reach the pages, without a slash at its end."""
    zone: tzinfo = UTC
    """The time zone of calendars, and of the day from which orders of events look."""

    def hits(self) -> Iterator[Hit]:
        """The hits, all of them unless a number was asked for."""
        request = self.parameters.request(facets=False, today=self.today)
        return every_hit(self.search, request, self.most, once=True)

    @property
    def today(self) -> date:
        """The day where people are."""
        return datetime.now(self.zone).date()

    @property
    def most(self) -> int | None:
        """Hits that were asked for; None: all."""
        given = "limit" in self.parameters.model_fields_set
        return self.parameters.limit if given else None


@dataclass(frozen=True, slots=True)
class Format:
    """A format of exports."""

    name: str
    path: str
    media_type: str
    summary: str
    write: Callable[[Export], Iterator[bytes]]
    """Makes the pieces of the file one after the other; searches when the first is asked for."""
    feed: bool = False
    """Programs ask for it again and again: a stretch of hits, with the address of the next."""


def _rows(export: Export) -> Iterator[tuple[str | float | None, ...]]:
    return rows(export.hits(), export.archive.source_names)


def _csv(export: Export) -> Iterator[bytes]:
    yield from csv_table(COLUMNS, _rows(export))


def _xlsx(export: Export) -> Iterator[bytes]:
    yield from workbook.workbook(COLUMNS, _rows(export))


def _ndjson(export: Export) -> Iterator[bytes]:
    return json_lines(hit.to_json() for hit in export.hits())


def json_lines(objects: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """A line of JSON for each of the objects. Half characters are no UTF-8."""
    for one in objects:
        yield json.dumps(one, ensure_ascii=False).encode(errors="replace") + b"\n"


def _ics(export: Export) -> Iterator[bytes]:
    found = told_events(export.archive, export.hits())
    title = f"Rohstoffradar: {export.parameters.query or 'all pages'}"
    yield from ics.calendar(title, found, export.zone, export.site)


def _atom(export: Export) -> Iterator[bytes]:
    feed = SearchFeed(export.search, export.archive, export.site)
    yield atom.atom(*feed.read(export.parameters, "/search.atom", export.today))


def _json_feed(export: Export) -> Iterator[bytes]:
    feed = SearchFeed(export.search, export.archive, export.site)
    yield json_feed.json_feed(*feed.read(export.parameters, "/search.feed.json", export.today))


FORMATS: tuple[Format, ...] = (
    Format("atom", "/search.atom", atom.MEDIA_TYPE, "A search as Atom feed", _atom, feed=True),
    Format(
        "feed",
        "/search.feed.json",
        json_feed.MEDIA_TYPE,
        "A search as JSON Feed",
        _json_feed,
        feed=True,
    ),
    Format("csv", "/search.csv", "text/csv", "A search as CSV", _csv),
    Format("xlsx", "/search.xlsx", workbook.MEDIA_TYPE, "A search as workbook", _xlsx),
    Format("ndjson", "/search.ndjson", NDJSON, "A search as JSON lines", _ndjson),
    Format("ics", "/search.ics", ics.MEDIA_TYPE, "The events of a search as calendar", _ics),
)
FORMAT: Mapping[str, Format] = MappingProxyType({known.name: known for known in FORMATS})


def accepted(header: str) -> Format | None:
    """The format of a search that an `Accept` header prefers to JSON; None: JSON."""
    return preferred(header, {known.media_type: known for known in FORMATS})


def preferred(header: str, formats: Mapping[str, T]) -> T | None:
    """The format that an `Accept` header prefers to JSON, by its media type; None: JSON.

    A format counts only by its full name: `*/*` is JSON.
    """
    known = dict(formats)
    if NDJSON in known:
        known[_NDJSON_TOO] = known[NDJSON]
    best: tuple[float, T | None] = (0.0, None)
    for item in header.split(","):
        name, *settings = (part.strip().lower() for part in item.split(";"))
        weight = _weight(settings)
        if name in ("application/json", "application/*", "*/*") and weight >= best[0]:
            best = (weight, None) if weight > best[0] else best
        elif name in known and weight > best[0]:
            best = (weight, known[name])
    return best[1]


_NDJSON_TOO = "application/jsonl"


def _weight(settings: list[str]) -> float:
    for setting in settings:
        key, _, value = setting.partition("=")
        if key.strip() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0
