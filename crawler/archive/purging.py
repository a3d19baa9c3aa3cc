"""Removes records from the archive: a file is rewritten without them, beside the old one.

A WARC file only grows at its end, and the database has the positions of its records. So the
remaining records are copied, byte for byte, into the next generation of the file
(`rohstoffradar-000003.warc.gz` → `rohstoffradar-000003.0001.warc.gz`), which is durable before
anything refers to it. The caller then updates the positions in one transaction and removes the old
file. If the process is killed, one of the two is whole, and `remove_stale_files` removes the other.

Damage stops nothing: what is no whole record any more is left out, for it may hold what must go,
and `Rewritten.damage` says where it was.
"""

from __future__ import annotations

import os
import re
from base64 import b64decode
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote_to_bytes

from fastwarc.warc import WarcRecord, WarcRecordType

from crawler.archive.files import NAME, archive_files, generation_of, number_of
from crawler.archive.stretches import CUT_OFF, NO_RECORD, Damaged, Stretch, stretches
from indexer.naming_files import naming
from indexer.records.durable_files import sync_folder

_DRAFT = ".draft"
_FOLD = re.compile(rb"\r?\n[ \t]")
_NUMBERED = re.compile(rb"\\u([0-9a-fA-F]{4})|&#[xX]([0-9a-fA-F]{1,5});|&#([0-9]{1,6});")
"""A character by its number, in JSON and in HTML."""
_END = rb"(?![\w-])"
"""`/meldung/12` is not in `/meldung/123`, nor `/zinn` in `/zinn-fund`."""
MISSING = "the file ends before it"
"""Damage: the database knows more of the file than there is."""
_COPIED = 1 << 20
"""Bytes per step of copying."""


@dataclass(frozen=True, slots=True)
class ArchivedRecord:
    """A record in a file."""

    offset: int
    url: str
    moment: datetime
    holds: Callable[[bytes], bool] = field(repr=False)
    """Whether its content has these bytes, written without escapes, and no word goes on after
    them; only during `rewrite`.
    """


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
    """End of the new file's last record that the database knows."""
    damage: tuple[Stretch, ...] = ()
    """Of the old file: what was no whole record, and is not in the new one."""


def rewrite(folder: Path, name: str, end: int, goes: Callable[[ArchivedRecord], bool]) -> Rewritten:
    """Rewrite the file without damage and the records that `goes` selects; durable on return.

    `end`: end of the last committed record; 0: unknown, so that all whole records count. Half a
    record behind it belongs to a run that was killed, and is no damage. Raises OSError.
    """
    path = folder / name
    kept: list[tuple[int, int]] = []
    damage: list[Stretch] = []
    removed = size = 0
    with path.open("rb") as file:
        for stretch in stretches(file):
            size = stretch.end
            try:
                selected = _selects(goes, stretch)
            except Damaged as error:
                damage.append(Stretch(stretch.start, stretch.end, damage=str(error)))
                continue
            removed += selected
            if not selected:
                kept.append((stretch.start, stretch.end))
    damage = _without_half_record(damage, size, end)
    if not removed and not damage:
        return Rewritten(name, name, {start: start for start, _ in kept}, 0, end or size)
    new = _next_generation(folder, name)
    offsets = _copy(path, folder / new, kept)
    ends = (offsets[start] + stop - start for start, stop in kept if not end or start < end)
    return Rewritten(name, new, offsets, removed, max(ends, default=0), tuple(damage))


def remove_stale_files(folder: Path, committed: Collection[str]) -> None:
    """Remove what a killed purge has left: drafts, and generations that are not committed.

    `committed`: names in the database. A generation before the committed one is always removed; one
    after it only if it has no record that the committed one lacks. Else the database was put back
    to a state before the purge.
    """
    for draft in folder.glob(f"*{_DRAFT}"):
        draft.unlink()
    known = {number_of(name): name for name in sorted(committed, key=generation_of)}
    for name in archive_files(folder):
        other = known.get(number_of(name))
        if other is None or name in committed:
            continue
        if generation_of(name) < generation_of(other) or (
            (folder / other).exists() and _records(folder / name) <= _records(folder / other)
        ):
            (folder / name).unlink()


def _records(path: Path) -> set[str]:
    """Ids of the whole records that are responses; a purge keeps them, and each has its own."""
    with path.open("rb") as file:
        return {
            stretch.record.headers["WARC-Record-ID"]
            for stretch in stretches(file)
            if stretch.record is not None and stretch.record.record_type != WarcRecordType.warcinfo
        }


def _selects(goes: Callable[[ArchivedRecord], bool], stretch: Stretch) -> bool:
    """Whether a record is to be removed, never the one that describes the file. Raises Damaged."""
    record = stretch.record
    if record is None:
        raise Damaged(stretch.damage)
    if record.record_type == WarcRecordType.warcinfo:
        return False
    return goes(_archived_record(stretch.start, record))


def _without_half_record(damage: list[Stretch], size: int, end: int) -> list[Stretch]:
    """The damage up to the last committed record (0: not known, which leaves half a record out)."""
    if not end:
        return [d for d in damage if d.damage != CUT_OFF]
    missing = [Stretch(size, end, damage=MISSING)] if size < end else []
    return [d for d in damage if d.start < end] + missing


def _archived_record(offset: int, record: WarcRecord) -> ArchivedRecord:
    content: list[bytes] = []

    def holds(wanted: bytes) -> bool:
        if not content:
            read = record.reader.read()
            is_request = record.record_type == WarcRecordType.request
            content.append(_plain(read + _sent(read) if is_request else read))
        # The plain search is fast and mostly finds nothing.
        return wanted in content[0] and bool(re.search(re.escape(wanted) + _END, content[0]))

    try:
        moment = datetime.fromisoformat(record.headers["WARC-Date"])
        return ArchivedRecord(offset, record.headers["WARC-Target-URI"], moment, holds)
    except (KeyError, ValueError) as error:
        raise Damaged(NO_RECORD) from error


def _sent(request: bytes) -> bytes:
    """The values of a form that was sent, and what those in base64 hold: the state of an ASP.NET
    page has the texts of what it showed.
    """
    _, _, body = request.partition(b"\r\n\r\n")
    values = [unquote_to_bytes(pair.partition(b"=")[2]) for pair in body.split(b"&")]
    return b"\n".join([*values, *map(_decoded, values)])


def _decoded(value: bytes) -> bytes:
    try:
        return b64decode(value, validate=True)
    except ValueError:
        return b""


def _plain(content: bytes) -> bytes:
    r"""Content with addresses as they are meant: without folded lines of calendars, `\/` and `\u…`
    of JSON, references of HTML to characters by number and to `&`, and escapes of addresses.
    """
    unfolded = _FOLD.sub(b"", content).replace(b"\\/", b"/")
    named = _NUMBERED.sub(_character, unfolded).replace(b"&amp;", b"&")
    return unquote_to_bytes(named)


def _character(written: re.Match[bytes]) -> bytes:
    in_json, hexadecimal, decimal = written.groups()
    number = int(decimal) if decimal else int(in_json or hexadecimal, 16)
    return chr(number).encode("utf-8", "replace")


def _copy(old: Path, new: Path, spans: list[tuple[int, int]]) -> dict[int, int]:
    """Copy these spans (start, end) into a new file, in order; returns start → new offset."""
    draft = new.with_name(new.name + _DRAFT)
    try:
        with naming(draft):
            offsets = _write(old, draft, spans)
    except OSError:
        draft.unlink(missing_ok=True)  # the space may be needed
        raise
    draft.replace(new)
    sync_folder(new.parent)
    return offsets


def _write(old: Path, draft: Path, spans: list[tuple[int, int]]) -> dict[int, int]:
    offsets: dict[int, int] = {}
    with old.open("rb") as source, draft.open("wb") as target:
        for start, end in spans:
            offsets[start] = target.tell()
            source.seek(start)
            left = end - start
            while left and (data := source.read(min(left, _COPIED))):
                target.write(data)
                left -= len(data)
        target.flush()
        os.fsync(target.fileno())
    return offsets


def _next_generation(folder: Path, name: str) -> str:
    """A name that no file has."""
    if not NAME.fullmatch(name):
        raise ValueError(f"{name} is no archive file")
    generation = generation_of(name) + 1
    while (folder / (new := f"{number_of(name)}.{generation:04}.warc.gz")).exists():
        generation += 1
    return new
