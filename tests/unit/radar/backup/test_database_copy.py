"""Copies of databases that stand where nothing can be written."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from radar.backup.database_copy import copy_database
from radar.run.progress import Display


@pytest.mark.parametrize("open_elsewhere", [False, True])
def test_what_only_the_log_holds_is_copied_from_a_read_only_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_elsewhere: bool
) -> None:
    living, disk, backup = (tmp_path / name for name in ("living", "disk", "backup"))
    for folder in (living, disk, backup):
        folder.mkdir()
    with contextlib.closing(sqlite3.connect(living / "radar.db")) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.executescript(
            "CREATE TABLE alembic_version (version_num); INSERT INTO alembic_version VALUES ('7');"
            "CREATE TABLE archive_file (name, \"end\"); INSERT INTO archive_file VALUES ('a', 9);"
        )
        for path in living.iterdir():  # as a stop of the machine leaves them
            if open_elsewhere or not path.name.endswith("-shm"):
                shutil.copyfile(path, disk / path.name)
    # Root may write everywhere but on a disk that is read-only.
    monkeypatch.setattr(os, "access", lambda folder, mode: Path(folder) != disk)
    before = sorted(path.name for path in disk.iterdir())
    made = copy_database(f"sqlite:///{disk / 'radar.db'}", backup, Display(None))
    assert (made.schema, made.archive_ends) == ("7", {"a": 9})
    assert [path.name for path in backup.iterdir()] == ["database.sqlite"]
    assert open_elsewhere or sorted(path.name for path in disk.iterdir()) == before
