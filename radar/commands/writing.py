"""The database for commands that write a row or two, also while a run works."""

from __future__ import annotations

import sqlalchemy as sa

from indexer.records.errors import DatabaseError
from radar.installation.installation import Installation
from radar.run.lock import run_lock


def writer(opened: Installation) -> sa.Engine:
    """The database; where it has to be made or migrated first, no run may be in progress."""
    try:
        engine = opened.open_reader()
    except DatabaseError:
        engine = None
    if engine is not None:
        return engine
    with run_lock(opened.settings.home, opened.settings.database):
        return opened.open_writer()
