"""The formats in which a list of events is written, in one table.

The routes (`/events.csv` …) and the header `Accept` of `/api/events` use it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from types import MappingProxyType

from indexer.events.listing import ListedEvent
from search_api.calendars import ics
from search_api.events.event_list import COLUMNS, rows
from search_api.exports import workbook
from search_api.exports.formats import NDJSON, json_lines
from search_api.exports.table import csv_table


@dataclass(frozen=True, slots=True)
class EventFormat:
    """A format of events."""

    suffix: str
    media_type: str
    summary: str
    write: Callable[[Iterable[ListedEvent], tzinfo, str], Iterator[bytes]]
    """Makes the pieces of the file; takes the time zone of a calendar, and the address below which
    people reach the pages.
    """
    subscribed: bool = False
    """Programs ask for it again and again, and nobody saves it."""


def _ics(events: Iterable[ListedEvent], zone: tzinfo, site: str) -> Iterator[bytes]:
    return ics.calendar("Rohstoffradar", events, zone, site)


def _csv(events: Iterable[ListedEvent], _zone: tzinfo, _site: str) -> Iterator[bytes]:
    return csv_table(COLUMNS, rows(events))


def _xlsx(events: Iterable[ListedEvent], _zone: tzinfo, _site: str) -> Iterator[bytes]:
    return workbook.workbook(COLUMNS, rows(events))


def _ndjson(events: Iterable[ListedEvent], _zone: tzinfo, _site: str) -> Iterator[bytes]:
    return json_lines(event.to_json() for event in events)


CALENDAR = EventFormat("ics", ics.MEDIA_TYPE, "Events as calendar", _ics, subscribed=True)
FORMATS: Mapping[str, EventFormat] = MappingProxyType(
    {
        known.media_type: known
        for known in (
            CALENDAR,
            EventFormat("csv", "text/csv", "Events as CSV", _csv),
            EventFormat("xlsx", workbook.MEDIA_TYPE, "Events as workbook", _xlsx),
            EventFormat("ndjson", NDJSON, "Events as JSON lines", _ndjson),
        )
    }
)
"""By media type."""
