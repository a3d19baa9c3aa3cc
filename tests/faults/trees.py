"""What a folder holds, to be compared before and after a fault."""

from __future__ import annotations

from pathlib import Path

from radar.backup.copying import digest_of


def files_of(folder: Path) -> dict[str, str]:
    """Path → digest of every file that is no lock, and not of the index."""
    return {
        path.relative_to(folder).as_posix(): digest_of(path)
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".lock" and "index" not in path.parts
    }
