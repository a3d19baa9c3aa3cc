"""The names of the archive's files, and what makes them survive a power cut."""

from __future__ import annotations

import os
from pathlib import Path

PATTERN = "rohstoffradar-*.warc.gz"
"""Names of archive files: a number, and after a purge a generation."""


def sync_folder(folder: Path) -> None:
    """Make a new file's name survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
