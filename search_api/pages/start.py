"""What the start page shows beside the newest pages: what is new since the last visit, events to
come, what watches told, and sources that need a person.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from indexer.events.listing import EventFilter, ListedEvent
from indexer.records.document import iso_instant
from indexer.records.errors import DatabaseError
from indexer.stores.base import Hit
from search_api.parameters import SearchParameters
from search_api.ports import DocumentArchive, SearchStore, SourceView, WatchMatch, WatchView
from search_api.visits import Visit, visit_at

MOST_NEW = 4
MOST_EVENTS = 4
MOST_MATCHES = 4
MOST_SOURCES = 4
MOST_WATCHES = 50
"""Watches that are asked for what they told."""
_WELL = ("ok", "not-due", "never-looked-at", None)


@dataclass(frozen=True, slots=True)
class NewPages:
    """What was first seen since the last visit."""

    since: datetime
    total: int
    """Number of pages."""
    hits: Sequence[Hit]
    """The newest, one of each story."""
    address: str
    """The search for all."""


@dataclass(frozen=True, slots=True)
class Start:
    """The parts of the start page; empty ones are not shown."""

    visit: Visit
    new: NewPages | None
    """None at the first visit."""
    events: Sequence[ListedEvent]
    """The next ones."""
    matches: Sequence[tuple[WatchView, WatchMatch]]
    """The newest of all watches, newest first."""
    sources: Sequence[SourceView]
    """The first that are not well."""
    ailing: int
    """Number of all that are not well."""


class StartReader:
    """Reads the start page; `now` is the moment in the zone of the pages."""

    def __init__(
        self, archive: DocumentArchive, search: SearchStore, now: Callable[[], datetime]
    ) -> None:
        self._archive = archive
        self._search = search
        self._now = now

    def read(self, last_visit: str | None) -> Start | None:
        """The parts, for who sends this cookie; None while the database can't be read: a search
        needs the index alone.
        """
        now = self._now()
        try:
            visit = visit_at(now, self._archive.complete_until(), last_visit)
            coming = EventFilter(first=now.date().toordinal())
            stretch = self._archive.events(coming, None, MOST_EVENTS, latest_first=False)
            matches = self._matches()
            sources = [s for s in self._archive.sources() if s.enabled and not _is_well(s)]
        except DatabaseError:
            return None
        return Start(
            visit,
            self._new(visit.since) if visit.since else None,
            stretch.items,
            matches,
            sources[:MOST_SOURCES],
            len(sources),
        )

    def _new(self, since: datetime) -> NewPages:
        given = {"since": iso_instant(since), "limit": MOST_NEW}
        parameters = SearchParameters.model_validate(given)
        found = self._search.search(parameters.request(facets=False, entries=True))
        address = parameters.address("/", limit=20)
        return NewPages(since, found.total, found.hits, address)

    def _matches(self) -> list[tuple[WatchView, WatchMatch]]:
        found = [
            (watch, match)
            for watch in list(self._archive.watches())[:MOST_WATCHES]
            for match in self._archive.watch_matches(watch.id, MOST_MATCHES)
        ]
        found.sort(key=lambda pair: (pair[1].when, pair[1].id), reverse=True)
        return found[:MOST_MATCHES]


def _is_well(source: SourceView) -> bool:
    return source.state in _WELL and not source.overdue
