"""Collects rows and writes them in batches."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

MOST = 500
"""Rows that wait, at most."""


class Writes:
    """Inserts and updates of single rows, executed together: one of many takes a third of the time.

    Rows wait until `write`. Of each key one waits at most, so that their order means nothing; who
    asks the tables for what may be waiting writes first.
    """

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._waiting: dict[tuple[sa.Executable, tuple[str, ...]], list[Mapping[str, Any]]] = {}
        self._keys: set[str] = set()

    def __contains__(self, key: str) -> bool:
        """Whether something waits for this key."""
        return key in self._keys

    def add(self, statement: sa.Executable, key: str, values: Mapping[str, Any]) -> None:
        """Let a row wait; `statement` is one of a few that are made once."""
        if key in self._keys or len(self._keys) >= MOST:
            self.write()
        self._keys.add(key)
        self._waiting.setdefault((statement, tuple(values)), []).append(values)

    def write(self) -> None:
        """Execute all that waits; the caller commits."""
        waiting, self._waiting = self._waiting, {}
        self._keys.clear()
        for (statement, _), rows in waiting.items():
            self._connection.execute(statement, rows)
