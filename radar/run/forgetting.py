"""What a run removes: what the partners' rights no longer let us keep, and what is to be forgotten
and could not be removed before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from indexer.records.errors import DeliveryError, StoreError
from radar.erasure.eraser import RETURNED, Eraser
from radar.erasure.retention import Removed, enforce_retention
from radar.installation.clock import Clock
from radar.installation.installation import Installation
from radar.plurals import counted
from radar.run.remarks import Remarks


@dataclass(frozen=True, slots=True)
class Forgetting:
    """What can't be removed now is a problem of the run, stops nothing else, and waits."""

    installation: Installation
    engine: sa.Engine
    clock: Clock
    remarks: Remarks
    index: Callable[[sa.Connection], object]
    """Writes the search index, from which texts are to go."""

    def enforce(self, connection: sa.Connection, run: int, believed: datetime | None) -> Removed:
        """Remove what is past its time at a moment, if there is one, and what was to go before."""
        removed = Removed()
        settings = self.installation.settings
        eraser = Eraser(self.installation, self.engine, connection, self.clock)
        self._remove_returned_labels(eraser)
        with self._as_far_as_possible(connection):
            eraser.complete_interrupted()
        with self._as_far_as_possible(connection):
            eraser.erase_reappeared()
        with self._as_far_as_possible(connection):
            removed = enforce_retention(
                connection, run, settings.sources, settings.archive, believed
            )
            if removed.texts:
                eraser.rewrite_feeds()
                self.index(connection)
                eraser.disown_other_indexes()
        losses = [*eraser.losses, *removed.losses]
        self.remarks.problems.extend(f"archive: damage was removed: {loss}" for loss in losses)
        return removed

    @contextmanager
    def _as_far_as_possible(self, connection: sa.Connection) -> Iterator[None]:
        try:
            yield
        except (StoreError, DeliveryError) as error:
            connection.rollback()
            self.remarks.add_problem(f"to be forgotten: {error.message}; {error.hint}".rstrip("; "))
        except OSError as error:
            connection.rollback()
            self.remarks.add_problem(f"to be forgotten: {error.strerror}: {error.filename}")

    def _remove_returned_labels(self, eraser: Eraser) -> None:
        """A restore may not have been able to."""
        try:
            lines = eraser.remove_returned_labels()
        except OSError as error:
            self.remarks.problems.append(
                f"labels of forgotten pages can't be removed: {error.strerror}: {error.filename}"
            )
        else:
            if lines:
                self.remarks.notes.append(f"labels removed: {counted(lines, 'line')}, {RETURNED}")
