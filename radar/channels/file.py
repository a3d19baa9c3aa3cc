"""The channel `file:NAME`: messages as lines of JSON in `NAME.jsonl`, in the folder that radar.yaml
names under `files`. A line is what a webhook gets; the file is only ever added to.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from indexer.alerts import ledger_file
from indexer.alerts.message import Channel, Message
from indexer.records.errors import DeliveryError
from radar.channels.kind import ChannelKind, Means, is_name
from radar.channels.patience import Patience
from radar.channels.webhook import to_json
from radar.plurals import counted

NEWEST = 1_000
"""Lines in which a message is looked for before it is added."""
_HINT = "set `files:` in radar.yaml, then run again"


@dataclass(frozen=True, slots=True)
class FileChannel:
    """Adds to one file."""

    path: Path

    def deliver(self, message: Message) -> None:
        """Add the message; durable on return. Raises DeliveryError.

        One that is there was added by a delivery that was killed before it could record that.
        """
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            text = json.dumps(message.key)
            if message.key not in ledger_file.lines_with(self.path, text, _key, NEWEST):
                ledger_file.append(self.path, [to_json(message)])
        except OSError as error:
            raise DeliveryError(
                f"{self.path} can't be written: {error.strerror}",
                hint="free space there, or check its rights",
            ) from error


def _key(line: object) -> str:
    return ledger_file.text_of(line, "key")


@contextmanager
def _open(means: Means, patience: Patience) -> Iterator[Callable[[str], Channel]]:
    """Nobody is waited for."""
    del patience

    def channel(name: str) -> Channel:
        if means.files is None:
            raise DeliveryError("there is no folder for files", hint=_HINT)
        return FileChannel(means.files / f"{name}.jsonl")

    yield channel


def _missing(means: Means, names: Sequence[str]) -> str | None:
    if means.files is not None or not names:
        return None
    return f"no folder is set, but watches write to {counted(len(names), 'file')}"


KIND = ChannelKind(
    name="files",
    example="file:desk",
    is_address=is_name,
    open=_open,
    missing=_missing,
)
