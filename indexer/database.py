"""The system of record: tables, engine and migrations (SQLAlchemy Core; SQLite now, PostgreSQL by the same code).

Here belong the tables and how a connection is opened. What the rows mean to a run is in
`indexer.ledger` (addresses, fetches, outcomes), `indexer.documents` and `indexer.revisions`,
`indexer.backlog` (what the search store lacks), `indexer.events` and `indexer.alerts`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from indexer.errors import DatabaseError

BUSY_MILLISECONDS = 10_000
"""How long a writer waits for another one; readers never wait (WAL)."""


class Instant(sa.TypeDecorator[datetime]):
    """An aware UTC datetime; kept without zone, because SQLite knows none."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Aware → naive UTC."""
        del dialect
        return value.astimezone(UTC).replace(tzinfo=None) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Naive UTC → aware."""
        del dialect
        return value.replace(tzinfo=UTC) if value is not None else None


metadata = sa.MetaData()

run = sa.Table(
    "run",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("started", Instant, nullable=False),
    sa.Column("finished", Instant),
    sa.Column("state", sa.String(16), nullable=False),  # running, done, interrupted
    sa.Column("arguments", sa.JSON, nullable=False),
    sa.Column("summary", sa.JSON),
    sqlite_autoincrement=True,
)

# One row for each source of a run: how it went, and why.
source_run = sa.Table(
    "source_run",
    metadata,
    sa.Column("run", sa.ForeignKey("run.id"), primary_key=True),
    sa.Column("source", sa.String(64), primary_key=True),
    sa.Column("state", sa.String(24), nullable=False),
    sa.Column("reason", sa.Text),
    sa.Column("finished", Instant, nullable=False),
    sa.Index("source_run_source", "source", "run"),
)

# Set when a source has been crawled to the end for the first time: until then its matches are a "first look".
source = sa.Table(
    "source",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("first_crawled", Instant),
    sa.Column("last_crawled", Instant),
)

# State of every known address, page or discovery document.
address = sa.Table(
    "address",
    metadata,
    sa.Column("url", sa.Text, primary_key=True),
    sa.Column("source", sa.String(64), nullable=False),
    sa.Column("kind", sa.String(9), nullable=False),  # page, discovery
    sa.Column("title", sa.Text),  # as discovery stated it
    sa.Column("published", sa.String(32)),  # as discovery stated it
    sa.Column("etag", sa.Text),
    sa.Column("last_modified", sa.Text),
    sa.Column("lastmod", Instant),  # stated by discovery when it was last fetched
    sa.Column("first_seen", Instant, nullable=False),
    sa.Column("last_fetch", Instant),
    sa.Column("status", sa.Integer),
    sa.Column("failures", sa.Integer, nullable=False, default=0),
    sa.Column("unchanged", sa.Integer, nullable=False, default=0),
    sa.Column("next_due", Instant, nullable=False),
    sa.Column("document", sa.String(16)),
    sa.Column("last_outcome", sa.String(16)),
    sa.Index("address_due", "source", "kind", "next_due"),
    sqlite_with_rowid=False,
)

# Each page address (and discovery document) of a run ends in exactly one outcome.
visit = sa.Table(
    "visit",
    metadata,
    sa.Column("run", sa.ForeignKey("run.id"), primary_key=True),
    sa.Column("url", sa.Text, primary_key=True),
    sa.Column("source", sa.String(64), nullable=False),
    sa.Column("kind", sa.String(9), primary_key=True),  # page, discovery
    sa.Column("outcome", sa.String(16), nullable=False),
    sa.Column("reason", sa.Text),
    sa.Column("document", sa.String(16)),
    sa.Index("visit_outcome", "run", "source", "kind", "outcome"),
    sa.Index("visit_document", "run", "document"),
    sqlite_with_rowid=False,
)

# An archived answer that is to be read; `state`: pending, read, quarantined, not-kept (consent wall, soft 404).
fetch = sa.Table(
    "fetch",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("run", sa.ForeignKey("run.id"), nullable=False),
    sa.Column("source", sa.String(64), nullable=False),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("final_url", sa.Text, nullable=False),
    sa.Column("known", sa.Boolean, nullable=False),  # whether the page was known before
    sa.Column("status", sa.Integer, nullable=False),
    sa.Column("content_type", sa.Text),
    sa.Column("fetched_at", Instant, nullable=False),
    sa.Column("file", sa.Text, nullable=False),
    sa.Column("offset", sa.BigInteger, nullable=False),
    sa.Column("length", sa.BigInteger, nullable=False),
    sa.Column("truncated", sa.Boolean, nullable=False),
    sa.Column("given", sa.JSON),  # of an imported page: what was handed in with it
    sa.Column("state", sa.String(12), nullable=False),
    sa.Column("reason", sa.Text),
    sa.Column("extractor", sa.Integer),
    sa.Index("fetch_state", "state", "id"),
    sa.Index("fetch_url", "url", "id"),
    sqlite_autoincrement=True,
)

# End of the last committed record of each archive file.
archive_file = sa.Table(
    "archive_file",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("end", sa.BigInteger, nullable=False),
)

document = sa.Table(
    "document",
    metadata,
    sa.Column("id", sa.String(16), primary_key=True),
    sa.Column("url", sa.Text, nullable=False, unique=True),
    sa.Column("source", sa.String(64), nullable=False),
    sa.Column("first_seen", Instant, nullable=False),
    sa.Column("last_seen", Instant, nullable=False),
    sa.Column("last_outcome", sa.String(16), nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("published", sa.String(32)),
    sa.Column(
        "fetch", sa.ForeignKey("fetch.id"), nullable=False
    ),  # whose bytes it was last read from
    sa.Column("indexed", sa.Integer, nullable=False),  # revision that the search store has; 0: none
    sa.Column("rejected", sa.Text),  # why the search store refuses it
    sa.Column(
        "moved_to", sa.String(16)
    ),  # document that goes on for this one; never one that moved
    # Whether its events are linked with those of others; false: the next run does it, telling no watch.
    sa.Column("linked", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Index("document_source", "source", "published"),
    sa.Index("document_backlog", "indexed", "revision"),
    sa.Index("document_moved", "moved_to"),
)

revision = sa.Table(
    "revision",
    metadata,
    sa.Column("document", sa.ForeignKey("document.id"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("seq", sa.Integer, nullable=False, unique=True),  # ingest sequence number
    sa.Column("run", sa.ForeignKey("run.id"), nullable=False),
    sa.Column("fetch", sa.ForeignKey("fetch.id"), nullable=False),
    sa.Column("extractor", sa.Integer, nullable=False),
    sa.Column("created", Instant, nullable=False),
    sa.Column("page", sa.JSON, nullable=False),
    sa.Column("added", sa.JSON),  # fingerprints of the added passages; null: a new document
    sa.Column(
        "removed", sa.JSON
    ),  # fingerprints of passages of the revision before; null: not noted
    sa.Column("first_look", sa.Boolean, nullable=False),
)

# Something people come together for, whatever the number of documents that tell of it.
event = sa.Table(
    "event",
    metadata,
    sa.Column("id", sa.String(16), primary_key=True),
    sa.Column("known", sa.JSON, nullable=False),  # date, place, status as last stated
    sa.Column("stated", sa.String(32), nullable=False),  # day on which they were
)

# An event as a document's current revision tells of it.
event_document = sa.Table(
    "event_document",
    metadata,
    sa.Column("document", sa.ForeignKey("document.id"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),  # place in the page's list of events
    sa.Column("event", sa.ForeignKey("event.id"), nullable=False),
    sa.Column("reason", sa.Text),  # why it is that event; null: its first document
    sa.Column("series", sa.Text),
    sa.Column("ordinal", sa.Integer),
    sa.Column("first_day", sa.Integer),  # as `date.toordinal` counts; null: not known to the month
    sa.Column("last_day", sa.Integer),
    sa.Column("facts", sa.JSON, nullable=False),
    sa.Index("event_document_event", "event"),
    sa.Index("event_document_series", "series", "ordinal"),
    sa.Index("event_document_days", "first_day", "last_day"),
)

# An event known before was moved or cancelled, and which revision says so.
event_change = sa.Table(
    "event_change",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("event", sa.ForeignKey("event.id"), nullable=False),
    sa.Column("change", sa.String(16), nullable=False),  # event-moved, event-cancelled
    sa.Column("what", sa.String(8), nullable=False),  # date, city, country, venue, status
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("old", sa.Text),
    sa.Column("new", sa.Text),  # null: not said
    sa.Column("document", sa.ForeignKey("document.id"), nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("run", sa.ForeignKey("run.id"), nullable=False),
    sa.Column("created", Instant, nullable=False),
    sa.Column("evidence", sa.JSON),  # passage that says so: {text, marks}
    sa.Column("first_look", sa.Boolean, nullable=False),
    sa.Index("event_change_event", "event"),
    sqlite_autoincrement=True,
)

watch = sa.Table(
    "watch",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("query", sa.Text, nullable=False),
    sa.Column("created", Instant, nullable=False),
    sa.Column("cursor", sa.Integer, nullable=False),  # ingest sequence number it has seen
    sa.Column(
        "event_cursor", sa.Integer, nullable=False, server_default="0"
    ),  # event change it has seen
    sa.Column("active", sa.Boolean, nullable=False),
)

match = sa.Table(
    "match",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("watch", sa.ForeignKey("watch.id"), nullable=False),
    sa.Column("document", sa.ForeignKey("document.id"), nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("run", sa.ForeignKey("run.id"), nullable=False),
    sa.Column("created", Instant, nullable=False),
    sa.Column("passages", sa.JSON, nullable=False),  # [{text, marks}]
    sa.Column("terms", sa.JSON, nullable=False),
    sa.Column("change", sa.String(16), nullable=False),
    sa.Column("events", sa.JSON),  # ids of the event changes that it tells
    sa.Column("state", sa.String(12), nullable=False),  # pending, sent, suppressed
    sa.Column("reason", sa.Text),
    sa.Column("first_look", sa.Boolean, nullable=False),
    sa.UniqueConstraint("watch", "document", "revision"),
    sa.Index("match_watch", "watch", "id"),
    sqlite_autoincrement=True,
)

# What makes a match come once only.
matched_passage = sa.Table(
    "matched_passage",
    metadata,
    sa.Column("watch", sa.ForeignKey("watch.id"), primary_key=True),
    sa.Column("document", sa.ForeignKey("document.id"), primary_key=True),
    sa.Column("fingerprint", sa.String(32), primary_key=True),
    sa.Column("match", sa.ForeignKey("match.id"), nullable=False),
    sqlite_with_rowid=False,
)

# Messages to deliver: one for each watch, run, channel and group (new, first-look).
outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("key", sa.String(36), primary_key=True),
    sa.Column("watch", sa.ForeignKey("watch.id"), nullable=False),
    sa.Column("run", sa.ForeignKey("run.id"), nullable=False),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("first_look", sa.Boolean, nullable=False),
    sa.Column("matches", sa.JSON, nullable=False),  # ids
    sa.Column("created", Instant, nullable=False),
    sa.Column("state", sa.String(8), nullable=False),  # pending, sent, dropped
    sa.Column("sent", Instant),
    sa.Column("attempts", sa.Integer, nullable=False, default=0),
    sa.Column("next_attempt", Instant, nullable=False),
    sa.Index("outbox_state", "state", "next_attempt"),
)

attempt = sa.Table(
    "attempt",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("message", sa.ForeignKey("outbox.key"), nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("error", sa.Text),  # null: delivered
    sqlite_autoincrement=True,
)


def open_database(url: str) -> sa.Engine:
    """Engine for the system of record, its schema brought up to date.

    Raises DatabaseError: not reachable, not writable, or made by a newer version.
    """
    engine = _engine(url)
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
    engine = _engine(url)
    script = ScriptDirectory.from_config(_alembic())
    with usable(url), engine.connect() as connection:
        current = _schema_of(connection, script)
    if current is None:
        return None
    if current != script.get_current_head():
        raise DatabaseError(
            f"the database was made by an older version of Rohstoffradar (schema {current})",
            hint="`radar run` brings it up to date",
        )
    return engine


@contextmanager
def usable(what: str = "database") -> Iterator[None]:
    """Turn the driver's failures (locked, full disk, not a database) into DatabaseError with a remedy."""
    try:
        yield
    except sa.exc.OperationalError as error:
        raise _database_error(str(error.orig), what) from error
    except sa.exc.DatabaseError as error:
        raise DatabaseError(
            f"the database can't be used: {error.orig}",
            hint="restore it from a backup, or move it away and run `radar run` again",
        ) from error


def _database_error(reason: str, what: str) -> DatabaseError:
    if "locked" in reason:
        return DatabaseError(
            "the database is locked by another program", hint="wait for it to end, then try again"
        )
    if "full" in reason or "disk I/O" in reason:
        return DatabaseError(
            f"the database can't be written: {reason}",
            hint="free space on its disk, then run again; nothing is lost",
        )
    shown = sa.make_url(what).render_as_string(hide_password=True) if "://" in what else what
    return DatabaseError(
        f"the database can't be opened: {reason}", hint=f"check the path and its rights: {shown}"
    )


def _engine(url: str) -> sa.Engine:
    try:
        engine = sa.create_engine(url)
    except ModuleNotFoundError as error:
        raise DatabaseError(
            f"this kind of database needs the Python package {error.name}",
            hint=f"pip install {error.name}, or name another database with RADAR_DATABASE",
        ) from error
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
    """WAL lets readers go on beside the writer; FULL makes a commit survive a power cut."""
    del entry
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _alembic() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def _schema_of(connection: sa.Connection, script: ScriptDirectory) -> str | None:
    """Schema of the database; None: it has none yet. DatabaseError for one that is not known here."""
    current = MigrationContext.configure(connection).get_current_revision()
    if current is not None and current not in {s.revision for s in script.walk_revisions()}:
        raise DatabaseError(
            f"the database was made by a newer version of Rohstoffradar (schema {current})",
            hint="update Rohstoffradar, or name another database with RADAR_DATABASE",
        )
    return current


def _migrate(engine: sa.Engine) -> None:
    config = _alembic()
    script = ScriptDirectory.from_config(config)
    with engine.begin() as connection:
        current = _schema_of(connection, script)
        if current != script.get_current_head():
            if connection.dialect.name == "sqlite":
                # Its driver begins no transaction for DDL: killed in between, half a schema would stay.
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
