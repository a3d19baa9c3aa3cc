"""Files that a power cut leaves whole."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO


def replace_durably(path: Path, content: bytes) -> None:
    """Write a small file in one step: after a power cut it is either the old or the new one."""
    temporary = path.with_name(f"{path.name}.new")
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def ends_in_line(file: BinaryIO) -> bool:
    """Whether the last line is whole; of a file that is not empty."""
    file.seek(-1, os.SEEK_END)
    return file.read(1) == b"\n"
