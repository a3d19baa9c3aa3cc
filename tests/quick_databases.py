"""Databases of a process of tests, opened in a fraction of the work.

To go through all migrations takes forty times as long as to copy what comes of them; to compile the
statements of the program anew for each engine takes a quarter of what tests over a database do; and
a commit waits for the disk, for the sake of a power cut, which no test makes: what a process has
committed before it is killed is there without. Databases that are there already are migrated by the
program itself, and processes that are started cold know nothing of this.
"""

from __future__ import annotations

import os
import tempfile
import threading
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPIConnection, Dialect
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.util import LRUCache

from indexer.database import engine as database

if TYPE_CHECKING:
    import pytest

STATEMENTS = 4_000
"""How many compiled ones are kept."""
_RIGHTS = 0o644
"""Of a file that SQLite makes."""

_make_engine = database.make_engine
_migrate = database._migrate
_compiled: LRUCache[Any, Any] = LRUCache(STATEMENTS)


def begin() -> None:
    """From now on in this process, and in those that are forked from it."""
    database.make_engine = make_engine
    database._migrate = migrate


def end(monkeypatch: pytest.MonkeyPatch) -> None:
    """For a test to which all this matters."""
    monkeypatch.setattr(database, "make_engine", _make_engine)
    monkeypatch.setattr(database, "_migrate", _migrate)


@cache
def empty_database() -> bytes:
    """The file of one with nothing in it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "empty.db")
        engine = _make_engine(f"sqlite:///{file}")
        _migrate(engine)
        engine.dispose()
        return file.read_bytes()


@cache
def _dialect() -> Dialect:
    """That of all engines: compiled statements are those of a dialect."""
    engine = _make_engine("sqlite://")
    engine.connect().close()  # it learns what this SQLite can do
    engine.dispose()
    return engine.dialect


def make_engine(url: str) -> sa.Engine:
    """As the program's: one that shares compiled statements, and does not wait for the disk."""
    engine = _make_engine(url)
    if engine.dialect.name == "sqlite":
        engine.dialect = _dialect()
        engine._compiled_cache = _compiled
        sa.event.listen(engine, "connect", _without_waiting)
    return engine


def _without_waiting(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
    del entry
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous = OFF")
    cursor.close()


def migrate(engine: sa.Engine) -> None:
    """As the program's; a file that is not there yet begins as a copy of an empty one."""
    if engine.dialect.name == "sqlite" and engine.url.database:
        file = Path(engine.url.database)
        # A log of an earlier file is cleared away where the new one begins with no byte only.
        if not file.exists() and not file.with_name(f"{file.name}-wal").exists():
            _copy_empty_database(file)
    _migrate(engine)


def _copy_empty_database(file: Path) -> None:
    """At one go, as others may open it; where that is not possible, the program says why."""
    new = file.with_name(f"{file.name}-{os.getpid()}-{threading.get_ident()}")
    with suppress(OSError):
        try:
            new.touch(_RIGHTS, exist_ok=False)
            new.write_bytes(empty_database())
            os.link(new, file)
        finally:
            new.unlink(missing_ok=True)
