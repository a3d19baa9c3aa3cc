"""Files that are only ever appended to, a JSON object a line, and are not put back with the
database.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from indexer.records.durable_files import ends_in_line

_STEP = 1 << 16
"""Bytes that are read at once, from the end."""


def append(path: Path, objects: Iterable[Mapping[str, Any]]) -> None:
    """Add lines; durable on return. Raises OSError."""
    lines = b"".join(json.dumps(line).encode() + b"\n" for line in objects)
    with path.open("ab+") as file:
        if file.tell() and not ends_in_line(file):
            lines = b"\n" + lines
        file.write(lines)
        file.flush()
        os.fsync(file.fileno())


def newest_first(path: Path) -> Iterator[Any]:
    """What the lines hold, the last one first; what is cut off is left out."""
    if not path.exists():
        return
    with path.open("rb") as file:
        for line in _lines_from_end(file):
            try:
                yield json.loads(line)
            except ValueError:
                continue


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
