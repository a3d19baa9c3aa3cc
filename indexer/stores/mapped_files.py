"""Files that an engine has mapped into the memory of this process, given back to the system.

Every page of a mapped file that was read counts as memory of the process until the system needs
it for something else. Whoever reads a whole index once, as an export does, holds all of it so.
"""

from __future__ import annotations

import ctypes
import logging
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

_MAPPINGS = Path("/proc/self/maps")
_MAPPING = re.compile(r"([0-9a-f]+)-([0-9a-f]+) r--[sp] [0-9a-f]+ \S+ \d+ +(/.+)")
"""A mapping that is only read: from, to, file (proc_pid_maps(5))."""
_NORMAL, _RANDOM, _PAGE_OUT = 0, 1, 21
"""MADV_NORMAL and so on (madvise(2), Linux 5.4). They change no memory, whatever stands at the
addresses by then: MADV_DONTNEED would empty what another thread has got there since the list was
read.
"""


def give_back(folder: Path, *, scattered: bool) -> None:
    """Ask the system to hold none of the files in the folder in memory; what is read again comes
    from the disk. What is read `scattered` from then on comes without what stands beside it, which
    would be held, too. Does nothing where the system has no list of mappings, or does not know
    this.
    """
    try:
        lines = _MAPPINGS.read_text().splitlines()
        real = folder.resolve()  # the list names files as they lie, whatever leads there
    except OSError:
        return
    for start, end in mappings(lines, real):
        for advice in (_PAGE_OUT, _RANDOM if scattered else _NORMAL):
            if _advise()(start, end - start, advice):
                logging.getLogger(__name__).debug("madvise: %s", ctypes.get_errno())


def mappings(lines: Iterable[str], folder: Path) -> Iterator[tuple[int, int]]:
    """From and to of each mapping of a file in the folder that is only read."""
    for line in lines:
        found = _MAPPING.fullmatch(line)
        if found is not None and found[3].startswith(f"{folder}/"):
            yield int(found[1], 16), int(found[2], 16)


@cache
def _advise() -> ctypes._NamedFuncPointer:
    function = ctypes.CDLL(None, use_errno=True).madvise
    function.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    return function
