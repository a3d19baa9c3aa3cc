"""Disks that are short of room; how much is free is given."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from radar.configuration.settings import load_settings
from radar.installation.checking import check_installation
from radar.installation.disk_check import LITTLE, short_disks
from radar.installation.installation import Installation

BLOCK = 4096


def disk(
    monkeypatch: pytest.MonkeyPatch, *, free: int, files: int = 1000, of_files: int = 1000
) -> None:
    """Every disk has so many bytes and files left."""
    status = SimpleNamespace(
        f_bavail=free // BLOCK, f_frsize=BLOCK, f_files=of_files, f_favail=files
    )
    monkeypatch.setattr(os, "statvfs", lambda folder: status)


def test_a_disk_with_room_is_not_spoken_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disk(monkeypatch, free=LITTLE + BLOCK)
    assert not list(short_disks([tmp_path]))
    disk(monkeypatch, free=LITTLE + BLOCK, files=0, of_files=0)
    assert not list(short_disks([tmp_path]))


@pytest.mark.parametrize(
    ("free", "level", "number"), [(0, "todo", "0 kB"), (409_600_000, "note", "409.6 MB")]
)
def test_a_full_disk_is_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, level: str, number: str
) -> None:
    disk(monkeypatch, free=free)
    told = (level, f"{number} free on the disk of {tmp_path}")
    assert list(short_disks([tmp_path / "data", tmp_path / "data" / "archive"])) == [told]


def test_so_is_one_without_room_for_another_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk(monkeypatch, free=LITTLE + BLOCK, files=0)
    told = ("todo", f"the disk of {tmp_path} can hold no more files")
    assert list(short_disks([tmp_path])) == [told]


def test_a_check_asks_for_a_person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disk(monkeypatch, free=1_000_000)
    installation = Installation(load_settings(tmp_path, {"RADAR_MEANING": "off"}, home=tmp_path))
    [found] = [result for result in check_installation(installation) if result.what == "disk"]
    assert (found.level, found.message.startswith("999 kB free")) == ("todo", True)
