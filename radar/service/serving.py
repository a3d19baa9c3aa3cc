"""Opens search store and database for the web interface, once they exist: the server may start
before the first run."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from indexer.stores.base import SearchRequest, SearchResult, Store
from radar.installation.catalogue import Catalogue
from radar.installation.installation import Installation
from search_api.ports import DocumentView, InstallationHealth, SourceView, WatchMatch, WatchView


class LiveStore:
    """The search store, read only; opened on the first request after it exists."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._lock = threading.Lock()
        self._store: Store | None = None

    def search(self, request: SearchRequest) -> SearchResult:
        """Answer from the index as of its last commit; an installation without one has no hits."""
        return self._open().search(request)

    def _open(self) -> Store:
        with self._lock:
            if self._store is None:
                self._store = self._installation.open_store(writable=False)
            return self._store


class LiveCatalogue:
    """The system of record, read only; opened on the first request after it exists."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._lock = threading.Lock()
        self._engine: sa.Engine | None = None

    def document(self, id_or_url: str) -> DocumentView | None:
        """A document by its id or address."""
        return self._catalogue().document(id_or_url)

    @property
    def source_names(self) -> Mapping[str, str]:
        """Id → name of all configured sources."""
        return {s.id: s.name for s in self._installation.settings.sources}

    def sources(self) -> Sequence[SourceView]:
        """All configured sources."""
        return self._catalogue().sources()

    def watches(self) -> Sequence[WatchView]:
        """All configured watches."""
        return self._catalogue().watches()

    def watch_matches(self, watch: str, limit: int) -> Sequence[WatchMatch]:
        """The newest matches of a watch."""
        return self._catalogue().watch_matches(watch, limit)

    def health(self) -> InstallationHealth:
        """Counts and problems."""
        return self._catalogue().health()

    def _catalogue(self) -> Catalogue:
        with self._lock:
            if self._engine is None:
                self._engine = self._installation.open_reader()
            return self._installation.catalogue(self._engine)
