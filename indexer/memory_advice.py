"""Advice to the system on memory that is mapped of files."""

from __future__ import annotations

import ctypes
import logging
from functools import cache

NORMAL, RANDOM, PAGE_OUT = 0, 1, 21
"""MADV_NORMAL and so on (madvise(2), Linux 5.4). They change no memory, whatever stands at the
addresses by then. The system is free to keep what it was asked to put out: pages that another
process has mapped, too, and such as were read a moment ago.
"""
DONT_NEED = 4
"""MADV_DONTNEED: pages leave this process in any case. It would empty what another thread has got
at an address since the list was read.
"""


def advise(start: int, end: int, advice: int) -> None:
    """On the memory from one address to another; what the system refuses is left as it is."""
    if _madvise()(start, end - start, advice):
        logging.getLogger(__name__).debug("madvise: %s", ctypes.get_errno())


@cache
def _madvise() -> ctypes._NamedFuncPointer:
    function = ctypes.CDLL(None, use_errno=True).madvise
    function.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    return function
