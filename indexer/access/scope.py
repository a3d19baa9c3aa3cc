"""What a key allows."""

from __future__ import annotations

from enum import StrEnum


class Scope(StrEnum):
    """Each scope includes the ones before it."""

    FEEDS = "feeds"
    """Feeds alone: what the key in the address of a feed opens. No key is made with it."""
    READ = "read"
    """Search, documents, sources, watches, exports, feeds."""
    WRITE = "write"
    """Changing what people share: watches."""
    ADMIN = "admin"
    """Everything."""

    def includes(self, other: Scope) -> bool:
        """Whether whoever has this scope may do what needs the other one."""
        order = list(Scope)
        return order.index(self) >= order.index(other)


KEY_SCOPES = (Scope.READ, Scope.WRITE, Scope.ADMIN)
"""Scopes that a key may have."""
