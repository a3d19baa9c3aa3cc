"""Removes records from the archive: a file is rewritten without them, beside the old one.

A WARC file only grows at its end, and the database has the positions of its records. So the
remaining records are copied, byte for byte, into the next generation of the file
(`rohstoffradar-000003.warc.gz` → `rohstoffradar-000003.0001.warc.gz`), which is durable before
anything refers to it. The caller then updates the positions in one transaction and removes the old
file. If the process is killed, one of the two is whole, and `remove_stale_files` removes the other.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from crawler.archive.warc import PATTERN, sync_folder, whole_end

_NAME = re.compile(r"(?P<number>rohstoffradar-\d{6})(?:\.(?P<generation>\d{4}))?\.warc\.gz")
_DRAFT = ".draft"
_FOLD = re.compile(rb"\r?\n[ \t]")
_COPIED = 1 << 20
"""Bytes per step of copying."""


@dataclass(frozen=True, slots=True)
class ArchivedRecord:
    """A record in a file."""

    offset: int
    url: str
    moment: datetime
    holds: Callable[[bytes], bool] = field(repr=False)
    """Whether its content has these bytes, also escaped or folded; only during `rewrite`."""


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A rewritten file; the old one still exists."""

    old: str
    new: str
    """Equal to `old` if nothing was removed."""
    offsets: Mapping[int, int]
    """Of the remaining records: old offset → new offset."""
    removed: int
    end: int
    """End of the new file's last record."""


def archive_files(folder: Path) -> list[str]:
    """Names of all archive files, oldest first."""
    return sorted(path.name for path in folder.glob(PATTERN) if _NAME.fullmatch(path.name))


def rewrite(folder: Path, name: str, end: int, goes: Callable[[ArchivedRecord], bool]) -> Rewritten:
    """Rewrite the file without the records that `goes` selects; durable on return.

    `end`: end of the last committed record; what follows belongs to a run that was killed, and is
    left out. 0: unknown, so that all whole records count. Raises OSError.
    """
    path = folder / name
    size = end or whole_end(path, 0)
    starts: list[int] = []
    stays: list[bool] = []
    with path.open("rb") as file:
        for offset, record in _records(file, size):
            starts.append(offset)
            stays.append(record is None or not goes(record))
    spans = [
        (start, following - start)
        for start, following, kept in zip(starts, [*starts[1:], size], stays, strict=True)
        if kept
    ]
    removed = stays.count(False)
    if not removed:
        return Rewritten(name, name, {start: start for start, _ in spans}, 0, size)
    new = _next_generation(name)
    offsets = _copy(path, folder / new, spans)
    return Rewritten(name, new, offsets, removed, sum(length for _, length in spans))


def remove_stale_files(folder: Path, committed: Collection[str]) -> None:
    """Remove what a killed purge has left: drafts, and generations that are not committed.

    `committed`: names in the database. Files with a number that is not in the database stay.
    """
    for draft in folder.glob(f"*{_DRAFT}"):
        draft.unlink()
    known = {_number(name) for name in committed}
    for name in archive_files(folder):
        if name not in committed and _number(name) in known:
            (folder / name).unlink()


def _records(file: BinaryIO, size: int) -> Iterator[tuple[int, ArchivedRecord | None]]:
    """Offset and record; None for the record that describes the file."""
    for record in ArchiveIterator(file, parse_http=False):
        offset = int(record.stream_pos)
        if offset >= size:
            return
        described = record.record_type == WarcRecordType.warcinfo
        yield offset, None if described else _record(offset, record)


def _record(offset: int, record: WarcRecord) -> ArchivedRecord:
    content: list[bytes] = []

    def holds(wanted: bytes) -> bool:
        if not content:
            content.append(_plain(record.reader.read()))
        return wanted in content[0]

    return ArchivedRecord(
        offset,
        record.headers["WARC-Target-URI"],
        datetime.fromisoformat(record.headers["WARC-Date"]),
        holds,
    )


def _plain(content: bytes) -> bytes:
    r"""Content with contiguous addresses, without `\/` of JSON and folded lines of calendars."""
    return _FOLD.sub(b"", content).replace(b"\\/", b"/")


def _copy(old: Path, new: Path, spans: list[tuple[int, int]]) -> dict[int, int]:
    """Copy these spans into a new file, in order; returns their new offsets."""
    draft = new.with_name(new.name + _DRAFT)
    offsets: dict[int, int] = {}
    with old.open("rb") as source, draft.open("wb") as target:
        for start, length in spans:
            offsets[start] = target.tell()
            source.seek(start)
            left = length
            while left and (data := source.read(min(left, _COPIED))):
                target.write(data)
                left -= len(data)
        target.flush()
        os.fsync(target.fileno())
    draft.replace(new)
    sync_folder(new.parent)
    return offsets


def _number(name: str) -> str:
    found = _NAME.fullmatch(name)
    return found["number"] if found else name


def _next_generation(name: str) -> str:
    found = _NAME.fullmatch(name)
    if found is None:
        raise ValueError(f"{name} is no archive file")
    return f"{found['number']}.{int(found['generation'] or 0) + 1:04}.warc.gz"
