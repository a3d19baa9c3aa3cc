"""Copies single files so that what counts as copied can be trusted: synced, and read back."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from indexer.records.errors import BackupError
from radar.backup.manifest import SavedFile

_CHUNK = 1 << 20


def make_folders(root: Path, path: str) -> Path:
    """The place of a file of a backup, its folders made; only their owner may look in."""
    target = root / path
    for folder in reversed(target.relative_to(root).parents[:-1]):
        (root / folder).mkdir(mode=0o700, exist_ok=True)
    return target


def copy_file(source: Path, root: Path, path: str, *, size: int | None = None) -> SavedFile:
    """Copy a file to `root / path`, as long as it is now (it may grow meanwhile), or its first
    `size` bytes. Raises OSError, and BackupError if the copy reads back differently.
    """
    target = make_folders(root, path)
    with source.open("rb") as original:
        state = os.fstat(original.fileno())
        digest = hashlib.sha256()
        with create(target) as copy:
            for data in _read(original, state.st_size if size is None else size):
                digest.update(data)
                with _naming(target):
                    copy.write(data)
            with _naming(target):
                written = copy.tell()
                sync(copy)
    saved = SavedFile(path, written, digest.hexdigest(), state.st_mtime_ns)
    read_back(target, saved)
    return saved


def link(earlier: Path, root: Path, path: str) -> bool:
    """Take an unchanged file over from an earlier backup; False where the file system can't."""
    try:
        make_folders(root, path).hardlink_to(earlier)
    except OSError:
        return False
    return True


def save_written(root: Path, path: str) -> SavedFile:
    """A file that another program has written into the backup: made durable and private."""
    target = root / path
    target.chmod(0o600)
    with target.open("rb+") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        sync(file)
        state = os.fstat(file.fileno())
    saved = SavedFile(path, state.st_size, digest, state.st_mtime_ns)
    read_back(target, saved)
    return saved


def read_back(copy: Path, saved: SavedFile) -> None:
    """Raise BackupError if the copy differs from what was written."""
    if not is_whole(copy, saved):
        raise BackupError(
            f"a copy reads back differently: {copy}",
            hint="its disk can't be trusted: back up to another one",
        )


def is_whole(copy: Path, saved: SavedFile) -> bool:
    """Whether a file of a backup has the bytes that its manifest names. Raises OSError."""
    if copy.stat().st_size != saved.size:
        return False
    return digest_of(copy) == saved.sha256


def digest_of(path: Path, size: int | None = None) -> str:
    """SHA-256 of a file, or of its first `size` bytes, in hex digits."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        for data in _read(file, path.stat().st_size if size is None else size):
            digest.update(data)
    return digest.hexdigest()


def create(path: Path) -> BinaryIO:
    """A new file that only its owner may read."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    return os.fdopen(descriptor, "w+b")


def sync(file: BinaryIO) -> None:
    """Make the file durable and drop it from memory: what is read next comes from the disk."""
    file.flush()
    os.fsync(file.fileno())
    os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


@contextmanager
def _naming(target: Path) -> Iterator[None]:
    """Let failures to write (disk full) name the file; the system does so only for opening."""
    try:
        yield
    except OSError as error:
        error.filename = error.filename or str(target)
        raise


def _read(file: BinaryIO, size: int) -> Iterator[bytes]:
    """The first `size` bytes, or fewer if the file was cut meanwhile."""
    while size and (data := file.read(min(size, _CHUNK))):
        size -= len(data)
        yield data
