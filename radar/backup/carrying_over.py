"""Orders that a restore must not undo: what the database in place knows to be forgotten stays so,
and whom it lets in decides who is let in.

They are entered into the copy that takes its place, before it does. Nothing is carried over from a
database that can't be read, which is said, nor from that of another installation. One that a run
has begun anew, where the other was lost, has revoked no key: its own are added to those of the
backup, but for one that is called like another of the backup. SQLite only.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from pathlib import Path

from indexer.records.errors import BackupError
from radar.erasure.erased_pages import page_key
from radar.erasure.eraser import COUNTED

_ACCESS = ("access_session", "access_key")
_NEW_ACCESS = (
    "INSERT OR IGNORE INTO main.access_key SELECT * FROM present.access_key",
    # A session names its key, and has the rights of the key that is called so.
    """
    INSERT OR IGNORE INTO main.access_session SELECT * FROM present.access_session WHERE key IN (
        SELECT name FROM main.access_key JOIN present.access_key USING (name, digest)
    )
    """,
)
_ORDERS = ("forgotten", "forgetting")
_UNWRITTEN = ("SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_FSYNC", "SQLITE_IOERR_DIR_FSYNC")
"""Errors of SQLite that can only be of the database that is written."""
_URLS = "SELECT url FROM document UNION SELECT url FROM address"
_NEW_KEYS = "SELECT key FROM present.forgotten EXCEPT SELECT key FROM main.forgotten"
_RUNS = """
    SELECT EXISTS (SELECT 1 FROM main.run),
        EXISTS (SELECT 1 FROM main.run JOIN present.run USING (id, started))
"""
_NEW_SOURCES = """
    SELECT DISTINCT what FROM present.forgetting AS theirs WHERE kind = 'source' AND NOT EXISTS (
        SELECT 1 FROM main.forgetting AS ours
        WHERE ours.kind = 'source' AND ours.what = theirs.what AND ours.started = theirs.started
    )
"""


def carry_over(present: Path, restored: Path) -> int | None:
    """Enter into `restored` what `present` has been ordered since; returns the number of pages and
    sources that are to be forgotten again, which the next run does at the latest. None: `present`
    can't be read, or the backup is older than such orders. Raises BackupError where `restored`
    can't be written.
    """
    with contextlib.closing(sqlite3.connect(restored, isolation_level=None)) as connection:
        connection.create_function("page_key", 1, page_key, deterministic=True)
        try:
            connection.execute("ATTACH ? AS present", (f"{present}",))
            connection.execute("BEGIN")
            orders = _carry(connection) if _same_installation(connection) else 0
            connection.execute("COMMIT")
        except sqlite3.DatabaseError as error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            # Errors that Python finds, such as text that is no UTF-8, have no name of SQLite's.
            if getattr(error, "sqlite_errorname", "").startswith(_UNWRITTEN):
                raise BackupError(
                    f"what was forgotten since the backup can't be entered: {error}: {restored}",
                    hint="free space there; nothing was changed",
                ) from error
            return None
    return orders


def _carry(connection: sqlite3.Connection) -> int | None:
    if all(_alike(connection, table) for table in _ACCESS):
        for table in () if _is_begun_anew(connection) else _ACCESS:
            connection.execute(f"DELETE FROM main.{table}")  # noqa: S608  # names from above
        for statement in _NEW_ACCESS:
            connection.execute(statement)
    if not all(_columns(connection, "present", table) for table in _ORDERS):
        return 0
    if not all(_alike(connection, table) for table in _ORDERS):
        return None
    found = connection.execute(f"SELECT url FROM ({_URLS}) WHERE page_key(url) IN ({_NEW_KEYS})")  # noqa: S608
    pages = {page_key(url): url for (url,) in found}
    sources = [what for (what,) in connection.execute(_NEW_SOURCES)]
    connection.execute(
        f"INSERT INTO main.forgotten SELECT * FROM present.forgotten WHERE key IN ({_NEW_KEYS})"  # noqa: S608
    )
    orders = [*(("page", url) for url in pages.values()), *(("source", what) for what in sources)]
    for kind, what in orders:
        connection.execute(
            "INSERT INTO main.forgetting (kind, what, started, counts) "
            "VALUES (?, ?, strftime('%Y-%m-%d %H:%M:%f000', 'now'), ?)",
            (kind, what, json.dumps(dict.fromkeys(COUNTED, 0))),
        )
    return len(orders)


def _is_begun_anew(connection: sqlite3.Connection) -> bool:
    """Whether the database in place knows none of the runs of the backup."""
    if not _alike(connection, "run"):
        return False
    runs, shared = connection.execute(_RUNS).fetchone()
    return bool(runs) and not shared


def _same_installation(connection: sqlite3.Connection) -> bool:
    """Whether nothing speaks against it."""
    if not _alike(connection, "installation"):
        return True
    ours, theirs = (
        connection.execute(f"SELECT id FROM {name}.installation").fetchone()  # noqa: S608
        for name in ("main", "present")
    )
    return ours is None or theirs is None or ours == theirs


def _alike(connection: sqlite3.Connection, table: str) -> bool:
    """Whether both databases have the table, with the same columns."""
    ours, theirs = (_columns(connection, name, table) for name in ("main", "present"))
    return bool(ours) and ours == theirs


def _columns(connection: sqlite3.Connection, database: str, table: str) -> list[str]:
    """Of a table of `main` or `present`; none where there is no such table."""
    query = f"SELECT name FROM pragma_table_info('{table}', '{database}')"  # noqa: S608
    return [name for (name,) in connection.execute(query)]
