from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from indexer.database.engine import usable
from indexer.records.errors import DatabaseError, StoreUnavailable
from indexer.records.read_only_disks import why_not_writable
from indexer.stores.tantivy_index import engine_errors


@pytest.fixture
def read_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder on a disk that can only be read."""

    def status(path: Path) -> SimpleNamespace:
        if not path.exists():
            raise FileNotFoundError(path)
        is_there = path.is_relative_to(tmp_path)
        return SimpleNamespace(f_flag=os.ST_RDONLY if is_there else 0)

    monkeypatch.setattr(os, "statvfs", status)
    return tmp_path


def test_a_disk_that_can_be_written_is_not_why(tmp_path: Path) -> None:
    assert why_not_writable(tmp_path / "radar.db") is None


def test_the_disk_of_what_is_not_there_is_that_of_its_folder(read_only: Path) -> None:
    told = why_not_writable(read_only / "home" / "radar.db")
    assert told is not None
    assert told.startswith(f"the disk of {read_only} can only be read: ")


@pytest.mark.parametrize(
    "said",
    ["LockFailure: Lockfile could not be created: Read-only file system", "Read-only file system"],
)
def test_an_index_on_it_names_it(said: str, read_only: Path) -> None:
    with pytest.raises(StoreUnavailable) as caught, engine_errors(read_only):
        raise ValueError(said)
    assert f"the disk of {read_only} can only be read" in caught.value.hint


def test_what_the_system_says_counts_where_the_disk_does_not_show_it(tmp_path: Path) -> None:
    """As ext4 after a failure of its disk."""
    said = "LockFailure: Lockfile could not be created: Read-only file system"
    with pytest.raises(StoreUnavailable) as caught, engine_errors(tmp_path):
        raise ValueError(said)
    assert f"the disk of {tmp_path} can only be read" in caught.value.hint
    failure = sa.exc.OperationalError("", None, Exception("disk I/O error"))
    with pytest.raises(DatabaseError) as failed, usable(f"sqlite:///{tmp_path / 'radar.db'}"):
        raise failure
    assert "or mount it for writing if it can only be read" in failed.value.hint


def test_a_database_on_it_names_it(read_only: Path) -> None:
    place = f"sqlite:///{read_only / 'radar.db'}"
    failure = sa.exc.OperationalError("", None, Exception("unable to open database file"))
    with pytest.raises(DatabaseError) as caught, usable(place):
        raise failure
    assert f"the disk of {read_only} can only be read" in caught.value.hint
