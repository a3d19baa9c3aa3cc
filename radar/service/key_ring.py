"""Keys and sessions in the database: implements `search_api.access.key_ring.KeyRing`.

It opens the database by itself and takes it as it is: the schema of other tables may be older
(`radar run` brings it up to date), and keys are asked for nevertheless.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa

from indexer.access.keys import AccessKey, any_key, find_key, note_use
from indexer.access.sessions import begin_session, end_session, find_session, rotate_session
from indexer.database import tables
from indexer.database.engine import make_engine, usable
from indexer.records.errors import DatabaseError
from radar.installation.clock import Clock, real_clock
from search_api.access.key_ring import Resumed

NOTED = timedelta(hours=1)
"""The use of a key is noted so often."""
PATIENCE_MILLISECONDS = 2000
"""How long a request waits for a run that is writing."""


class DatabaseKeyRing:
    """The keys in the database with this URL, which may come to exist later."""

    def __init__(self, database: str, clock: Clock = real_clock) -> None:
        self._url = database
        self._clock = clock
        self._lock = threading.Lock()
        self._opened: sa.Engine | None = None

    def any(self) -> bool:
        """Whether there is a key at all."""
        engine = self._engine()
        if engine is None:
            return False
        with usable(), engine.connect() as connection:
            return any_key(connection)

    def find(self, secret: str) -> AccessKey | None:
        """The key that this is; of a feed key, its key with the scope FEEDS."""
        engine = self._engine()
        if engine is None:
            return None
        with usable(), engine.connect() as connection:
            key = find_key(connection, secret)
        if key is not None:
            self._note_use(engine, key)
        return key

    def begin(self, key: AccessKey) -> str:
        """Begin a session; its id."""
        engine = self._engine()
        if engine is None:
            raise DatabaseError("there is no database any more")
        with usable(), engine.begin() as connection:
            return begin_session(connection, key.name, self._clock())

    def resume(self, identity: str) -> Resumed | None:
        """The session with this id, if it is not over; with a new id where its own is old."""
        engine = self._engine()
        if engine is None:
            return None
        now = self._clock()
        with usable(), engine.connect() as connection:
            session = find_session(connection, identity, now)
        if session is None:
            return None
        self._note_use(engine, session.key)
        new_id = None
        if session.needs_rotation(now):
            # A run may be writing: the next request tries again.
            with suppress(DatabaseError), usable(), engine.begin() as connection:
                new_id = rotate_session(connection, session, now)
        return Resumed(session.key, new_id)

    def end(self, identity: str) -> None:
        """End a session."""
        engine = self._engine()
        if engine is not None:
            with usable(), engine.begin() as connection:
                end_session(connection, identity)

    def _note_use(self, engine: sa.Engine, key: AccessKey) -> None:
        now = self._clock()
        if key.used is None or now - key.used >= NOTED:
            with suppress(DatabaseError), usable(), engine.begin() as connection:
                note_use(connection, key.name, now)

    def _engine(self) -> sa.Engine | None:
        """The database, once it has the table of keys."""
        with self._lock:
            if self._opened is None:
                self._opened = _open(self._url)
            return self._opened


def _open(url: str) -> sa.Engine | None:
    parsed = sa.make_url(url)
    sqlite = parsed.get_backend_name() == "sqlite"
    if sqlite and not Path(parsed.database or "").is_file():
        return None
    engine = make_engine(url)
    if sqlite:
        sa.event.listen(engine, "connect", _be_quick)
    with usable(url), engine.connect() as connection:
        if sa.inspect(connection).has_table(tables.access_key.name):
            return engine
    engine.dispose()
    return None


def _be_quick(connection: sa.engine.interfaces.DBAPIConnection, entry: object) -> None:
    del entry
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {PATIENCE_MILLISECONDS}")
    cursor.close()
