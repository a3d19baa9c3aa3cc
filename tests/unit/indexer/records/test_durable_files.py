"""Files that a power cut leaves whole."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from indexer.records.durable_files import ends_in_line, replace_durably


def test_a_file_is_replaced_in_one_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "small"
    replace_durably(file, b"old")

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        replace_durably(file, b"new")
    assert file.read_bytes() == b"old"


@pytest.mark.parametrize(("content", "is_whole"), [(b"one\n", True), (b"one\ntw", False)])
def test_a_line_that_was_cut_off_is_seen(tmp_path: Path, content: bytes, is_whole: bool) -> None:
    path = tmp_path / "lines"
    path.write_bytes(content)
    with path.open("rb") as file:
        assert ends_in_line(file) is is_whole
