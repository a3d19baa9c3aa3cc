"""Due times in the database, and when one is not to be believed.

A run whose clock was ahead leaves times that no other run could have set: a page that is due in
2099 would never be requested again. So each due time is known with the longest interval for which
it can be set and, where that is kept, with the moment at which it was set. One that lies beyond
that interval, or was set at a moment that is still to come, has come. Nothing is rewritten because
of it: the clock that is wrong may be the one of the present run.
`indexer.records.instants.has_come` is the same for moments that have been read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from indexer.database import tables
from indexer.records.instants import SKEW


@dataclass(frozen=True, slots=True, eq=False)
class DueTime:
    """A column with the moments at which something is to be done again."""

    due: sa.Column[datetime]
    longest: timedelta
    """From the moment at which it is set."""
    set_at: sa.ColumnElement[datetime] | None = None
    """When it was set; None: that is not kept."""
    among: sa.ColumnElement[bool] | None = None
    """The rows whose due time counts; None: all."""

    def has_come(self, now: datetime) -> sa.ColumnElement[bool]:
        """Whether it is time, or the time can't be believed."""
        come = sa.or_(self.due <= now, self._is_beyond(now))
        return come if self.among is None else sa.and_(self.among, come)

    def is_beyond(self, now: datetime) -> sa.ColumnElement[bool]:
        """Whether a clock that was ahead has set it."""
        beyond = self._is_beyond(now)
        return beyond if self.among is None else sa.and_(self.among, beyond)

    def _is_beyond(self, now: datetime) -> sa.ColumnElement[bool]:
        beyond = self.due > now + self.longest + SKEW
        if self.set_at is None:
            return beyond
        # Never null where the due time isn't, so that it can be negated.
        set_ahead = sa.and_(self.set_at.is_not(None), self.set_at > now + SKEW)
        return sa.or_(beyond, sa.and_(self.due > now, set_ahead))


def has_run_ahead(connection: sa.Connection, now: datetime) -> bool:
    """Whether the clock of any run has been ahead of this one."""
    ahead = sa.or_(tables.run.c.started > now + SKEW, tables.run.c.finished > now + SKEW)
    return connection.execute(sa.select(tables.run.c.id).where(ahead).limit(1)).first() is not None
