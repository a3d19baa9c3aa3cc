"""Whether the files of a tantivy index are as they were written.

The engine trusts its files: a changed byte may make it panic, or silently find less. But each file
of a segment ends with the checksum of what is before it (tantivy's `Footer`: JSON with the CRC-32,
its length and a magic number, both 32 bits, little-endian), which is checked here.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from isal import isal_zlib

_PARTS = ("idx", "pos", "term", "store", "fast", "fieldnorm")
"""Files that each segment has, by their suffix."""
_END = struct.Struct("<II")
_MAGIC = 1337
_LARGEST_FOOTER = 4096
_READ = 1 << 20

CHANGED = "its bytes have changed since they were written"
MISSING = "it is missing"
UNREADABLE = "it can't be read"


def damaged_files(folder: Path) -> Iterator[tuple[str, str]]:
    """Name and reason of each damaged file of the index in the folder; reads all of them."""
    try:
        segments = json.loads((folder / "meta.json").read_bytes())["segments"]
        names = [name for segment in segments for name in _files_of(segment)]
    except OSError:
        yield "meta.json", MISSING
        return
    except (ValueError, KeyError, TypeError):
        yield "meta.json", CHANGED
        return
    for name in names:
        try:
            with (folder / name).open("rb") as file:
                if not _is_whole(file):
                    yield name, CHANGED
        except FileNotFoundError:
            yield name, MISSING
        except OSError as error:
            yield name, f"{UNREADABLE}: {error.strerror}"


def _files_of(segment: dict[str, object]) -> Iterator[str]:
    number = str(segment["segment_id"]).replace("-", "")
    yield from (f"{number}.{part}" for part in _PARTS)
    deletes = segment["deletes"]
    if isinstance(deletes, dict):
        yield f"{number}.{deletes['opstamp']}.del"


def _is_whole(file: BinaryIO) -> bool:
    size = file.seek(0, 2)
    file.seek(max(0, size - _LARGEST_FOOTER))
    tail = file.read()
    if len(tail) < _END.size:
        return False
    length, magic = _END.unpack(tail[-_END.size :])
    footer = tail[-_END.size - length : -_END.size]
    if magic != _MAGIC or len(footer) != length:
        return False
    try:
        expected = json.loads(footer)["crc"]
    except (ValueError, KeyError, TypeError):
        return False
    return bool(_checksum(file, size - _END.size - length) == expected)


def _checksum(file: BinaryIO, length: int) -> int:
    file.seek(0)
    checksum = 0
    while length and (data := file.read(min(length, _READ))):
        checksum = isal_zlib.crc32(data, checksum)
        length -= len(data)
    return checksum
