"""Opening files whose names people give: what can be read to its end, or an error at once."""

from __future__ import annotations

import errno
import os
import re
import stat
from pathlib import Path
from typing import BinaryIO

_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)

_UNNAMED_PIPE = re.compile(r"/proc/\d+/fd/pipe:\[")


def open_regular(path: Path) -> BinaryIO:
    """Open for reading. OSError also for what is no regular file: opening a pipe would wait for its
    other end, and a device may have no end.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    except OSError as error:
        if error.errno == errno.ENXIO:
            raise _other_kind("a socket", path) from error
        raise
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        kind = next((name for is_kind, name in _KINDS if is_kind(mode)), "something else")
        raise _other_kind(kind, path)
    return os.fdopen(descriptor, "rb")


def open_regular_or_piped(path: Path) -> BinaryIO:
    """As `open_regular`, and also the pipe of a command: `/dev/stdin`, `<(zcat pages.jsonl.gz)`.
    Such a pipe has no name, so whoever made it writes to it or has closed it.
    """
    piped = _UNNAMED_PIPE.match(os.path.realpath(path)) is not None
    return path.open("rb") if piped else open_regular(path)


def _other_kind(kind: str, path: Path) -> OSError:
    return OSError(errno.EINVAL, f"it is {kind}, not a file", str(path))
