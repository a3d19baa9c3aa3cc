"""PostgreSQL's own programs: `pg_dump` into a file, and back by `pg_restore` and `psql`."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from indexer.database import tables
from indexer.database.engine import make_engine, usable
from indexer.database.epochs import installation_id
from indexer.records.errors import BackupError

_VERSION_TABLE = "alembic_version"
_OUR_TABLES = (*tables.metadata.tables, _VERSION_TABLE)
"""A database may be shared with other programs: theirs stay out of it."""
_PLAIN = ("--no-owner", "--no-privileges")
_LOCK_SECONDS = 60
"""How long to wait for those who still read the tables that are replaced."""


@dataclass(frozen=True, slots=True)
class DumpedState:
    """What the dumped database holds."""

    schema: str
    archive_ends: Mapping[str, int]
    installation: str | None


def dump(url: str, target: Path) -> DumpedState | None:
    """Write the database as of one moment; None if nothing of ours is in it yet.

    Raises DatabaseError, and BackupError if pg_dump is missing or fails.
    """
    engine = make_engine(url)
    try:
        with usable(url), engine.connect() as connection:
            connection.execution_options(isolation_level="REPEATABLE READ")
            if not sa.inspect(connection).has_table(_VERSION_TABLE):
                return None
            # pg_dump reads the state that this transaction sees, whatever is written meanwhile.
            snapshot = connection.exec_driver_sql("SELECT pg_export_snapshot()").scalar_one()
            namespace = connection.exec_driver_sql("SELECT current_schema()").scalar_one()
            state = _state(connection)
            names = [f'--table="{namespace}"."{name}"' for name in _OUR_TABLES]
            command = [_program("pg_dump"), "--format=custom", *_PLAIN, *names]
            _run([*command, f"--snapshot={snapshot}", f"--file={target}"], url)
    finally:
        engine.dispose()
    return state


def holds_ours(url: str) -> bool:
    """Whether anything of ours is in the database. Raises DatabaseError."""
    engine = make_engine(url)
    try:
        with usable(url), engine.connect() as connection:
            return sa.inspect(connection).has_table(_VERSION_TABLE)
    finally:
        engine.dispose()


def load(url: str, dumped: Path) -> None:
    """Replace our tables by those of a dump, in one transaction: all of them or none.

    Raises BackupError if pg_restore or psql is missing or fails.
    """
    script = dumped.with_suffix(".sql")
    drop = "; ".join(f'DROP TABLE IF EXISTS "{name}" CASCADE' for name in _OUR_TABLES)
    try:
        # By way of a file: psql would commit what a pipe brings before pg_restore fails.
        _run([_program("pg_restore"), *_PLAIN, f"--file={script}", dumped], None)
        _run(
            [
                _program("psql"),
                "--no-psqlrc",
                "--quiet",
                "--single-transaction",
                "--set=ON_ERROR_STOP=1",
                f"--command=SET lock_timeout = '{_LOCK_SECONDS}s'; {drop}",
                f"--file={script}",
            ],
            url,
        )
    finally:
        script.unlink(missing_ok=True)


def _state(connection: sa.Connection) -> DumpedState:
    version = sa.table(_VERSION_TABLE, sa.column("version_num", sa.String))
    schema = connection.execute(sa.select(version.c.version_num)).scalar_one()
    files = tables.archive_file.c
    ends = connection.execute(sa.select(files.name, files.end)).all()
    # Databases of older versions have no id.
    known = sa.inspect(connection).has_table(tables.installation.name)
    installation = installation_id(connection) if known else None
    return DumpedState(schema, {row.name: row.end for row in ends}, installation)


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise BackupError(
            f"a PostgreSQL database needs the program {name}, which is not on the PATH",
            hint="install PostgreSQL's client programs, of the server's version or newer",
        )
    return found


def _run(command: Sequence[str | Path], url: str | None) -> None:
    """`url`: the database, as an argument; its password goes by the environment, where others
    can't see it.
    """
    place, secret = [], {}
    if url is not None:
        address = sa.make_url(url)
        plain = address.set(drivername="postgresql", password=None)
        place = [f"--dbname={plain.render_as_string()}"]
        secret = {"PGPASSWORD": str(address.password)} if address.password else {}
    ended = subprocess.run(  # noqa: S603  # PostgreSQL's programs
        [*command, *place],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        env={**os.environ, **secret},
    )
    if ended.returncode:
        said = [line for line in ended.stderr.splitlines() if line.strip()]
        raise BackupError(
            f"{Path(command[0]).name} failed: {said[0] if said else 'it said nothing'}",
            hint="PostgreSQL's client programs must be of the server's version or newer",
        )
