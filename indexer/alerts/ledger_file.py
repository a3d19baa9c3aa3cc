"""Files that are only ever appended to, a JSON object a line, and are not put back with the
database.
"""

from __future__ import annotations

import errno
import json
import logging
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, TypeVar

from indexer.records.durable_files import append_durably

logger = logging.getLogger(__name__)

_Record = TypeVar("_Record")

_STEP = 1 << 16
"""Bytes that are read at once, from the end."""
_LONGEST = 1 << 24
"""Bytes of a line: of a longer one (zeros that a disk fault has left) nothing is kept."""
_MOST_LOGGED = 10
"""Refused lines of a file that are logged one by one."""


class RefusedLine(ValueError):
    """What is wrong with a line."""


class _Line(NamedTuple):
    start: int
    """Its first byte."""
    content: bytes | None
    """None: it is too long."""


def append(path: Path, objects: Iterable[Mapping[str, Any]]) -> None:
    """Add lines; they are durable on return, or none is added and OSError raised."""
    append_durably(path, b"".join(json.dumps(line).encode() + b"\n" for line in objects))


def newest_first(path: Path, read: Callable[[Any], _Record]) -> Iterator[_Record]:
    """What the lines hold, the last one first. A line that is cut off, or that `read` refuses with
    a RefusedLine, is left out, and logged.
    """
    refused = 0
    for line in _lines_from_end(path):
        record = _read(line, read)
        if not isinstance(record, RefusedLine):
            if record is not None:
                yield record
            continue
        refused += 1
        if refused <= _MOST_LOGGED:
            logger.warning("ledger_line_refused %s at byte %d: %s", path, line.start, record)
    if refused > _MOST_LOGGED:
        logger.warning("ledger_lines_refused %s %d more", path, refused - _MOST_LOGGED)


def refused_lines(path: Path, read: Callable[[Any], object], most: int) -> list[str]:
    """File, line number and reason of each line that is left out, the last one first, `most` of
    them.
    """
    refused: list[tuple[int, RefusedLine]] = []
    lines = 0
    for lines, line in enumerate(_lines_from_end(path), start=1):
        if len(refused) < most and isinstance(record := _read(line, read), RefusedLine):
            refused.append((lines, record))
    return [f"{path}:{lines + 1 - from_end}: {reason}" for from_end, reason in refused]


def lines_with(
    path: Path, text: str, read: Callable[[Any], _Record], most: int | None = None
) -> Iterator[_Record]:
    """What the lines with a text hold, the last one first: quicker than to read them all.

    The text is looked for in the last `most` lines that are not empty; None: in all.
    """
    sought = text.encode("utf-8", "replace")
    lines = (line for line in _lines_from_end(path) if line.content != b"")
    for line in islice(lines, most):
        if sought in (line.content or b""):
            record = _read(line, read)
            if record is not None and not isinstance(record, RefusedLine):
                yield record


def text_of(line: object, key: str, longest: int | None = None) -> str:
    """A text in a line. RefusedLine: it is none, is too long, or no database can keep it."""
    if not isinstance(line, dict):
        raise RefusedLine("no JSON object")
    value = line.get(key)
    if not isinstance(value, str) or not value:
        raise RefusedLine(f"{key}: no text" if key in line else f"{key}: missing")
    if longest is not None and len(value) > longest:
        raise RefusedLine(f"{key}: more than {longest} characters")
    if not value.isprintable():
        raise RefusedLine(f"{key}: characters that can't be printed")
    return value


def instant_of(line: object, key: str) -> str:
    """An ISO instant in a line. RefusedLine: it is none, or has no time zone."""
    value = text_of(line, key)
    try:
        moment = datetime.fromisoformat(value)
        moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise RefusedLine(f"{key}: no instant") from None
    if moment.tzinfo is None:
        raise RefusedLine(f"{key}: without time zone")
    return value


def _read(line: _Line, read: Callable[[Any], _Record]) -> _Record | RefusedLine | None:
    """What a line holds, or why it is refused; None: it is empty."""
    if line.content is None:
        return RefusedLine(f"longer than {_LONGEST >> 20} MB: damaged")
    if not line.content:
        return None
    try:
        found = json.loads(line.content)
    except (ValueError, RecursionError):
        return RefusedLine("no JSON: cut off or damaged")
    try:
        return read(found)
    except RefusedLine as error:
        return error


def open_ledger(path: Path) -> BinaryIO | None:
    """The file, to be read; None: there is none yet.

    Raises OSError: what stands there can't be read. That is also so of a link to nothing, as the
    disk may be missing on which the ledger is; and nobody waits for what writes to a pipe.
    """
    try:
        file = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    except FileNotFoundError:
        if path.is_symlink():
            raise OSError(errno.ENOENT, "a link to a file that is not there") from None
        return None
    mode = os.fstat(file).st_mode
    if stat.S_ISREG(mode):
        return os.fdopen(file, "rb")
    os.close(file)
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    raise OSError(errno.EINVAL, "not a regular file")


def _lines_from_end(path: Path) -> Iterator[_Line]:
    """All lines, also empty ones; after the last end of a line there is one."""
    opened = open_ledger(path)
    if opened is not None:
        with opened as file:
            yield from _from_end(file)


def _from_end(file: BinaryIO) -> Iterator[_Line]:
    position = end = file.seek(0, os.SEEK_END)
    begun = _BegunLine()
    while position:
        step = min(_STEP, position)
        position -= step
        file.seek(position)
        first, *others = file.read(step).split(b"\n")
        for piece in reversed(others):
            begun.add(piece)
            yield _Line(end - begun.length, begun.content)
            end -= begun.length + 1
            begun = _BegunLine()
        begun.add(first)
    yield _Line(0, begun.content)


class _BegunLine:
    """A line of which the beginning has not been read yet."""

    def __init__(self) -> None:
        self.length = 0
        self._pieces: list[bytes] = []

    def add(self, piece: bytes) -> None:
        """What stands before the rest."""
        self.length += len(piece)
        self._pieces.append(piece)
        if self.length > _LONGEST:
            self._pieces.clear()

    @property
    def content(self) -> bytes | None:
        """None: it is too long."""
        return None if self.length > _LONGEST else b"".join(reversed(self._pieces))
