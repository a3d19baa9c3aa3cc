"""The ledger of accepted messages: a file beside the database that is only ever appended to.

A database that was put back to an earlier state does not know what was sent since. The ledger does:
it is not put back with the database. Of each message it has the key and what its matches told, by
hashes that come out the same in any state of the database (`indexer.alerts.told`); no text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from indexer.alerts import ledger_file
from indexer.alerts.ledger_file import RefusedLine, instant_of, text_of

NAME = "sent.jsonl"
_LONG_AGO = "1970-01-01T00:00:00+00:00"
"""The first ledgers had no instants."""


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

    @classmethod
    def from_line(cls, line: Any) -> SentMessage:
        """The inverse of `asdict`. RefusedLine: what is wrong with the line."""
        return cls(
            key=text_of(line, "key", longest=36),
            channel=text_of(line, "channel"),
            at=instant_of(line, "at") if "at" in line else _LONG_AGO,
            watch=text_of(line, "watch", longest=64),
            told=_told(line.get("told")),
        )


@dataclass(frozen=True, slots=True)
class SentLedger:
    """The ledger at a path."""

    path: Path

    def append(self, *messages: SentMessage) -> None:
        """Add messages; durable on return. Raises OSError."""
        ledger_file.append(self.path, map(asdict, messages))

    def newest_first(self) -> Iterator[SentMessage]:
        """The messages, the last one first; what is no message is left out, and logged."""
        return ledger_file.newest_first(self.path, SentMessage.from_line)

    def refused(self, most: int) -> list[str]:
        """File, line and reason of what is no message. Raises OSError."""
        return ledger_file.refused_lines(self.path, SentMessage.from_line, most)


def _told(value: object) -> dict[str, list[str]]:
    if not isinstance(value, dict):
        raise RefusedLine("told: no JSON object")
    for document, keys in value.items():
        if not isinstance(keys, list):
            raise RefusedLine(f"told: {document}: no list")
        pairs = ({"document": document, "key": key} for key in keys)
        for pair in pairs:
            text_of(pair, "document", longest=16)
            text_of(pair, "key", longest=32)
    return value
