"""Files that a power cut leaves whole."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

_NOT_FOR_FOLDERS = (errno.EINVAL, errno.EBADF, errno.ENOTSUP)
"""What file systems of other machines answer that sync files alone (SMB, some of FUSE)."""


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut, where its file system knows how to."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NOT_FOR_FOLDERS:
            raise
    finally:
        os.close(descriptor)


def replace_durably(path: Path, content: bytes | Iterable[bytes]) -> None:
    """Write a file, perhaps in blocks, in one step: after a power cut it is either the old or the
    new one; on return it is the new one. Raises OSError, and leaves nothing then.
    """
    temporary = path.with_name(f"{path.name}.new")
    try:
        with temporary.open("wb") as file:
            file.writelines([content] if isinstance(content, bytes) else content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def append_durably(path: Path, lines: bytes) -> None:
    """Add whole lines; they are durable on return, or none is added and OSError raised.

    A last line that was cut off is ended first. One process adds at a time.
    """
    with path.open("ab+", buffering=0) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        length = file.seek(0, os.SEEK_END)
        if not length:  # perhaps made just now: its name has to last as well
            sync_folder(path.parent)
        rest = memoryview(b"\n" + lines if length and not _ends_in_line(file) else lines)
        try:
            while rest:
                rest = rest[file.write(rest) :]
            os.fsync(file.fileno())
        except OSError:
            os.ftruncate(file.fileno(), length)
            raise


def _ends_in_line(file: BinaryIO) -> bool:
    """Whether the last line is whole; of a file that is not empty."""
    file.seek(-1, os.SEEK_END)
    return file.read(1) == b"\n"
