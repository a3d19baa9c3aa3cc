"""Keys: how they are made, recognised and revoked.

A key is 256 random bits. The database has its SHA-256 only: a slow hash, which passwords need,
protects what can be guessed, and this can't. Digests are compared in constant time, with every key
that there is.

Each key has a feed key, derived from it by HMAC: it opens feeds and nothing else, can't be turned
back into the key, and ends with it. It may therefore stand in the address that a feed reader keeps.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from indexer.access.scope import Scope
from indexer.database import tables

PREFIX, FEED_PREFIX = "radar_", "radarfeed_"
SHOWN = 6
"""Characters of a key, after PREFIX, that are kept to recognise it by: 36 of its 256 bits."""


@dataclass(frozen=True, slots=True)
class AccessKey:
    """A key as the database knows it."""

    name: str
    scope: Scope
    prefix: str
    """Its first characters."""
    created: datetime
    used: datetime | None
    """When it was last used, to the hour; None: never."""


def new_key() -> str:
    """A key that nobody has."""
    return PREFIX + secrets.token_urlsafe(32)


def feed_key_of(key: str) -> str:
    """The key's feed key."""
    derived = hmac.digest(key.encode(), b"feeds", "sha256")
    return FEED_PREFIX + urlsafe_b64encode(derived).rstrip(b"=").decode()


def digest_of(secret: str) -> str:
    """What the database keeps of a key."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def add_key(connection: sa.Connection, name: str, scope: Scope, now: datetime) -> str | None:
    """Make a key of this name; the key itself, which is kept nowhere. None: the name is taken."""
    table = tables.access_key
    taken = sa.select(table.c.name).where(table.c.name == name)
    if connection.execute(taken).first() is not None:
        return None
    key = new_key()
    connection.execute(
        table.insert().values(
            name=name,
            scope=scope.value,
            prefix=key[: len(PREFIX) + SHOWN],
            digest=digest_of(key),
            feed_digest=digest_of(feed_key_of(key)),
            created=now,
        )
    )
    return key


def remove_key(connection: sa.Connection, name: str) -> bool:
    """Revoke a key and end its sessions; whether there was one."""
    sessions = tables.access_session
    connection.execute(sessions.delete().where(sessions.c.key == name))
    table = tables.access_key
    return connection.execute(table.delete().where(table.c.name == name)).rowcount > 0


def all_keys(connection: sa.Connection) -> Sequence[AccessKey]:
    """All keys, by name."""
    table = tables.access_key
    return [_key(row) for row in connection.execute(sa.select(table).order_by(table.c.name))]


def any_key(connection: sa.Connection) -> bool:
    """Whether there is a key at all."""
    return connection.execute(sa.select(tables.access_key.c.name).limit(1)).first() is not None


def find_key(connection: sa.Connection, secret: str) -> AccessKey | None:
    """The key that this is; of a feed key, its key with the scope FEEDS."""
    digest = digest_of(secret)
    found = None
    for row in connection.execute(sa.select(tables.access_key)):
        if hmac.compare_digest(row.digest, digest):
            found = _key(row)
        if hmac.compare_digest(row.feed_digest, digest):
            found = _key(row, Scope.FEEDS)
    return found


def note_use(connection: sa.Connection, name: str, now: datetime) -> None:
    """Note that a key was used."""
    table = tables.access_key
    connection.execute(table.update().where(table.c.name == name).values(used=now))


def _key(row: sa.Row[tuple[object, ...]], scope: Scope | None = None) -> AccessKey:
    fields = row._mapping  # noqa: SLF001  the public name of SQLAlchemy
    return AccessKey(
        fields["name"],
        scope or Scope(fields["scope"]),
        fields["prefix"],
        fields["created"],
        fields["used"],
    )
