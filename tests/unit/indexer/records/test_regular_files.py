"""What is opened, and what is refused at once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from indexer.records.regular_files import open_regular, open_regular_or_piped


def test_a_file_is_opened(tmp_path: Path) -> None:
    file = tmp_path / "pages.jsonl"
    file.write_bytes(b"page")
    for opening in (open_regular, open_regular_or_piped):
        with opening(file) as stream:
            assert stream.read() == b"page"


def test_the_pipe_of_a_command_is_read_to_its_end() -> None:
    reading, writing = os.pipe()
    os.write(writing, b"page")
    os.close(writing)
    with open_regular_or_piped(Path(f"/dev/fd/{reading}")) as stream:
        assert stream.read() == b"page"
    os.close(reading)


def test_named_pipes_and_devices_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe:[7]")
    for opening in (open_regular, open_regular_or_piped):
        with pytest.raises(OSError, match="named pipe"):
            opening(tmp_path / "pipe:[7]")
        with pytest.raises(OSError, match="device"):
            opening(Path("/dev/zero"))
