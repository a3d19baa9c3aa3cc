"""The configuration folder of a backup: restored only where there is none."""

from __future__ import annotations

import shutil
from pathlib import Path

from indexer.records.errors import BackupError
from radar.backup.copying import copy_file, digest_of, make_folders
from radar.backup.installed_files import STAGING
from radar.backup.manifest import CONFIGURATION, Backup, SavedFile


def restore_configuration(backup: Backup, place: Path) -> bool:
    """Restore the configuration folder if there is none at `place` yet, or an empty one; all of it
    or nothing. Returns whether it did. Raises BackupError if a file is damaged, and OSError.
    """
    files = backup.manifest.under(CONFIGURATION)
    if not files or (place.is_dir() and any(place.iterdir())):
        return False
    draft = place.with_name(f"{place.name}.{STAGING}")
    if draft.exists():
        shutil.rmtree(draft)
    place.parent.mkdir(parents=True, exist_ok=True)
    draft.mkdir(mode=0o700)
    try:
        for file in files:
            _copy(backup, file, draft)
        draft.rename(place)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    return True


def differs(backup: Backup, place: Path) -> bool:
    """Whether the folder lacks a file of the backup's, or has another one."""
    return any(
        not (place / path).is_file() or digest_of(place / path) != file.sha256
        for file in backup.manifest.under(CONFIGURATION)
        if (path := file.path.removeprefix(f"{CONFIGURATION}/"))
    )


def _copy(backup: Backup, file: SavedFile, draft: Path) -> None:
    path = file.path.removeprefix(f"{CONFIGURATION}/")
    source = backup.folder / file.path
    make_folders(draft, path)
    if not source.is_file() or copy_file(source, draft, path).sha256 != file.sha256:
        raise BackupError(
            f"the backup is damaged: {file.path} in {backup.folder}",
            hint="nothing was changed; restore the backup of another day: name its folder",
        )
