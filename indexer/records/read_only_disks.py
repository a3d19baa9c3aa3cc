"""Disks that can only be read: mounted so, or by the system once it had met a failure of theirs."""

from __future__ import annotations

import errno
import os
from pathlib import Path

_READ_ONLY = os.strerror(errno.EROFS)


def why_not_writable(path: Path, said: str = "") -> str | None:
    """What to do where a file can't be written, or made, because its disk can only be read; None:
    that is not why. The rights of the file then say nothing. `said`: what the system said of it:
    after a failure, not each file system shows its new state to who asks.
    """
    absolute = path.absolute()
    for place in (absolute, *absolute.parents):
        try:
            flags = os.statvfs(place).f_flag
        except OSError:
            continue  # not there yet, or hidden
        if flags & os.ST_RDONLY or _READ_ONLY in said:
            return (
                f"the disk of {place} can only be read: mount it for writing, or restore a backup "
                "on another one"
            )
        return None
    return None
