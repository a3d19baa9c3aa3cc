"""Memory that a server has freed goes back to the system."""

from __future__ import annotations

import ctypes
import logging

_LARGE = 64 * 1024
"""Bytes from which what is allocated has pages of its own, which go back as soon as it is freed."""
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
"""Names of what `mallopt` sets (malloc.h of glibc)."""


def give_back_freed_memory() -> None:
    """For the process of a server, before it begins threads; without glibc it does nothing.

    By itself glibc keeps what replies of a cluster or long texts took, the more the larger they
    were, and once for each of several threads: an export of 100,000 rows grew by 10 MiB.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError):
        return
    for name, value in ((_ARENA_MAX, 1), (_MMAP_THRESHOLD, _LARGE), (_TRIM_THRESHOLD, _LARGE)):
        if not mallopt(name, value):
            logging.getLogger(__name__).debug("mallopt refused %s", name)
