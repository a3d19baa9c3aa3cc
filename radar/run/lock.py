"""One run at a time: locks that are freed when the process ends, however it ends."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext, suppress
from pathlib import Path

import sqlalchemy as sa

from indexer.database.engine import make_engine, usable
from indexer.records.errors import DatabaseError, RunInProgress

_RUN_KEY = 0x526F6873746F6666
"""Of the lock of runs in a PostgreSQL database: "Rohstoff"."""
_DELIVERY_KEY = _RUN_KEY + 1
"""Of the lock of deliveries there."""
_READERS = "readers.lock"
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 10.0
"""Seconds between two tries to get a lock that is waited for, at first and at most."""
_ALIVE = {"tcp_keepalives_idle": 30, "tcp_keepalives_interval": 10, "tcp_keepalives_count": 6}
"""Seconds of silence after which the server asks, seconds between two questions, and how many."""


@contextmanager
def run_lock(home: Path, database: str | None = None) -> Iterator[None]:
    """Hold the data folder and the database file for one run; RunInProgress if another one does.

    `database` is its SQLAlchemy URL: two data folders may share one database.
    """
    with ExitStack() as held:
        held.enter_context(_lock(home / "run.lock", "run"))
        if database is not None:
            held.enter_context(_database_lock(database, "run", ".lock", _RUN_KEY))
        yield


@contextmanager
def run_lock_in_turn(
    home: Path, database: str | None, tell: Callable[[str], None]
) -> Iterator[None]:
    """As `run_lock`, as soon as it is free; `tell` is called once with what has it."""
    with ExitStack() as held:
        is_told, pause = False, _FIRST_PAUSE
        while True:
            try:
                held.enter_context(run_lock(home, database))
                break
            except RunInProgress as error:
                if not is_told:
                    tell(error.message)
                is_told = True
                time.sleep(pause)
                pause = min(pause * 1.5, _LONGEST_PAUSE)
        yield


def delivery_lock(database: str) -> AbstractContextManager[None]:
    """Send the messages of a database, one process at a time; RunInProgress if another one does.

    Runs do not need it: they crawl while an earlier one waits for a mail server.
    """
    return _database_lock(database, "delivery", ".delivery.lock", _DELIVERY_KEY)


def _database_lock(database: str, what: str, suffix: str, key: int) -> AbstractContextManager[None]:
    """A file beside an SQLite database; an advisory lock in one of PostgreSQL."""
    url = sa.make_url(database)
    if url.get_backend_name() == "postgresql":
        return _server_lock(database, what, key)
    return _lock(Path(f"{url.database}{suffix}"), what) if url.database else nullcontext()


@contextmanager
def _server_lock(database: str, what: str, key: int) -> Iterator[None]:
    """Hold a PostgreSQL database, whatever machines share it, by a connection of its own.

    The server frees it as soon as the connection is gone: at once when the process ends, and
    when its machine no longer answers, after the time that is set here.
    """
    engine = make_engine(database)
    with ExitStack() as held:
        held.callback(engine.dispose)
        with usable(database):
            connection = held.enter_context(engine.connect())
            # No transaction stays open meanwhile: it would keep the server from tidying up.
            connection = connection.execution_options(isolation_level="AUTOCOMMIT")
            for name, value in _ALIVE.items():
                connection.execute(sa.select(sa.func.set_config(name, str(value), False)))
            free = connection.execute(sa.select(sa.func.pg_try_advisory_lock(key))).scalar_one()
        if not free:
            raise RunInProgress(
                (
                    f"another {what} is in progress on the database {engine.url.database}, perhaps "
                    "on another machine"
                ),
                hint="wait for it to end, or stop it",
            )
        yield


@contextmanager
def rebuild_lock(home: Path) -> Iterator[None]:
    """One rebuild at a time, beside runs; RunInProgress if another one is in progress."""
    with _lock(home / "rebuild.lock", "rebuild"):
        yield


@contextmanager
def up_lock(home: Path) -> Iterator[None]:
    """One `radar up` for each data folder; RunInProgress if another one is running."""
    with _lock(home / "up.lock", "`radar up`"):
        yield


@contextmanager
def readers_lock(home: Path) -> Iterator[None]:
    """Say that a web server or a backup reads the data folder; it waits for a restore to end.

    Any number may read, and none needs the right to write there.
    """
    try:
        handle = (home / _READERS).open("a+", encoding="utf-8")
    except OSError:
        yield
        return
    with handle:
        with suppress(OSError):  # where nothing can be locked, nothing can be restored either
            fcntl.flock(handle, fcntl.LOCK_SH)
        yield


@contextmanager
def whole_lock(home: Path, database: str) -> Iterator[None]:
    """Hold the data folder and the database against runs, deliveries, rebuilds,
    servers and backups; RunInProgress if there is one.
    """
    with ExitStack() as held:
        held.enter_context(up_lock(home))
        held.enter_context(_lock(home / _READERS, "`radar serve` or `radar backup`"))
        held.enter_context(run_lock(home, database))
        held.enter_context(delivery_lock(database))
        held.enter_context(rebuild_lock(home))
        yield


@contextmanager
def _lock(path: Path, what: str) -> Iterator[None]:
    home = path.parent
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
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
        except OSError as error:
            raise DatabaseError(
                f"no file can be locked in {home}: {error.strerror}",
                hint="keep data folder and database on a disk of this machine: its file system "
                "knows no locks, and two runs at once would do damage",
            ) from error
        yield
