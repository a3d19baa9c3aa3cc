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


def archive_files(folder: Path) -> list[str]:
    """Names of all archive files, oldest first; of one number, the earlier generations first."""
    names = (path.name for path in archive_paths(folder))
    return sorted(names, key=lambda name: (number_of(name), generation_of(name)))


def number_of(name: str) -> str:
    """What all generations of a file have in common."""
    found = NAME.fullmatch(name)
    return found["number"] if found else name


def generation_of(name: str) -> int:
    """How often a file was rewritten."""
    found = NAME.fullmatch(name)
    return int(found["generation"] or 0) if found else 0
