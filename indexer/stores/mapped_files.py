"""Files that an engine has mapped into the memory of this process, given back to the system.

Every page of a mapped file that was read counts as memory of the process until the system needs
it for something else. Whoever reads a whole index once, as an export does, holds all of it so.
"""

from __future__ import annotations

import re
import resource
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from indexer.memory_advice import DONT_NEED, NORMAL, PAGE_OUT, RANDOM, advise

_MAPPINGS = Path("/proc/self/maps")
_SIZES = Path("/proc/self/statm")
_MAPPING = re.compile(r"([0-9a-f]+)-([0-9a-f]+) r--[sp] [0-9a-f]+ \S+ \d+ +(/.+)")
"""A mapping that is only read: from, to, file (proc_pid_maps(5))."""


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
    reading, found = RANDOM if scattered else NORMAL, list(mappings(lines, real))
    times = Counter(name for _, _, name in found)
    for start, end, name in found:
        # One that is listed twice has been mapped by somebody else here, too, who may end it.
        stays = name.rpartition(".")[0] in kept_open and times[name] == 1
        for advice in (DONT_NEED if stays else PAGE_OUT, reading):
            advise(start, end, advice)


def mapped_memory() -> int:
    """Bytes that this process holds of files, its programs among them; 0 where no system tells.

    A page that is read may bring as much as 2 MiB: what the system has read at once of a file it
    maps at once (Linux 6.18).
    """
    try:
        pages = int(_SIZES.read_bytes().split()[2])  # resident shared pages (proc_pid_statm(5))
    except OSError:
        return 0
    return pages * resource.getpagesize()


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
