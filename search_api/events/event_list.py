"""Lists of events, read in stretches, and as a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from itertools import islice
from types import MappingProxyType

from indexer.events.listing import EventFilter, EventPlace, ListedEvent
from indexer.stores.base import SearchRequest
from indexer.text.words import spans
from search_api.events.parameters import EventParameters
from search_api.exports.every_hit import every_hit
from search_api.exports.table import Row
from search_api.ports import DocumentArchive, EventStretch, SearchStore
from search_api.suggestions.empty_results import (
    MOST_MEANT,
    MOST_PARTS,
    Called,
    as_it_is,
    parts_of,
    with_other,
    words_meant,
)
from search_api.town_names import TownNames

STRETCH = 200
"""Events that are read at once."""

_OF_WORDS = ("place", "series", "organiser")
"""Parameters that take words of a name."""
_IN_ANY_LANGUAGE: Mapping[str, tuple[str, ...]] = MappingProxyType({"q": (), "place": ("place",)})
"""Those that take what the tables call it in any language → the fields of these names."""

COLUMNS = (
    *("id", "name", "series", "ordinal", "start", "end", "status", "venue", "city", "country"),
    *("organisers", "theme", "documents", "languages", "urls"),
)


@dataclass(frozen=True, slots=True)
class OtherEvents:
    """A list that would have events."""

    parameter: str
    value: str
    """In place of what was given."""
    parameters: EventParameters
    total: int

    def to_json(self) -> dict[str, object]:
        """As `instead` of a search has it."""
        address = self.parameters.address("/api/events")
        return {"query": self.value, "reason": "meant", "total": self.total, "address": address}


class EventList:
    """Reads lists of events; `zone` says what day it is, `towns` what towns and countries are
    called, `similar` which words of names are much like one, `called` what the reader calls one.
    """

    def __init__(
        self,
        search: SearchStore,
        archive: DocumentArchive,
        zone: tzinfo,
        towns: TownNames | None = None,
        similar: Callable[[str], Sequence[str]] = lambda word: (),
        *,
        called: Called = as_it_is,
    ) -> None:
        self._called = called
        self._search = search
        self._archive = archive
        self._towns = towns or TownNames(None)
        self._similar = similar
        self.zone = zone

    def stretch(self, parameters: EventParameters) -> EventStretch:
        """The stretch that is asked for; QueryError for a mistaken query or cursor."""
        after = parameters.after()
        return self._read(parameters, self._wanted(parameters), after, parameters.limit)

    def instead(self, parameters: EventParameters) -> Iterator[OtherEvents]:
        """What would be found with a word that is much like one of a query or name; to be asked
        where nothing is found.
        """
        for name in ("q", *_OF_WORDS):
            given: str = getattr(parameters, name) or ""
            words = self._lost(given) if name == "q" else [word for _, _, word in spans(given)]
            for changed in self._changed(name, given, words[:MOST_PARTS]):
                if name == "q" and not self._search.search(_with_events(changed)).total:
                    continue
                asked = parameters.model_copy(update={name: changed, "cursor": None})
                if total := self.stretch(asked.model_copy(update={"limit": 1})).total:
                    yield OtherEvents(name, changed, asked, total)
                    break

    def _lost(self, query: str) -> list[str]:
        """The words of a query, none of fields or phrases, that no page with an event has."""
        words = [part for part in parts_of(query) if part.isalpha()][:MOST_PARTS]
        return [word for word in words if not self._search.search(_with_events(word)).total]

    def _changed(self, parameter: str, given: str, words: Iterable[str]) -> Iterator[str]:
        called = self._called if parameter in _IN_ANY_LANGUAGE else as_it_is
        fields = _IN_ANY_LANGUAGE.get(parameter, ())
        for word in words:
            for other in words_meant(self._similar(word), called, fields)[:MOST_MEANT]:
                yield with_other(given, word, other)

    def every(self, parameters: EventParameters) -> Iterator[ListedEvent]:
        """All events from the cursor on; no more than `limit` where it is given."""
        most = parameters.limit if "limit" in parameters.model_fields_set else None
        return islice(self._every(parameters), most)

    def all_of(self, parameters: EventParameters) -> Iterator[ListedEvent]:
        """All events, whatever `limit` is."""
        return self._every(parameters)

    def _every(self, parameters: EventParameters) -> Iterator[ListedEvent]:
        wanted, after = self._wanted(parameters), parameters.after()
        while True:
            stretch = self._read(parameters, wanted, after, STRETCH)
            yield from stretch.items
            after = stretch.next
            if after is None:
                return

    def _wanted(self, parameters: EventParameters) -> EventFilter:
        wanted = parameters.event_filter(datetime.now(self.zone).date())
        country = wanted.country and self._towns.country_code(wanted.country)
        wanted = replace(wanted, country=country, called=self._towns.called)
        if not parameters.q.strip():
            return wanted
        found = every_hit(self._search, _with_events(parameters.q), None)
        return replace(wanted, documents=frozenset(hit.id for hit in found))

    def _read(
        self,
        parameters: EventParameters,
        wanted: EventFilter,
        after: EventPlace | None,
        limit: int,
    ) -> EventStretch:
        return self._archive.events(wanted, after, limit, latest_first=parameters.latest_first)


def _with_events(query: str) -> SearchRequest:
    """The pages that a query finds and that tell of events."""
    return SearchRequest(query, sort="newest", limit=1, filters={"has": ("event",)})


def rows(events: Iterable[ListedEvent]) -> Iterator[Row]:
    """A row with the `COLUMNS` for each event."""
    for event in events:
        yield (
            *(event.id, event.name, event.series, event.ordinal, event.start, event.end),
            *(event.status, event.venue, event.city, event.country),
            *("\n".join(event.organisers), event.theme, len(event.documents)),
            " ".join(sorted({d.lang for d in event.documents if d.lang})),
            "\n".join(document.url for document in event.documents),
        )
