"""The search index in a run: written, and built again where it can't be used any more."""

from __future__ import annotations

import logging
import threading
from contextlib import nullcontext
from dataclasses import dataclass

import sqlalchemy as sa

from indexer.database.epochs import Kinship
from indexer.documents.backlog import send_rejected_again
from indexer.records.errors import IndexDamaged, RunInProgress, SchemaMismatch, StoreError
from radar.installation.belonging import begin_writing
from radar.installation.installation import Installation
from radar.run.lock import rebuild_lock
from radar.run.progress import STDERR, Display
from radar.run.rebuild import compare_documents, refill
from radar.run.remarks import Remarks
from radar.stages.index import Indexed, index_backlog

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Indexing:
    """A store that is down stops nothing: the backlog waits for the next run."""

    installation: Installation
    show: Display
    stop: threading.Event
    remarks: Remarks

    def write(self, connection: sa.Connection, *, rejected_again: bool) -> Indexed:
        """Compare what is new with what is told already, and send it to the store; once more, too,
        what the store refused.
        """
        with self.remarks.going_on(connection, "stories"):
            compare_documents(connection, self.installation, stopped=self.stop.is_set)
        with self.remarks.going_on(connection, "search index"):
            return self._write(connection, rejected_again)
        return Indexed()

    def _write(self, connection: sa.Connection, rejected_again: bool) -> Indexed:
        try:
            if rejected_again:
                send_rejected_again(connection)
            with self.installation.store(writable=True) as store:
                found = begin_writing(connection, store)
                if found is Kinship.CURRENT:
                    return index_backlog(
                        connection, store, progress=self.show.advance, stopped=self.stop.is_set
                    )
            logger.warning("index_%s", found.value)
            return self._refill(connection)
        except (IndexDamaged, SchemaMismatch) as error:
            connection.rollback()
            return self._heal(connection, error)
        except StoreError as error:
            return self._leave(connection, error)

    def _heal(self, connection: sa.Connection, unusable: IndexDamaged | SchemaMismatch) -> Indexed:
        """Build an index again that is damaged, or another version's: nothing in it is not in the
        database.
        """
        logger.warning("index_unusable %s", unusable.message)
        STDERR.print(f"{unusable.message}: this run builds it again", highlight=False, markup=False)
        try:
            return self._refill(connection)
        except StoreError as error:
            return self._leave(connection, error)

    def _refill(self, connection: sa.Connection) -> Indexed:
        """Build the index again; another process that does so already may go on."""
        kind, home = self.installation.store_kind, self.installation.settings.home
        try:
            with rebuild_lock(home) if kind.runs_beside_rebuild else nullcontext():
                return refill(connection, self.installation, self.show, stopped=self.stop.is_set)
        except RunInProgress as error:
            logger.info("index_left %s", error.message)
            return Indexed()

    def _leave(self, connection: sa.Connection, error: StoreError) -> Indexed:
        connection.rollback()
        self.remarks.problems.append(f"search store: {error.message}; {error.hint}".rstrip("; "))
        return Indexed()
