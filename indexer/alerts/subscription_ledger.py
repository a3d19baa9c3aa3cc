"""The ledger of addresses that took themselves off: a file that is not put back with the database.

Whoever was taken off after a backup was made is not written to when that is restored. Each change
stands here before it stands in the database. So an end that is missing there was lost with a later
state of it, and is entered again.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

from indexer.alerts import ledger_file

NAME = "subscriptions.jsonl"


@dataclass(frozen=True, slots=True)
class SubscriptionChange:
    """A line of the ledger."""

    watch: str
    channel: str
    token: str
    at: str
    """ISO instant."""
    ended: bool
    """False: it is sent again."""


@dataclass(frozen=True, slots=True)
class SubscriptionLedger:
    """The ledger at a path."""

    path: Path

    def append(self, *changes: SubscriptionChange) -> None:
        """Add changes; durable on return. Raises OSError."""
        ledger_file.append(self.path, map(asdict, changes))

    def ended(self) -> list[SubscriptionChange]:
        """The subscriptions whose last change is their end."""
        last: dict[tuple[str, str], SubscriptionChange] = {}
        for line in ledger_file.newest_first(self.path):
            try:
                change = SubscriptionChange(**line)
            except TypeError:
                continue
            last.setdefault((change.watch, change.channel), change)
        return [change for change in last.values() if change.ended]
