"""Searches that find only what the database knows.

A search index that is ahead of the database, which was put back to an earlier state, finds
documents that the database lacks: their pages would be missing. Until it has been built again such
hits are left out, and the result says that it is incomplete. So does one of an index that is gone
or was put back itself, as long as it lacks what the database has written to it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

import sqlalchemy as sa

from indexer.database import tables
from indexer.database.chunks import among
from indexer.database.engine import usable
from indexer.database.epochs import Kinship
from indexer.documents.backlog import count_indexed
from indexer.records.document import DocumentId
from indexer.records.errors import DatabaseError, DatabaseNewer
from indexer.records.origin import Origin
from indexer.stores.base import FacetValue, Hit, SearchRequest, SearchResult, Store
from radar.installation.belonging import AHEAD, LACKING, kinship_of
from radar.installation.installation import Installation
from radar.installation.slow_failure import SlowFailures

AGAIN = 5.0
"""Seconds after which a server compares index and database again."""


@dataclass
class OwnHits:
    """Searches a store for the database of an installation."""

    installation: Installation
    store: Store
    engine: Callable[[], sa.Engine | None]
    """The database as it is now; None where there is none. Without one, and while it can't be
    read, all hits count: a search needs the index alone. One of a newer version is refused, as by
    all that reads it (DatabaseNewer).
    """
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _compared: tuple[sa.Engine | None, float] = (None, float("-inf"))
    _kinship: Kinship = Kinship.CURRENT
    _lacks: bool = False
    _failures: SlowFailures = field(default_factory=SlowFailures)

    def search(self, request: SearchRequest) -> SearchResult:
        """As the store's; raises ForeignData too."""
        gap = self.gap()
        result = self.store.search(request)
        if gap == AHEAD:
            return self._known(result)
        return replace(result, incomplete=True) if gap else result

    def gap(self) -> str | None:
        """Why searches find less than there is, as of some seconds ago; None: the index is that of
        the database. Raises ForeignData.
        """
        if self.kinship() is Kinship.AHEAD:
            return AHEAD
        return LACKING if self._lacks else None

    def found_among(
        self, queries: Sequence[str], documents: Sequence[DocumentId]
    ) -> Sequence[Collection[DocumentId]]:
        """As the store's."""
        return self.store.found_among(queries, documents)

    def nearest(self, text: str, request: SearchRequest) -> Mapping[DocumentId, float]:
        """As the store's."""
        found = self.store.nearest(text, request)
        if self.kinship() is not Kinship.AHEAD:
            return found
        known = self._ids_known(found)
        return {page: cosine for page, cosine in found.items() if page in known}

    def hits_of(self, request: SearchRequest, documents: Sequence[DocumentId]) -> Sequence[Hit]:
        """As the store's."""
        return self.store.hits_of(request, documents)

    def values(self, field: str, request: SearchRequest | None = None) -> Sequence[FacetValue]:
        """As the store's."""
        return self.store.values(field, request)

    def days(self, field: str, values: Sequence[str]) -> Mapping[str, Mapping[int, int]]:
        """As the store's."""
        return self.store.days(field, values)

    def kinship(self) -> Kinship:
        """What the index is to the database, as of some seconds ago; raises ForeignData and
        DatabaseNewer.
        """
        try:
            engine = self.engine()
            with self._lock:
                before, moment = self._compared
                if engine is not before or time.monotonic() - moment > AGAIN:
                    with self._failures.fail_at_once():
                        origin = self.store.origin()
                    self._kinship, self._lacks = self._compare(engine, origin)
                    self._compared = (engine, time.monotonic())
                return self._kinship
        except DatabaseNewer:
            raise
        except DatabaseError:
            return Kinship.CURRENT

    def _compare(self, engine: sa.Engine | None, origin: Origin | None) -> tuple[Kinship, bool]:
        """What the index is to the database, and whether it lacks what was written to it."""
        if engine is None:
            return Kinship.CURRENT, False
        with usable(), engine.connect() as connection:
            found = kinship_of(connection, self.installation, origin)
            written = count_indexed(connection) if found is Kinship.BEHIND else 0
        return found, bool(written) and self.store.count() < written

    def _ids_known(self, ids: Collection[DocumentId]) -> Collection[DocumentId]:
        """Those of some ids that the database knows."""
        engine = self.engine()
        if engine is None:
            return ids
        document = tables.document.c
        with usable(), engine.connect() as connection:
            return among(connection, document.id, document.id, ids)

    def _known(self, result: SearchResult) -> SearchResult:
        """The result without hits that the database does not know."""
        engine = self.engine()
        if engine is None:
            return result
        known = self._ids_known([hit.id for hit in result.hits])
        document = tables.document.c
        with usable(), engine.connect() as connection:
            query = sa.select(sa.func.count()).where(document.moved_to.is_(None))
            documents = connection.execute(query).scalar_one()
        hits = tuple(hit for hit in result.hits if hit.id in known)
        total = min(result.total - len(result.hits) + len(hits), documents)
        return replace(result, total=total, hits=hits, incomplete=True)
