"""Writing beside a run of another process: SQLite has one writer at a time."""

from __future__ import annotations

import time
from collections.abc import Callable

import sqlalchemy as sa

LONGEST = 120.0
"""Seconds that another process is waited for: a run writes its matches in one go."""


def write_patiently(
    connection: sa.Connection,
    write: Callable[[], bool],
    *,
    stopped: Callable[[], bool] = lambda: False,
) -> bool:
    """Write and commit; returns what `write` does, False if `stopped` before it could.

    While another process writes for longer than SQLite waits by itself, it is tried again; raises
    the driver's error when that takes too long.
    """
    until = time.monotonic() + LONGEST
    while True:
        try:
            done = write()
            connection.commit()
        except sa.exc.OperationalError as error:
            connection.rollback()
            if "database is locked" not in str(error.orig) or time.monotonic() > until:
                raise
            if stopped():
                return False
        else:
            return done
