"""The processes of a browser: their memory, and how to kill them. Linux only (`/proc`)."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from pathlib import Path

_PROC = Path("/proc")


def process_tree(root: int) -> list[int]:
    """A process and its descendants, parents first: a browser puts its own into other groups."""
    children: dict[int, list[int]] = {}
    for entry in _PROC.iterdir():
        if entry.name.isdigit() and (parent := _parent(entry)) is not None:
            children.setdefault(parent, []).append(int(entry.name))
    found = [root]
    for process in found:
        found.extend(children.get(process, ()))
    return found


def memory(processes: list[int]) -> int:
    """Bytes that they use, without memory shared with other processes."""
    return sum(map(_own_memory, processes))


def kill(processes: list[int]) -> None:
    """Kill them at once."""
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)


def _parent(entry: Path) -> int | None:
    try:
        # The name of the program, in brackets, may hold anything.
        return int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, ValueError, IndexError):
        return None


def _own_memory(process: int) -> int:
    try:
        _, resident, shared, *_ = (_PROC / str(process) / "statm").read_text().split()
    except (OSError, ValueError):
        return 0
    return (int(resident) - int(shared)) * os.sysconf("SC_PAGE_SIZE")
