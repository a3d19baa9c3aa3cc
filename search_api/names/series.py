"""Finds the events of a series by the pages that name it."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.events.listing import ListedEvent
from indexer.query.naming import Naming, NamingInFull
from indexer.stores.base import SearchRequest
from search_api.exports.every_hit import every_hit
from search_api.names.editions import Edition, in_order
from search_api.parameters import EVERYTHING
from search_api.ports import DocumentArchive, SearchStore


class SeriesReader:
    """Reads series; `naming` says which of their names are one."""

    def __init__(self, search: SearchStore, archive: DocumentArchive, naming: Naming) -> None:
        self._search = search
        self._archive = archive
        self._naming = naming

    def editions(self, series: str) -> tuple[Edition, ...]:
        """The editions of a series, given by its value in the index."""
        return in_order(self._events(series))

    def _events(self, series: str) -> Iterator[ListedEvent]:
        request = SearchRequest(
            EVERYTHING, sort="newest", filters={"series": (series,)}, news_only=True
        )
        documents = [hit.id for hit in every_hit(self._search, request, None)]
        events = list(self._archive.events_told_by(documents))
        named = {event.id: {*event.further_series, event.series} - {None} for event in events}
        names = {name for of_event in named.values() for name in of_event if name}
        naming = NamingInFull(self._naming, {}, self._naming.in_full((), names) if names else {})
        for event in events:
            if any(name and naming.value("series", name) == series for name in named[event.id]):
                yield event
