"""The ledger of accepted messages: a file beside the database that is only ever appended to.

A database that was put back to an earlier state does not know what was sent since. The ledger does:
it is not put back with the database. Of each message it has the key and what its matches told, by
hashes that come out the same in any state of the database (`indexer.alerts.told`); no text.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

NAME = "sent.jsonl"
_STEP = 1 << 16
"""Bytes that are read at once, from the end."""


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
        lines = b"".join(json.dumps(asdict(message)).encode() + b"\n" for message in messages)
        with self.path.open("ab+") as file:
            if file.tell() and not _ends_in_line(file):
                lines = b"\n" + lines
            file.write(lines)
            file.flush()
            os.fsync(file.fileno())

    def newest_first(self) -> Iterator[SentMessage]:
        """The messages, the last one first; what is cut off or no message is left out."""
        if not self.path.exists():
            return
        with self.path.open("rb") as file:
            for line in _lines_from_end(file):
                try:
                    yield SentMessage(**json.loads(line))
                except (ValueError, TypeError):
                    continue


def _ends_in_line(file: BinaryIO) -> bool:
    file.seek(-1, os.SEEK_END)
    return file.read(1) == b"\n"


def _lines_from_end(file: BinaryIO) -> Iterator[bytes]:
    position = file.seek(0, os.SEEK_END)
    rest = b""
    while position:
        step = min(_STEP, position)
        position -= step
        file.seek(position)
        first, *lines = (file.read(step) + rest).split(b"\n")
        yield from (line for line in reversed(lines) if line)
        rest = first
    if rest:
        yield rest
