"""Keys and sessions in the database: implements `search_api.access.key_ring.KeyRing`.

It opens the database by itself and takes it as it is: the schema of other tables may be older
(`radar run` brings it up to date), and keys are asked for nevertheless. Where it is gone, nobody
knows whether there are keys: that is an error, and not the same as having none.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
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
from radar.service.database_file import file_of, missing_database
from search_api.access.key_ring import Resumed

NOTED = timedelta(hours=1)
"""The use of a key is noted so often."""
PATIENCE_MILLISECONDS = 2000
"""How long a request waits for a run that is writing."""


class DatabaseKeyRing:
    """The keys in the database with this URL, which may come to exist later."""

    def __init__(
        self, database: str, clock: Clock = real_clock, *, made_with_it: Sequence[Path] = ()
    ) -> None:
        """`made_with_it`: folders that stay empty until there is a database."""
        self._url = database
        self._clock = clock
        self._made_with_it = made_with_it
        self._seen = False
        """Whether there was a database since this process began."""
        self._file: tuple[int, int] | None = None
        self._keyed_file: tuple[int, int] | None = None
        """The last one in which there was a key."""
        self._lock = threading.Lock()
        self._opened: sa.Engine | None = None

    def any(self) -> bool:
        """Whether there is a key at all, or was one in a database that another one replaced."""
        engine = self._engine()
        if engine is None:
            return False
        with usable(), engine.connect() as connection:
            found = any_key(connection)
        return self._note_keys(found=found)

    def find(self, secret: str) -> AccessKey | None:
        """The key that this is; of a feed key, its key with the scope FEEDS."""
        engine = self._engine()
        if engine is None:
            return None
        with usable(), engine.connect() as connection:
            key = find_key(connection, secret)
        if key is not None:
            self._note_keys(found=True)
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

    def _note_keys(self, *, found: bool) -> bool:
        """Whether keys are asked for: a run makes a database without any where one was lost."""
        with self._lock:
            if found:
                self._keyed_file = self._file
            return found or self._keyed_file not in (None, self._file)

    def _note_use(self, engine: sa.Engine, key: AccessKey) -> None:
        now = self._clock()
        if key.used is None or abs(now - key.used) >= NOTED:
            with suppress(DatabaseError), usable(), engine.begin() as connection:
                note_use(connection, key.name, now)

    def _engine(self) -> sa.Engine | None:
        """The database, once it has the table of keys; DatabaseError if it is missing."""
        with self._lock:
            file = file_of(self._url)
            if self._opened is not None and file != self._file:
                # Open connections would go on with the file that was put away.
                self._opened.dispose()
                self._opened = None
            if self._opened is None:
                self._opened, self._file = _open(self._url, self._was_there), file
                self._seen = self._seen or self._opened is not None
            return self._opened

    def _was_there(self) -> bool:
        """Whether there must have been a database."""
        return self._seen or any(
            path.is_file() for folder in self._made_with_it for path in folder.rglob("*")
        )


def _open(url: str, was_there: Callable[[], bool]) -> sa.Engine | None:
    """The database with the table of keys. None: a new installation, or an older version's."""
    parsed = sa.make_url(url)
    sqlite = parsed.get_backend_name() == "sqlite"
    found: list[str] = []
    if not sqlite or Path(parsed.database or "").is_file():
        engine = make_engine(url)
        if sqlite:
            sa.event.listen(engine, "connect", _be_quick)
        with usable(url), engine.connect() as connection:
            found = sa.inspect(connection).get_table_names()
        if tables.access_key.name in found:
            return engine
        engine.dispose()
    if not found and was_there():
        raise missing_database(url)
    return None


def _be_quick(connection: sa.engine.interfaces.DBAPIConnection, entry: object) -> None:
    del entry
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {PATIENCE_MILLISECONDS}")
    cursor.close()
