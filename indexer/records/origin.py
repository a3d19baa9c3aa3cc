"""Whose data an index holds, and as of when: what it and its database know each other by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Origin:
    """The database that a search index was filled from."""

    installation: str
    """Id of the installation (32 hex digits); kept by database, index and archive."""
    epoch: str
    """The database's epoch (32 hex digits) as of which the index was last written: the index holds
    nothing that a database with this epoch in its history does not."""

    def to_json(self) -> dict[str, str]:
        """As an index keeps it."""
        return {"installation": self.installation, "epoch": self.epoch}

    @classmethod
    def from_json(cls, value: Any) -> Origin | None:
        """What `to_json` gave; None for anything else."""
        if not isinstance(value, Mapping):
            return None
        installation, epoch = value.get("installation"), value.get("epoch")
        if not isinstance(installation, str) or not isinstance(epoch, str):
            return None
        return cls(installation, epoch)
