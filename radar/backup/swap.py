"""Puts restored files in the places of those that are there, which are moved aside.

All is ready before the first file moves, and the journal says what is to be done: once it is
written, the restore can only be finished, as often as it is cut off. Every step is a rename within
one file system, and one that is already done does nothing.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from pydantic import TypeAdapter

from indexer.records.durable_files import sync_folder
from radar.backup.joining import Joined
from radar.installation.interrupted_restore import JOURNAL


@dataclass(frozen=True, slots=True)
class Replacement:
    """A file or folder that is replaced. Absolute paths."""

    target: Path
    aside: Path
    """Where it goes, if it is there."""
    staged: Path | None
    """What takes its place; None: nothing. Once it is there no more, it has taken it."""


@dataclass(frozen=True, slots=True)
class Swap:
    """Everything that is replaced."""

    backup: Path
    """The backup that it comes from."""
    aside: Path
    """Folder for what is replaced."""
    replacements: tuple[Replacement, ...]
    dump: Path | None
    """Of a PostgreSQL database, to be loaded first."""
    joined: Joined = field(default_factory=Joined)
    forgotten: int | None = 0
    unplaced: tuple[str, ...] = ()
    """What is told once all is done, as `radar.backup.restoring.Restored` has it."""


_ADAPTER = TypeAdapter(Swap)


def begin(home: Path, swap: Swap) -> None:
    """Write the journal: from here on there is no way back. All of `staged` is durable."""
    journal = home / JOURNAL
    draft = journal.with_suffix(".draft")
    with draft.open("w", encoding="utf-8") as file:
        json.dump(asdict(swap), file, default=str)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(journal)
    sync_folder(home)


def interrupted(home: Path) -> Swap | None:
    """A swap that has begun and is not done."""
    journal = home / JOURNAL
    return _ADAPTER.validate_json(journal.read_bytes()) if journal.exists() else None


def cancel(home: Path) -> None:
    """Take the journal back: no file has moved yet."""
    (home / JOURNAL).unlink()
    sync_folder(home)


def finish(home: Path, swap: Swap, load: Callable[[Path], None]) -> None:
    """Do what is not done yet; `load` puts a dump into the database, all of it or nothing."""
    if swap.dump is not None:
        load(swap.dump)
    swap.aside.mkdir(exist_ok=True)
    waiting = [r for r in swap.replacements if r.staged is None or r.staged.exists()]
    # First all the old, then the new: a write-ahead log never lies beside a database not its own.
    for replaced in waiting:
        _put_aside(replaced)
    _sync_folders(swap)
    for placed in waiting:
        if placed.staged is not None:
            _put_aside(placed)  # who labels pages may have saved something meanwhile
            placed.target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            placed.staged.rename(placed.target)
    _sync_folders(swap)
    (home / JOURNAL).unlink()
    sync_folder(home)


def _put_aside(replaced: Replacement) -> None:
    """Move away what is there, also what has come after something else went there."""
    if not (replaced.target.exists() or replaced.target.is_symlink()):
        return
    aside, number = replaced.aside, 2
    while aside.exists() or aside.is_symlink():
        aside = replaced.aside.with_name(f"{replaced.aside.name}-{number}")
        number += 1
    aside.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    replaced.target.rename(aside)


def _sync_folders(swap: Swap) -> None:
    folders = {path.parent for r in swap.replacements for path in (r.target, r.aside)}
    for folder in folders:
        if folder.exists():
            sync_folder(folder)
