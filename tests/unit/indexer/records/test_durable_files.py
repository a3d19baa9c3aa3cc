"""Files that a power cut leaves whole."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from indexer.records.durable_files import append_durably, replace_durably


def full(descriptor: int) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_file_is_replaced_in_one_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "small"
    replace_durably(file, b"old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        replace_durably(file, b"new")
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


def test_the_name_of_a_new_file_is_durable_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[bool] = []

    def fsync(descriptor: int) -> None:
        synced.append(stat.S_ISDIR(os.fstat(descriptor).st_mode))

    monkeypatch.setattr(os, "fsync", fsync)
    replace_durably(tmp_path / "small", b"new")
    assert synced == [False, True]
    synced.clear()
    append_durably(tmp_path / "lines", b"one\n")
    append_durably(tmp_path / "lines", b"two\n")
    assert synced == [True, False, False]


@pytest.mark.parametrize(
    ("content", "after"),
    [(b"", b"new\n"), (b"one\n", b"one\nnew\n"), (b"one\ntw", b"one\ntw\nnew\n")],
)
def test_a_line_that_was_cut_off_is_ended_before_the_next(
    tmp_path: Path, content: bytes, after: bytes
) -> None:
    path = tmp_path / "lines"
    path.write_bytes(content)
    append_durably(path, b"new\n")
    assert path.read_bytes() == after


def test_lines_are_added_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "lines"
    append_durably(path, b"one\n")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        append_durably(path, b"two\n")
    assert path.read_bytes() == b"one\n"


@pytest.mark.parametrize("answer", [errno.EINVAL, errno.EIO])
def test_a_file_system_that_syncs_no_folders_keeps_nothing_from_being_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: int
) -> None:
    def fsync(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(answer, os.strerror(answer))

    monkeypatch.setattr(os, "fsync", fsync)
    if answer == errno.EIO:  # the disk fails
        with pytest.raises(OSError, match="error"):
            replace_durably(tmp_path / "small", b"new")
        return
    replace_durably(tmp_path / "small", b"new")
    append_durably(tmp_path / "lines", b"one\n")
    assert (tmp_path / "small").read_bytes() == b"new"
    assert (tmp_path / "lines").read_bytes() == b"one\n"
