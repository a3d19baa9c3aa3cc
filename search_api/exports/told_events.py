"""The events of which the hits of a search tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from indexer.events.listing import ListedEvent
from indexer.stores.base import Hit
from search_api.exports.every_hit import STRETCH
from search_api.ports import DocumentArchive


def told_events(archive: DocumentArchive, hits: Iterable[Hit]) -> Iterator[ListedEvent]:
    """The events in the order of the hits, each once."""
    seen: set[str] = set()
    rest = iter(hits)
    while some := [hit.id for hit in islice(rest, STRETCH)]:
        for event in archive.events_told_by(some):
            if event.id not in seen:
                seen.add(event.id)
                yield event
