"""How the system of record is opened: engine, schema check and migrations.

Failures of the driver become DatabaseError with a remedy (`usable`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from indexer.records.errors import DatabaseError, DatabaseNewer, DatabaseOutdated, RadarError
from indexer.records.half_characters import value_without_halves
from indexer.records.read_only_disks import why_not_writable

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parents[1] / "migrations"
_STATED = re.compile(r'^(revision|down_revision)\b[^=\n]*= "([^"]+)"', re.MULTILINE)

BUSY_MILLISECONDS = 10_000
"""How long a writer waits for another one; readers never wait (WAL)."""
CONNECT_SECONDS = 10
"""How long a PostgreSQL server is waited for, unless its address says so (`connect_timeout`)."""
_DRIVERS_WITH_TIMEOUT = ("postgresql", "postgresql+psycopg", "postgresql+psycopg2")
LOG_BYTES = 64 << 20
"""What is left of the write-ahead log once it has been carried over: a server that keeps the
database open would otherwise leave it as long as the largest transaction ever was.
"""


def open_database(url: str) -> sa.Engine:
    """Engine for the system of record, its schema brought up to date.

    Raises DatabaseError: not reachable, not writable, or made by a newer version.
    """
    engine = make_engine(url)
    with usable(url):
        _migrate(engine)
    return engine


def open_reader(url: str) -> sa.Engine | None:
    """Engine for reading only; None where there is no database yet.

    Raises DatabaseError: not readable, or made by another version.
    """
    parsed = sa.make_url(url)
    if parsed.get_backend_name() == "sqlite" and not Path(parsed.database or "").is_file():
        return None
    engine = make_engine(url)
    found = False
    try:
        found = has_schema(engine)
    finally:
        if not found:
            engine.dispose()  # a server asks again with every request
    return engine if found else None


def has_schema(engine: sa.Engine) -> bool:
    """Whether there is anything in the database. Raises DatabaseError: not readable, or made, or
    meanwhile migrated, by another version.
    """
    with usable(str(engine.url)), engine.connect() as connection:
        current = _schema_of(connection)
    if current is not None and current != newest_schema():
        raise DatabaseOutdated(
            f"the database was made by an older version of Rohstoffradar (schema {current})",
            hint="`radar run` brings it up to date",
        )
    return current is not None


@contextmanager
def usable(what: str = "database") -> Iterator[None]:
    """Turn the driver's failures (locked, full disk, damaged) into DatabaseError with a remedy."""
    try:
        yield
    except sa.exc.DatabaseError as error:
        # `_note_database` has noted which one it was.
        place = next(iter(getattr(error, "__notes__", ())), what)
        raise _database_error(error, place) from error
    except UnicodeDecodeError as error:
        # The driver fails on its own message when that quotes a damaged schema.
        if not error.object.startswith(b"malformed"):
            raise
        raise damaged_database(error.object.decode(errors="replace")) from error


def is_mistake(error: Exception) -> bool:
    """Whether an error is a mistake in our code, which one page may meet and the next one not; a
    database or a disk that fails does so for all. A row or a value that the database does not take
    is such a mistake.
    """
    if isinstance(error, sa.exc.DataError | sa.exc.IntegrityError):
        return True
    return not isinstance(error, RadarError | OSError | sa.exc.SQLAlchemyError)


def shown_place(url: str) -> str:
    """What messages call a database: an SQLite file by its path, any other without its password."""
    parsed = sa.make_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database:
        return parsed.database
    return parsed.render_as_string(hide_password=True)


@contextmanager
def raising_database_errors() -> Iterator[None]:
    """Turn all failures of the database into DatabaseError.

    `usable` handles those of the driver. SQLAlchemy's own come after them, of a connection that one
    of them has made useless.
    """
    try:
        with usable():
            yield
    except sa.exc.SQLAlchemyError as error:
        raise DatabaseError(f"the database can't be used: {error}") from error


def _database_error(error: sa.exc.DatabaseError, place: str) -> DatabaseError:
    reason = str(error.orig)
    shown = shown_place(place) if "://" in place else place
    # First, for PostgreSQL quotes the values, in which any word may stand.
    if isinstance(error, sa.exc.IntegrityError) and "unique" in reason.lower():
        return DatabaseError(
            "the same was written at the same moment by somebody else",
            hint="look at what is there now, then try again",
        )
    if "locked" in reason:
        return DatabaseError(
            "the database is locked by another program", hint="wait for it to end, then try again"
        )
    if any(sign in reason for sign in _NO_SPACE):
        folder = Path(shown).parent if Path(shown).is_absolute() else shown
        remedy = "free space on its disk"
        if _ANY_FAILURE in reason:
            # Of a disk that the system has made read-only not every system says that it is so.
            remedy += ", or mount it for writing if it can only be read"
        return DatabaseError(
            f"the database in {folder} can't be written: {reason}",
            hint=f"{remedy}, then run again; nothing is lost",
        )
    if any(sign in reason for sign in _DAMAGE):
        return damaged_database(f"{shown}: {reason}")
    if isinstance(error, sa.exc.OperationalError):
        return DatabaseError(
            f"the database can't be opened: {reason}",
            hint=(why_not_writable(Path(shown)) if Path(shown).is_absolute() else None)
            or f"check the path and its rights: {shown}",
        )
    return DatabaseError(
        f"the database can't be used: {reason}",
        hint="restore it from a backup, or move it away and run `radar run` again",
    )


_ANY_FAILURE = "disk I/O"
"""In messages of SQLite: the system has refused to write, whatever the reason."""
_NO_SPACE = ("full", _ANY_FAILURE, "No space left on device")
"""In messages of SQLite, and of PostgreSQL: nothing can be written now."""
_DAMAGE = ("malformed", "not a database", "Could not decode", "no such table", "no such column")
"""In messages of SQLite: what is in the file is not what was written."""


def damaged_database(reason: str) -> DatabaseError:
    """The error for a database whose content is not what was written."""
    return DatabaseError(
        f"the database is damaged: {reason}",
        hint="restore it from a backup; `radar check --deep` says what else is damaged",
    )


def _note_database(context: sa.engine.ExceptionContext) -> None:
    if context.sqlalchemy_exception is not None and context.engine is not None:
        url = context.engine.url.render_as_string(hide_password=True)
        context.sqlalchemy_exception.add_note(url)


def _read_json(written: str | bytes) -> Any:
    """What a driver hands over of a JSON column: SQLite's a text, PostgreSQL's its bytes."""
    try:
        found = json.loads(written)
    except ValueError as error:
        raise damaged_database(f"a value is no JSON: {error}") from error
    # What was stored by earlier versions; `json.dumps` escapes every surrogate so.
    has_halves = b"\\ud" in written if isinstance(written, bytes) else "\\ud" in written
    return value_without_halves(found) if has_halves else found


def make_engine(url: str) -> sa.Engine:
    """Engine for a database as it is; DatabaseError where its driver is missing."""
    arguments = _connect_arguments(url)
    try:
        engine = sa.create_engine(url, json_deserializer=_read_json, connect_args=arguments)
    except ModuleNotFoundError as error:
        raise DatabaseError(
            f"this kind of database needs the Python package {error.name}",
            hint=f"pip install {error.name}, or name another database with RADAR_DATABASE",
        ) from error
    sa.event.listen(engine, "handle_error", _note_database)
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _connect_arguments(url: str) -> dict[str, Any]:
    """A server that gives no answer is not waited for as long as the system does: others wait for
    whoever waits for it.
    """
    parsed = sa.make_url(url)
    bounded = parsed.drivername in _DRIVERS_WITH_TIMEOUT and "connect_timeout" not in parsed.query
    return {"connect_timeout": CONNECT_SECONDS} if bounded else {}


def _prepare_sqlite(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
    """With WAL, readers work beside the writer; FULL makes a commit survive a power cut."""
    del entry
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute(f"PRAGMA journal_size_limit = {LOG_BYTES}")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


# Alembic takes 11 MB and a third of a second to load, and there is seldom anything to migrate: it
# is loaded then only.


def _alembic() -> Config:
    from alembic.config import Config  # noqa: PLC0415  # see above

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


@cache
def _schemas() -> Mapping[str, str | None]:
    """Each schema that is known here, and the one before it, as the migrations state them."""
    found = {}
    for file in (MIGRATIONS / "versions").glob("*.py"):
        stated = dict(_STATED.findall(file.read_text("utf-8")))
        if "revision" in stated:
            found[stated["revision"]] = stated.get("down_revision") or None
    return found


def newest_schema() -> str:
    """Name of the schema that this version works with."""
    schemas = _schemas()
    [newest] = schemas.keys() - set(schemas.values())
    return newest


def _schema_of(connection: sa.Connection) -> str | None:
    """Schema of the database; None: it has none yet. DatabaseNewer for an unknown one."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    if found is None:
        return None
    check_schema(str(found), "database")
    return str(found)


def check_schema(schema: str, what: str) -> None:
    """DatabaseNewer if a newer version made this schema of `what` (the database, a backup)."""
    if schema not in _schemas():
        raise DatabaseNewer(
            f"the {what} was made by a newer version of Rohstoffradar (schema {schema})",
            hint="update Rohstoffradar, or name another one",
        )


def _migrate(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        if _schema_of(connection) == newest_schema():
            return
        from alembic import command  # noqa: PLC0415  # see above

        if connection.dialect.name == "sqlite":
            # Its driver begins no transaction for DDL: killed in between, half a schema would stay.
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        config = _alembic()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
