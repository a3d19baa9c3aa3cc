"""When a stage that writes for hours commits: in between, SQLite lets nobody else write."""

from __future__ import annotations

import time

import sqlalchemy as sa

from crawler.spiders.journal import SECONDS


class Commits:
    """Commits what is written on a connection, in batches of some entries."""

    def __init__(self, connection: sa.Connection, batch: int) -> None:
        self._connection = connection
        self._batch = batch
        self._entries = 0
        """Entries that are not committed."""
        self._since = 0.0
        """When the first of them was written."""

    def wrote(self) -> None:
        """An entry was written: commit a full batch, or one that has waited long enough."""
        if not self._entries:
            self._since = time.monotonic()
        self._entries += 1
        if self._entries >= self._batch or time.monotonic() - self._since >= SECONDS:
            self.flush()

    def flush(self) -> None:
        """Commit what was written so far; to be called before anything is waited for."""
        if self._entries:
            self._connection.commit()
            self._entries = 0
