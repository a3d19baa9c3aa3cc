"""Opens search store and database for the web interface, once they exist: the server may start
before the first run."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from indexer.database.engine import has_schema
from indexer.database.epochs import Kinship
from indexer.events.listing import EventFilter, EventPlace, ListedEvent
from indexer.records.document import DocumentId
from indexer.records.errors import DatabaseError
from indexer.stores.base import FacetValue, Hit, SearchRequest, SearchResult
from radar.installation.belonging import AHEAD
from radar.installation.catalogue import Catalogue
from radar.installation.installation import Installation
from radar.installation.own_hits import OwnHits
from radar.installation.slow_failure import SlowFailures
from radar.service.database_file import file_of, missing_database
from radar.service.live_sources import LiveSources
from search_api.ports import (
    ArchivedAnswer,
    DocumentView,
    EventStretch,
    EventView,
    InstallationHealth,
    LastChanges,
    RunStretch,
    SourceHistory,
    SourceView,
    WatchMatch,
    WatchView,
)

LOOK = 5.0
"""Seconds between two looks at the schema of the database."""


class LiveDatabase:
    """The system of record, read only; opened when it exists, and again when it was replaced.

    A run of a newer version may migrate it meanwhile: from then on it is refused. The server is one
    of the old version until it is started again.
    """

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._lock = threading.Lock()
        self._engine: sa.Engine | None = None
        self._file: tuple[int, int] | None = None
        self._looked = 0.0
        """When the schema was last looked at."""

    def engine(self) -> sa.Engine | None:
        """The database as it is now; None if there is none yet."""
        with self._lock:
            file = file_of(self._installation.settings.database)
            if self._engine is not None and file != self._file:
                # A file that was put in its place: open connections would go on with the old one.
                self._close()
            if self._engine is not None and time.monotonic() - self._looked >= LOOK:
                self._look(self._engine)
            if self._engine is None:
                self._engine, self._file = self._installation.open_reader(), file
                self._looked = time.monotonic()
            return self._engine

    def _look(self, engine: sa.Engine) -> None:
        known = False
        try:
            known = has_schema(engine)
        finally:
            if not known:
                self._close()
        self._looked = time.monotonic()

    def _close(self) -> None:
        if self._engine is not None:
            self._engine.dispose()
        self._engine = None


class LiveStore:
    """The search store, read only; opened on the first request after it exists."""

    def __init__(
        self,
        installation: Installation,
        database: LiveDatabase,
        *,
        ahead: Callable[[str], None] = lambda reason: None,
    ) -> None:
        """`ahead` is called, again and again, while the index is ahead of the database."""
        self._installation = installation
        self._database = database
        self._ahead = ahead
        self._lock = threading.Lock()
        self._failures = SlowFailures()
        self._store: OwnHits | None = None

    def search(self, request: SearchRequest) -> SearchResult:
        """Answer from the index as of its last commit; an installation without one has no hits."""
        self.problems()
        return self._open().search(request)

    def found_among(
        self, queries: Sequence[str], documents: Sequence[DocumentId]
    ) -> Sequence[Collection[DocumentId]]:
        """Which of some documents queries find, as of the index's last commit."""
        self.problems()
        return self._open().found_among(queries, documents)

    def nearest(self, text: str, request: SearchRequest) -> Mapping[DocumentId, float]:
        """What is near in meaning, as of the index's last commit."""
        self.problems()
        return self._open().nearest(text, request)

    def hits_of(self, request: SearchRequest, documents: Sequence[DocumentId]) -> Sequence[Hit]:
        """Hits for some documents, as of the index's last commit."""
        self.problems()
        return self._open().hits_of(request, documents)

    def values(self, field: str, request: SearchRequest | None = None) -> Sequence[FacetValue]:
        """Every value of a facet, as of the index's last commit."""
        self.problems()
        return self._open().values(field, request)

    def days(self, field: str, values: Sequence[str]) -> Mapping[str, Mapping[int, int]]:
        """When the pages that have these values were published, as of the index's last commit."""
        self.problems()
        return self._open().days(field, values)

    def problems(self) -> tuple[str, ...]:
        """What is wrong with the index, one line each; raises ForeignData, StoreError, and
        DatabaseError where the database is gone that the index was made from.
        """
        self._refuse_without_database()
        if self._open().kinship() is not Kinship.AHEAD:
            return ()
        self._ahead(AHEAD)
        return (f"{AHEAD}: it is built again, and finds less until then",)

    def _refuse_without_database(self) -> None:
        try:
            engine = self._database.engine()
        except DatabaseError:
            return  # there is one; whoever needs it says what is wrong with it
        if engine is None and self._open().store.count():
            raise missing_database(self._installation.settings.database)

    def _open(self) -> OwnHits:
        with self._lock:
            if self._store is None:
                with self._failures.fail_at_once():
                    store = self._installation.open_store(writable=False)
                self._store = OwnHits(self._installation, store, self._database.engine)
            return self._store


class LiveCatalogue:
    """The system of record, read only, with the state of the search store."""

    def __init__(
        self, installation: Installation, database: LiveDatabase, store: LiveStore
    ) -> None:
        self._settings = installation.settings
        self._sources = LiveSources(installation.settings)
        self._database = database
        self._store = store

    def document(self, id_or_url: str) -> DocumentView | None:
        """A document by its id or address."""
        return self._catalogue().document(id_or_url)

    def archived(self, document: DocumentId) -> ArchivedAnswer | None:
        """The archived answer that a document was read from."""
        return self._catalogue().archived(document)

    @property
    def source_names(self) -> Mapping[str, str]:
        """Id → name of all configured sources."""
        return {s.id: s.name for s in self._sources.current()}

    def events(
        self, wanted: EventFilter, after: EventPlace | None, limit: int, *, latest_first: bool
    ) -> EventStretch:
        """A stretch of the events that are wanted."""
        return self._catalogue().events(wanted, after, limit, latest_first=latest_first)

    def event(self, identity: str) -> EventView | None:
        """An event by its id."""
        return self._catalogue().event(identity)

    def events_told_by(self, documents: Sequence[DocumentId]) -> Sequence[ListedEvent]:
        """The events of which these documents tell."""
        return self._catalogue().events_told_by(documents)

    def sources(self) -> Sequence[SourceView]:
        """All configured sources."""
        return self._catalogue().sources()

    def source(self, identity: str) -> SourceHistory | None:
        """A configured source with its last runs."""
        return self._catalogue().source(identity)

    def runs(self, limit: int, before: int | None = None) -> RunStretch:
        """The last runs."""
        return self._catalogue().runs(limit, before)

    def watches(self) -> Sequence[WatchView]:
        """All configured watches."""
        return self._catalogue().watches()

    def watch_matches(self, watch: str, limit: int) -> Sequence[WatchMatch]:
        """The newest matches of a watch."""
        return self._catalogue().watch_matches(watch, limit)

    def health(self) -> InstallationHealth:
        """Counts and problems."""
        health = self._catalogue().health()
        problems = (*health.problems, *self._store.problems(), *self._sources.problems())
        return replace(health, problems=problems)

    def last_changes(self) -> LastChanges:
        """When a run ended, and something was forgotten."""
        return self._catalogue().last_changes()

    def complete_until(self) -> datetime:
        """Up to when the search index holds every page that was first seen."""
        return self._catalogue().complete_until()

    def _catalogue(self) -> Catalogue:
        settings = replace(self._settings, sources=self._sources.current())
        return Catalogue(settings, self._database.engine())
