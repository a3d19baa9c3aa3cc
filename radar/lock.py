"""One run at a time: a lock that the system frees when the process ends, however it ends."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import sqlalchemy as sa

from indexer.errors import DatabaseError, RunInProgress


@contextmanager
def run_lock(home: Path, database: str | None = None) -> Iterator[None]:
    """Hold the data folder and the database file for one run; RunInProgress if another one does.

    `database` is its SQLAlchemy URL: two data folders may share one database.
    """
    file = sa.make_url(database).database if database else None
    with ExitStack() as held:
        held.enter_context(_lock(home / "run.lock", "run"))
        if file and sa.make_url(database or "").get_backend_name() == "sqlite":
            held.enter_context(_lock(Path(f"{file}.lock"), "run"))
        yield


@contextmanager
def rebuild_lock(home: Path) -> Iterator[None]:
    """One rebuild at a time, beside which runs go on; RunInProgress if another one goes on."""
    with _lock(home / "rebuild.lock", "rebuild"):
        yield


@contextmanager
def up_lock(home: Path) -> Iterator[None]:
    """One `radar up` for a data folder; RunInProgress if another one goes on."""
    with _lock(home / "up.lock", "`radar up`"):
        yield


@contextmanager
def _lock(path: Path, what: str) -> Iterator[None]:
    home = path.parent
    try:
        home.mkdir(parents=True, exist_ok=True)
        handle = path.open("a+", encoding="utf-8")
    except OSError as error:
        raise DatabaseError(
            f"the data folder can't be written: {error.strerror}: {home}",
            hint="name another one with RADAR_HOME",
        ) from error
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise RunInProgress(
                f"another {what} is in progress in {home}", hint="wait for it to end, or stop it"
            ) from error
        yield
