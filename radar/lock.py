"""One run at a time: a lock that the system frees when the process ends, however it ends."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.errors import DatabaseError, RunInProgress


@contextmanager
def run_lock(home: Path) -> Iterator[None]:
    """Hold the data folder for one run; RunInProgress if another one holds it."""
    with _lock(home, "run"):
        yield


@contextmanager
def rebuild_lock(home: Path) -> Iterator[None]:
    """One rebuild at a time, beside which runs go on; RunInProgress if another one goes on."""
    with _lock(home, "rebuild"):
        yield


@contextmanager
def _lock(home: Path, what: str) -> Iterator[None]:
    try:
        home.mkdir(parents=True, exist_ok=True)
        handle = (home / f"{what}.lock").open("a+", encoding="utf-8")
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
