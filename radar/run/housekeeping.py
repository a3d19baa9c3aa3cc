"""The last step of a run: rows that only tell of runs and messages long past are removed.

What grows without end otherwise is documents, their revisions and matches, and the archive.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from indexer.alerts.outbox import remove_past_messages
from indexer.frontier.past_runs import reduce_past_runs

KEPT = timedelta(days=100)
"""How long outcomes and summaries of runs, and messages that have been sent, are kept."""


def keep_house(connection: sa.Connection, now: datetime) -> None:
    """Remove what is older; SQLite uses the space again."""
    reduce_past_runs(connection, now - KEPT)
    remove_past_messages(connection, now - KEPT)
