"""Whether the disks of an installation have room for what a run writes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal, TypeAlias

from radar.plurals import size

LEAST = 10_000_000
"""Bytes: with less free, hardly a run comes to its end."""
LITTLE = 1_000_000_000
"""Bytes: with less free, somebody should know of it."""
Shortage: TypeAlias = tuple[Literal["note", "todo"], str]
"""Whether it needs a person at once, and what is short."""


def short_disks(folders: Iterable[Path]) -> Iterator[Shortage]:
    """What is short on the disks of these folders, each disk once. One that is not there yet counts
    as the nearest above it.
    """
    seen = set()
    for folder in folders:
        nearest = next(path for path in (folder, *folder.absolute().parents) if path.exists())
        disk = nearest.stat().st_dev
        if disk not in seen:
            seen.add(disk)
            yield from _shortage(nearest)


def _shortage(folder: Path) -> Iterator[Shortage]:
    status = os.statvfs(folder)
    free = status.f_bavail * status.f_frsize
    if free < LITTLE:
        yield ("todo" if free < LEAST else "note"), f"{size(free)} free on the disk of {folder}"
    elif status.f_files and not status.f_favail:  # some file systems have no such number
        yield "todo", f"the disk of {folder} can hold no more files"
