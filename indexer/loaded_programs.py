"""Programs and libraries that a process has loaded: it holds their pages only while it uses them.

What work needs of them comes back from the system's cache at once; what only loading needed, half
of 25 MiB, does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from indexer.memory_advice import DONT_NEED, advise

_MAPPINGS = Path("/proc/self/smaps")
_MAPPING = re.compile(r"([0-9a-f]+)-([0-9a-f]+) r-([x-])p [0-9a-f]+ (\S+ \d+) +/")
"""What is mapped of a file, for this process alone and not to be written: from, to, whether it is
run, device and inode (proc_pid_smaps(5)).
"""
_CHANGED = re.compile(r"(?:Anonymous|Swap): +[1-9]")

_loaded: list[tuple[int, int]] = []
"""From and to of each mapping of a program. Python unloads none: at its addresses stands no other
memory later, which advice would empty.
"""


def give_back_programs() -> None:
    """For a server or an export that has loaded what it needs, before a thread of its own could
    load more: it holds no page of a program or library any more.
    """
    try:
        # Of paths nothing is asked, and they may be in any encoding.
        lines = _MAPPINGS.read_text("ascii", errors="replace").splitlines()
    except OSError:
        return
    _loaded[:] = unchanged_programs(lines)
    give_back_again()


def give_back_again() -> None:
    """The same later, of what was loaded then: an export does not hold what searches before it
    have used. Does nothing in a process that never gave programs back.
    """
    for start, end in _loaded:
        advise(start, end, DONT_NEED)


def unchanged_programs(lines: Iterable[str]) -> list[tuple[int, int]]:
    """From and to of each mapping whose pages all are as they stand in its file: one in which
    addresses were filled in as it was loaded has pages of its own, which nothing brings back. A
    file of which nothing is run may be mapped for a while only, and is left alone.
    """
    mappings = list(_unchanged(lines))
    programs = {mapping[4] for mapping in mappings if mapping[3] == "x"}
    return [(int(m[1], 16), int(m[2], 16)) for m in mappings if m[4] in programs]


def _unchanged(lines: Iterable[str]) -> Iterator[re.Match[str]]:
    found: re.Match[str] | None = None
    for line in lines:
        if line[0].islower() or line[0].isdigit():  # that of a mapping; what follows tells of it
            if found:
                yield found
            found = _MAPPING.match(line)
        elif _CHANGED.match(line):
            found = None
    if found:
        yield found
