"""An archive file as a sequence of stretches: whole records, and damage between them.

Each record is a gzip member of its own, so a changed byte spoils one record and no other: the next
one is found by the first bytes of a member. Whether a record is whole is told by what gzip keeps of
each member (RFC 1952: CRC-32 and length), and that it is read as a WARC record to its end.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecord
from isal import isal_zlib

GZIP = 31
"""Window bits for a gzip member."""
_MAGIC = b"\x1f\x8b\x08"
"""How a gzip member begins."""
_BEGINNING = b"WARC/"
"""How a record begins."""
_GzipError: type[Exception] = isal_zlib.error  # type: ignore[assignment]  # the stub has no class
_LOOK = 1024
"""Bytes of a member that show whether it is a record."""
_READ = 1 << 15
"""Bytes of a step. Larger ones cost time: what follows a small record is copied."""

CUT_OFF = "the file ends in the middle of it"
CHANGED = "its bytes have changed since they were written"
NO_RECORD = "no WARC record begins there"


class Damaged(ValueError):
    """No whole record; the message is one of the reasons above."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of an archive file: a whole record, or bytes that are none."""

    start: int
    end: int
    record: WarcRecord | None = field(default=None, repr=False)
    """To be read before the next stretch; None: damaged."""
    damage: str | None = None
    """Why the bytes are no record."""


def stretches(file: BinaryIO) -> Iterator[Stretch]:
    """All stretches from the file's position to its end, without a gap; holds one record in memory.

    Raises OSError: what can't be read now is not damaged.
    """
    start = file.tell()
    while True:
        try:
            member = _member(file, start)
            if member is None:
                return
            content, end = member
            stretch = Stretch(start, end, parse_record(content))
        except Damaged as damage:
            stretch = _damaged(file, start, str(damage))
        yield stretch
        start = stretch.end


def record_of(data: bytes) -> WarcRecord:
    """The record that a gzip member holds; raises Damaged."""
    if not data.startswith(_MAGIC):
        raise Damaged(NO_RECORD)
    try:
        return parse_record(isal_zlib.decompress(data, GZIP))
    except _GzipError as error:
        raise Damaged(CHANGED) from error
    except EOFError as error:
        raise Damaged(CUT_OFF) from error


def parse_record(content: bytes) -> WarcRecord:
    """The record that begins the decompressed bytes; raises Damaged."""
    if not content.startswith(_BEGINNING):
        raise Damaged(NO_RECORD)
    try:
        return next(iter(ArchiveIterator(io.BytesIO(content), parse_http=False)))
    except (StopIteration, ValueError, OSError) as error:
        raise Damaged(NO_RECORD) from error


def _member(file: BinaryIO, start: int) -> tuple[bytes, int] | None:
    """Content and end of the gzip member; None at the end of the file. Raises Damaged."""
    file.seek(start)
    member = isal_zlib.decompressobj(GZIP)
    content: list[bytes] = []
    position = start
    while not member.eof:
        data = file.read(_READ)
        if not data and position == start:
            return None
        if not data:
            raise Damaged(CUT_OFF)
        if position == start and not data.startswith(_MAGIC[: len(data)]):
            raise Damaged(NO_RECORD)
        position += len(data)
        try:
            content.append(member.decompress(data))
        except _GzipError as error:
            raise Damaged(CHANGED) from error
    return b"".join(content), position - len(member.unused_data)


def _damaged(file: BinaryIO, start: int, reason: str) -> Stretch:
    end = _next_record(file, start + 1)
    # What has changed may seem to go on for ever.
    ends_here = end == file.seek(0, io.SEEK_END)
    return Stretch(start, end, damage=CHANGED if reason == CUT_OFF and not ends_here else reason)


def _next_record(file: BinaryIO, start: int) -> int:
    """Where the next member that begins like a record begins; the end of the file without one."""
    position, kept = start, b""
    file.seek(start)
    while data := file.read(_READ):
        window = kept + data
        found = window.find(_MAGIC)
        while found >= 0:
            candidate = position - len(kept) + found
            if _begins_record(file, candidate):
                return candidate
            found = window.find(_MAGIC, found + 1)
        position += len(data)
        kept = window[-(len(_MAGIC) - 1) :]
        file.seek(position)
    return position


def _begins_record(file: BinaryIO, start: int) -> bool:
    file.seek(start)
    try:
        begun = isal_zlib.decompressobj(GZIP).decompress(file.read(_LOOK), len(_BEGINNING))
    except _GzipError:
        return False
    return begun == _BEGINNING
