"""The ledger of accepted messages: a file beside the database that is only ever appended to.

A database that was put back to an earlier state does not know what was sent since. The ledger does:
it is not put back with the database. Of each message it has the key and what its matches told, by
hashes that come out the same in any state of the database (`indexer.alerts.told`); no text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from indexer.alerts import ledger_file

NAME = "sent.jsonl"


@dataclass(frozen=True, slots=True)
class SentMessage:
    """A message that its receiver has accepted: a line of the ledger."""

    key: str
    at: str
    """ISO instant."""
    watch: str
    channel: str
    told: Mapping[str, list[str]]
    """Id of a document → what was told of it."""


@dataclass(frozen=True, slots=True)
class SentLedger:
    """The ledger at a path."""

    path: Path

    def append(self, *messages: SentMessage) -> None:
        """Add messages; durable on return. Raises OSError."""
        ledger_file.append(self.path, map(asdict, messages))

    def newest_first(self) -> Iterator[SentMessage]:
        """The messages, the last one first; what is no message is left out."""
        for line in ledger_file.newest_first(self.path):
            try:
                yield SentMessage(**line)
            except TypeError:
                continue
