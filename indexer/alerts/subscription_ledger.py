"""The ledger of addresses that may take themselves off: a file that is not put back with the
database.

Tokens in mails that were sent after a backup was made open what they opened when that is restored,
and whoever was taken off since, or asked for mails again, stays so. Each change stands here before
it stands in the database. So what is missing there was lost with a later state of it, and is
entered again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from indexer.alerts import ledger_file
from indexer.alerts.ledger_file import RefusedLine, instant_of, text_of

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
    """False: it is sent, for the first time or again."""

    @classmethod
    def from_line(cls, line: Any) -> SubscriptionChange:
        """The inverse of `asdict`. RefusedLine: what is wrong with the line."""
        change = cls(
            watch=text_of(line, "watch", longest=64),
            channel=text_of(line, "channel"),
            token=text_of(line, "token", longest=43),
            at=instant_of(line, "at"),
            ended=line.get("ended"),
        )
        if not isinstance(change.ended, bool):
            raise RefusedLine("ended: neither true nor false")
        return change


@dataclass(frozen=True, slots=True)
class SubscriptionLedger:
    """The ledger at a path."""

    path: Path

    def append(self, *changes: SubscriptionChange) -> None:
        """Add changes; durable on return. Raises OSError."""
        ledger_file.append(self.path, map(asdict, changes))

    def find(self, token: str) -> SubscriptionChange | None:
        """The last change with this token. Raises OSError."""
        changes = ledger_file.lines_with(self.path, f'"{token}"', SubscriptionChange.from_line)
        return next((change for change in changes if change.token == token), None)

    def histories(self) -> Mapping[tuple[str, str], list[SubscriptionChange]]:
        """Watch and channel → all changes, the last one first; what is none is left out, and
        logged.
        """
        found: dict[tuple[str, str], list[SubscriptionChange]] = {}
        for change in ledger_file.newest_first(self.path, SubscriptionChange.from_line):
            found.setdefault((change.watch, change.channel), []).append(change)
        return found

    def refused(self, most: int) -> list[str]:
        """File, line and reason of what is no change. Raises OSError."""
        return ledger_file.refused_lines(self.path, SubscriptionChange.from_line, most)
