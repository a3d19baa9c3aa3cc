"""Files that an engine has mapped into the memory of this process, given back to the system.

Every page of a mapped file that was read counts as memory of the process until the system needs
it for something else. Whoever reads a whole index once, as an export does, holds all of it so.
"""

from __future__ import annotations

import ctypes
import logging
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from pathlib import Path

_MAPPINGS = Path("/proc/self/maps")
_MAPPING = re.compile(r"([0-9a-f]+)-([0-9a-f]+) r--[sp] [0-9a-f]+ \S+ \d+ +(/.+)")
"""A mapping that is only read: from, to, file (proc_pid_maps(5))."""
_NORMAL, _RANDOM, _PAGE_OUT = 0, 1, 21
"""MADV_NORMAL and so on (madvise(2), Linux 5.4). They change no memory, whatever stands at the
addresses by then. The system is free to keep what it was asked to put out: pages that another
process has mapped, too, and such as were read a moment ago.
"""
_DONT_NEED = 4
"""MADV_DONTNEED: they leave this process in any case. It would empty what another thread has got at
an address since the list was read.
"""


def give_back(folder: Path, *, scattered: bool, kept_open: Collection[str] = ()) -> None:
    """Ask the system to hold none of the files in the folder in memory; what is read again comes
    from the disk. What is read `scattered` from then on comes without what stands beside it, which
    would be held, too. Does nothing where the system has no list of mappings, or does not know
    this.

    `kept_open`: names, but for their endings, of files that surely stay mapped where they are until
    this returns. Of these nothing is left here, whoever else reads them, and the system keeps them.
    """
    try:
        lines = _MAPPINGS.read_text().splitlines()
        real = folder.resolve()  # the list names files as they lie, whatever leads there
    except OSError:
        return
    reading, found = _RANDOM if scattered else _NORMAL, list(mappings(lines, real))
    times = Counter(name for _, _, name in found)
    for start, end, name in found:
        # One that is listed twice has been mapped by somebody else here, too, who may end it.
        stays = name.rpartition(".")[0] in kept_open and times[name] == 1
        for advice in (_DONT_NEED if stays else _PAGE_OUT, reading):
            if _advise()(start, end - start, advice):
                logging.getLogger(__name__).debug("madvise: %s", ctypes.get_errno())


def mappings(lines: Iterable[str], folder: Path) -> Iterator[tuple[int, int, str]]:
    """From and to of each mapping of a file in the folder that is only read, and the file's name
    there.
    """
    beginning = f"{folder}/"
    for line in lines:
        # most are of others, and taking a line apart takes longer than finding this
        found = _MAPPING.fullmatch(line) if beginning in line else None
        if found is not None and found[3].startswith(beginning):
            yield int(found[1], 16), int(found[2], 16), found[3].removeprefix(beginning)


@cache
def _advise() -> ctypes._NamedFuncPointer:
    function = ctypes.CDLL(None, use_errno=True).madvise
    function.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    return function
