"""The port to keys and sessions, and a ring without keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from indexer.access.keys import AccessKey


@dataclass(frozen=True, slots=True)
class Resumed:
    """A session that goes on."""

    key: AccessKey
    new_id: str | None = None
    """Its new id, if it got one just now."""


class KeyRing(Protocol):
    """Keys and sessions. Every method may raise DatabaseError, and is called from several threads
    at once.
    """

    def any(self) -> bool:
        """Whether there is a key at all."""

    def find(self, secret: str) -> AccessKey | None:
        """The key that this is; of a feed key, its key with the scope FEEDS."""

    def begin(self, key: AccessKey) -> str:
        """Begin a session; its id."""

    def resume(self, identity: str) -> Resumed | None:
        """The session with this id, if it is not over."""

    def end(self, identity: str) -> None:
        """End a session."""


class NoKeys:
    """The ring of an installation without a database."""

    def any(self) -> bool:
        """There is none."""
        return False

    def find(self, secret: str) -> AccessKey | None:
        """Nothing is a key."""
        del secret
        return None

    def begin(self, key: AccessKey) -> str:
        """Can't happen: there is no key to begin with."""
        raise NotImplementedError(key.name)

    def resume(self, identity: str) -> Resumed | None:
        """There is no session."""
        del identity
        return None

    def end(self, identity: str) -> None:
        """There is nothing to end."""
