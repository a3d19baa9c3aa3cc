from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from indexer.records.errors import BackupError
from radar.backup.manifest import (
    MANIFEST,
    Manifest,
    SavedFile,
    complete_backups,
    find_backup,
    new_backup_folder,
    read_backup,
    write_manifest,
)

NOW = datetime(2026, 3, 2, 4, 30, tzinfo=UTC)


def manifest(*paths: str) -> Manifest:
    files = tuple(SavedFile(path, 1, "ab", 2) for path in paths)
    return Manifest(1, NOW, "0.1.0", None, "sqlite", "0001_initial", files)


def test_a_manifest_is_read_as_it_was_written(tmp_path: Path) -> None:
    written = manifest("database.sqlite", "home/log/a.log")
    write_manifest(tmp_path, written)
    assert read_backup(tmp_path).manifest == written
    assert (tmp_path / MANIFEST).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("path", ["../x", "/etc/passwd", "home/../../x"])
def test_no_path_leads_out_of_the_backup(tmp_path: Path, path: str) -> None:
    write_manifest(tmp_path, manifest(path))
    with pytest.raises(BackupError, match="can't be read"):
        read_backup(tmp_path)


def test_only_folders_with_a_manifest_are_backups_and_the_newest_is_found(tmp_path: Path) -> None:
    assert find_backup(tmp_path) is None
    assert find_backup(tmp_path / "nowhere") is None
    made = [new_backup_folder(tmp_path, NOW) for _ in range(3)]
    assert [path.name for path in made] == [
        "20260302T043000Z",
        "20260302T043001Z",
        "20260302T043002Z",
    ]
    for path in made[:2]:
        write_manifest(path, manifest())
    assert complete_backups(tmp_path) == made[:2]
    found = find_backup(tmp_path)
    assert found is not None
    assert found.folder == made[1]
    named = find_backup(made[0])
    assert named is not None
    assert named.folder == made[0]


def test_a_clock_that_was_set_back_makes_no_older_backup(tmp_path: Path) -> None:
    (tmp_path / "20270101T000000Z").mkdir()
    assert new_backup_folder(tmp_path, NOW).name == "20270101T000001Z"
