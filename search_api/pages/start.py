"""What the start page shows beside the newest pages: events to come, what watches told, and sources
that need a person.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from indexer.events.listing import EventFilter, ListedEvent
from indexer.records.errors import DatabaseError
from search_api.ports import DocumentArchive, SourceView, WatchMatch, WatchView

MOST_EVENTS = 4
MOST_MATCHES = 4
MOST_SOURCES = 4
MOST_WATCHES = 50
"""Watches that are asked for what they told."""
_WELL = ("ok", "not-due", "never-looked-at", None)


@dataclass(frozen=True, slots=True)
class Start:
    """The parts of the start page; empty ones are not shown."""

    events: Sequence[ListedEvent]
    """The next ones."""
    matches: Sequence[tuple[WatchView, WatchMatch]]
    """The newest of all watches, newest first."""
    sources: Sequence[SourceView]
    """The first that are not well."""
    ailing: int
    """Number of all that are not well."""


class StartReader:
    """Reads the start page; `today` says what day it is."""

    def __init__(self, archive: DocumentArchive, today: Callable[[], date]) -> None:
        self._archive = archive
        self._today = today

    def read(self) -> Start | None:
        """The parts; None while the database can't be read: a search needs the index alone."""
        try:
            coming = EventFilter(first=self._today().toordinal())
            stretch = self._archive.events(coming, None, MOST_EVENTS, latest_first=False)
            matches = self._matches()
            sources = [s for s in self._archive.sources() if s.enabled and not _is_well(s)]
        except DatabaseError:
            return None
        return Start(stretch.items, matches, sources[:MOST_SOURCES], len(sources))

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
