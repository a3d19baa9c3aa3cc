"""A small disk that a test may fill."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NEEDS = "needs the right to mount a small disk (root): a full one can't be had otherwise"


@contextmanager
def small_disk(folder: Path, megabytes: int = 64) -> Iterator[bool]:
    """Mount a disk of this size at the folder, which is made; False where that is not allowed."""
    folder.mkdir(parents=True, exist_ok=True)
    mounted = _mount(folder, megabytes)
    try:
        yield mounted
    finally:
        if mounted:
            # Lazily: a process that a failed test has left may still hold a file.
            subprocess.run(["umount", "--lazy", str(folder)], check=True)


def _mount(folder: Path, megabytes: int) -> bool:
    if os.geteuid() != 0 or shutil.which("mount") is None:
        return False
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "radar-test", str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def free_bytes(folder: Path) -> int:
    """Bytes that can still be written there."""
    status = os.statvfs(folder)
    return status.f_bavail * status.f_frsize


def leave_free(folder: Path, free: int) -> Path:
    """Fill the disk of the folder but for so many bytes; returns the file that fills it, which
    grows where it is there.
    """
    ballast = folder / "ballast"
    with ballast.open("ab") as file:
        if (more := free_bytes(folder) - free) > 0:
            os.posix_fallocate(file.fileno(), file.tell(), more)
    return ballast
