"""Memory that a server has freed goes back to the system, and what it never uses takes none."""

from __future__ import annotations

import ctypes
import logging
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import cast

from indexer.text.folding import fold, surfaces_of
from indexer.text.stemming import stem

_LARGE = 64 * 1024
"""Bytes from which what is allocated has pages of its own, which go back as soon as it is freed."""
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
"""Names of what `mallopt` sets (malloc.h of glibc)."""
_MAPPINGS = Path("/proc/self/smaps")
_MAPPING = re.compile(r"([0-9a-f]+)-([0-9a-f]+) r-[x-]p [0-9a-f]+ \S+ \d+ +/")
"""What is mapped of a file, for this process alone and not to be written (proc_pid_smaps(5))."""
_CHANGED = re.compile(r"(?:Anonymous|Swap): +[1-9]")
_DONT_NEED = 4
"""MADV_DONTNEED (madvise(2))."""


def give_back_freed_memory() -> None:
    """For the process of a server or an export, before it begins threads; without glibc it does
    nothing.

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


def leave_out_pydantic_1() -> None:
    """For the process of a server, before its routes are made: FastAPI asks of each annotation
    whether it is of pydantic's first version, loads that for it (1.6 MiB), and takes it for missing
    if that fails. None of ours is.
    """
    # documented: None makes an import fail
    sys.modules.setdefault("pydantic.v1", cast("ModuleType", None))


def forget_words_of_tables() -> None:
    """For a server or an export that has opened its tables: their words stay folded and stemmed in
    the tables, and are not asked for again by words. What they took, 4 MiB, serves requests.
    """
    for remembered in (fold, surfaces_of, stem):
        remembered.cache_clear()


def give_back_programs() -> None:
    """For a server or an export that has loaded what it needs, before a thread of its own could
    load more: it holds no page of a program or library any more. What work needs of them comes back
    from the system's cache at once; what only loading needed, half of 25 MiB, does not.
    """
    try:
        # Of paths nothing is asked, and they may be in any encoding.
        lines = _MAPPINGS.read_text("ascii", errors="replace").splitlines()
    except OSError:
        return
    advise = ctypes.CDLL(None, use_errno=True).madvise
    advise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    for start, end in unchanged_programs(lines):
        if advise(start, end - start, _DONT_NEED):
            logging.getLogger(__name__).debug("madvise: %s", ctypes.get_errno())


def unchanged_programs(lines: Iterable[str]) -> Iterator[tuple[int, int]]:
    """From and to of each mapping whose pages all are as they stand in its file: one in which
    addresses were filled in as it was loaded has pages of its own, which nothing brings back.
    """
    found: tuple[int, int] | None = None
    for line in lines:
        if line[0].islower() or line[0].isdigit():  # that of a mapping; what follows tells of it
            if found:
                yield found
            mapping = _MAPPING.match(line)
            found = (int(mapping[1], 16), int(mapping[2], 16)) if mapping else None
        elif _CHANGED.match(line):
            found = None
    if found:
        yield found
