"""What a service says of itself, on standard error."""

from __future__ import annotations

import sys
from contextlib import suppress


def note(line: str) -> None:
    """Say it, if that can be done: standard error may be a file on a disk that is full, or a pipe
    that nobody reads any more, and what is not said is no reason to end.
    """
    with suppress(OSError):
        print(line, file=sys.stderr, flush=True)  # noqa: T201  # its log
