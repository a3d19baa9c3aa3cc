"""A restore that was cut off while it put files in their places: nothing works until it is done."""

from __future__ import annotations

from pathlib import Path

from indexer.records.errors import DatabaseError

JOURNAL = "restore-in-progress.json"
"""In the data folder, from the moment at which there is no way back (`radar.backup.swap`)."""


def refuse_interrupted_restore(home: Path) -> None:
    """DatabaseError if the data folder may be half restored."""
    if (home / JOURNAL).exists():
        raise DatabaseError(
            f"a restore was cut off: what is in {home} may be half old, half new",
            hint="`radar restore FROM` finishes it, from where it stopped",
        )
