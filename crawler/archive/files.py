"""The names of the archive's files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

NAME = re.compile(r"(?P<number>rohstoffradar-\d{6})(?:\.(?P<generation>\d{4,}))?\.warc\.gz")
"""Names of archive files: a number, and after a purge a generation."""


def archive_paths(folder: Path) -> Iterator[Path]:
    """All archive files, in any order; not what somebody has put beside them (a copy, say)."""
    return (path for path in folder.glob("rohstoffradar-*.warc.gz") if NAME.fullmatch(path.name))
