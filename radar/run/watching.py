"""The watches of a run: read at its beginning, matched with what is new at its end."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from indexer.alerts.matching import Matcher
from indexer.alerts.stored_watches import lock_watches
from indexer.alerts.watches import Watch, sync_watches
from indexer.database.engine import is_mistake
from indexer.frontier.run_record import RunRecord
from radar.installation.clock import Clock
from radar.installation.installation import Installation
from radar.installation.watches import all_watches, mistake_of_ours, runnable, why_left_over
from radar.plurals import listed
from radar.run.progress import Display
from radar.run.remarks import Remarks

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Watching:
    """One that can't be run stops no other, and goes on where it is as soon as it can."""

    installation: Installation
    clock: Clock
    show: Display
    remarks: Remarks

    def read(self, connection: sa.Connection) -> None:
        """Enter the watches as they are now; tell of those that can't be run."""
        settings = self.installation.settings
        watches = all_watches(settings, connection)
        _, mistaken = self._runnable(watches)
        self.remarks.problems.extend([*settings.mistaken_watches, *mistaken])
        sync_watches(connection, watches, self.clock(), all_known=settings.knows_all_watches)
        if (problem := why_left_over(settings, connection, watches)) is not None:
            self.remarks.problems.append(problem)

    def can_run_any(self, connection: sa.Connection, behind: Collection[str]) -> bool:
        """Whether one of the watches that have not seen everything can be run."""
        watches = all_watches(self.installation.settings, connection)
        return bool(self._runnable([watch for watch in watches if watch.id in behind])[0])

    def match(self, connection: sa.Connection, record: RunRecord) -> int:
        """A watch at which our code fails stops no other, and goes on where it is when it can."""
        connection.commit()
        try:
            return self._match(connection, record, {})
        except Exception as error:
            connection.rollback()
            failing = self._failing(connection, record) if is_mistake(error) else {}
            if not failing:
                raise
            logger.exception("watches_failed %s", listed([*failing]))
            self.remarks.problems.extend(failing.values())
            return self._match(connection, record, failing)

    def _runnable(self, watches: Sequence[Watch]) -> tuple[list[Watch], list[str]]:
        return runnable(watches, self.installation.settings, self.installation.compiler)

    def _failing(self, connection: sa.Connection, record: RunRecord) -> dict[str, str]:
        """Id of each watch at which our code fails by itself → a line on it."""
        watches, _ = self._runnable(all_watches(self.installation.settings, connection))
        found = {}
        for watch in watches:
            matcher = Matcher(connection, record.id, self.clock())
            error = matcher.failure(watch, self.installation.compiler)
            if error is not None:
                found[watch.id] = mistake_of_ours(f"watch {watch.id}", error)
        return found

    def _match(self, connection: sa.Connection, record: RunRecord, without: Collection[str]) -> int:
        settings, compiler = self.installation.settings, self.installation.compiler
        matcher = Matcher(connection, record.id, self.clock())
        known = all_watches(settings, connection)
        watches, mistaken = self._runnable(known)
        watches = [watch for watch in watches if watch.id not in without]
        looked = matcher.look(watches, compiler, progress=self.show.advance)
        connection.commit()
        # As they are now: the crawl took its time, and what is sent goes to the channels of today.
        # Locked only then: SQLite lets nobody else write meanwhile.
        lock_watches(connection)
        now = all_watches(settings, connection)
        if now != known:
            watches, mistaken = self._runnable(now)
            watches = [watch for watch in watches if watch.id not in without]
        for problem in mistaken:
            self.remarks.add_problem(problem)
        found = matcher.match(watches, compiler, progress=lambda number: None, looked=looked)
        record.end_first_looks(self.clock())
        connection.commit()
        return found
