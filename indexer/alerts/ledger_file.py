"""Files that are only ever appended to, a JSON object a line, and are not put back with the
database.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, TypeVar

from indexer.records.durable_files import append_durably

logger = logging.getLogger(__name__)

_Record = TypeVar("_Record")

_STEP = 1 << 16
"""Bytes that are read at once, from the end."""
_MOST_LOGGED = 10
"""Refused lines of a file that are logged one by one: to find the number of one, all before it are
read.
"""


class RefusedLine(ValueError):
    """What is wrong with a line."""


class _Line(NamedTuple):
    start: int
    """Its first byte."""
    content: bytes


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
        if not isinstance(record, _Refusal):
            yield record
            continue
        refused += 1
        if refused <= _MOST_LOGGED:
            logger.warning("ledger_line_refused %s", record.told(path))
    if refused > _MOST_LOGGED:
        logger.warning("ledger_lines_refused %s %d more", path, refused - _MOST_LOGGED)


def refused_lines(path: Path, read: Callable[[Any], object]) -> Iterator[str]:
    """File, line number and reason of each line that is left out, the last one first."""
    for line in _lines_from_end(path):
        record = _read(line, read)
        if isinstance(record, _Refusal):
            yield record.told(path)


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


class _Refusal(NamedTuple):
    line: _Line
    reason: str

    def told(self, path: Path) -> str:
        return f"{path}:{_line_number(path, self.line)}: {self.reason}"


def _read(line: _Line, read: Callable[[Any], _Record]) -> _Record | _Refusal:
    try:
        found = json.loads(line.content)
    except (ValueError, RecursionError):
        return _Refusal(line, "no JSON: cut off or damaged")
    try:
        return read(found)
    except RefusedLine as error:
        return _Refusal(line, str(error))


def _lines_from_end(path: Path) -> Iterator[_Line]:
    """Lines that are not empty."""
    if not path.exists():
        return
    with path.open("rb") as file:
        for line in _from_end(file):
            if line.content:
                yield line


def _from_end(file: BinaryIO) -> Iterator[_Line]:
    position = file.seek(0, os.SEEK_END)
    rest = b""
    while position:
        step = min(_STEP, position)
        position -= step
        file.seek(position)
        first, *lines = (file.read(step) + rest).split(b"\n")
        end = position + step + len(rest)
        for content in reversed(lines):
            yield _Line(end - len(content), content)
            end -= len(content) + 1
        rest = first
    yield _Line(0, rest)


def _line_number(path: Path, line: _Line) -> int:
    """From 1."""
    with path.open("rb") as file:
        left, number = line.start, 1
        while left and (read := file.read(min(_STEP, left))):
            number += read.count(b"\n")
            left -= len(read)
    return number
