"""Memory that was freed and stands between what stays."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache


def give_back_freed() -> None:
    """For a process that has just freed much: the system gets what glibc keeps of it; elsewhere
    nothing happens. It takes milliseconds.
    """
    if trim := _malloc_trim():
        trim(0)


@cache  # each look at a library makes types that stay until Python looks for cycles
def _malloc_trim() -> Callable[[int], int] | None:
    try:
        return ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError):
        return None
