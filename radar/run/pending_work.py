"""Work that was left: responses not extracted, documents not indexed, revisions and changes of
events that a watch has not seen, messages not sent, erasures that were interrupted.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

import sqlalchemy as sa

from indexer.alerts.delivery import Terms, due_envelopes
from indexer.alerts.notices import missing_notices
from indexer.alerts.watches import watches_behind
from indexer.database import tables
from indexer.documents.backlog import has_backlog
from indexer.records.instants import SKEW
from radar.erasure.eraser import WAITS

PAUSE = timedelta(minutes=15)
"""Time between two tries of what could not be done: a store that is down stays so for more than a
minute.
"""


def has_pending_work(
    connection: sa.Connection,
    now: datetime,
    terms: Terms,
    *,
    can_run: Callable[[Collection[str]], bool],
    unsent: bool = True,
) -> bool:
    """Whether there is such work, and the last try is long enough ago; or a digest is due.

    `can_run`: whether one of these watches can be run; the others wait for their topics. `unsent`:
    messages count, as nobody is sending them.
    """
    newest = connection.execute(
        sa.select(tables.run.c.id, tables.run.c.state, tables.run.c.finished)
        .order_by(tables.run.c.id.desc())
        .limit(1)
    ).one_or_none()
    if newest is None:
        return False
    waits = False
    for envelope in due_envelopes(connection, newest.id, terms, now, rested=True) if unsent else ():
        if any(message.never_failed for message in envelope.messages):
            return True
        waits = True
    if unsent and any(missing_notices(connection, terms, now)):
        return True
    # A run that was stopped or killed is taken up at once; so is one that ended in our future.
    if (
        newest.state == "done"
        and newest.finished is not None
        and -SKEW <= now - newest.finished < PAUSE
    ):
        return False
    unread = sa.select(tables.fetch.c.id).where(tables.fetch.c.state == "pending")
    erasure = tables.erasure.c
    # Labels that could not be removed are tried again by every run; none begins for them.
    unerased = sa.select(erasure.id).where(
        erasure.finished.is_(None), erasure.counts[WAITS].as_string().is_(None)
    )
    behind = watches_behind(connection)
    if waits or (behind and can_run(behind)):
        return True
    return has_backlog(connection) or any(
        connection.execute(query.limit(1)).first() is not None for query in (unread, unerased)
    )
