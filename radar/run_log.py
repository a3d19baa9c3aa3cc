"""The log file of a run, and what goes to the terminal."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

KEPT = 14
"""Log files of earlier runs that are kept beside the newest ones."""

FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"


@contextmanager
def run_log(folder: Path) -> Iterator[Path]:
    """Write everything that is logged meanwhile into a file of its own; older files are removed."""
    folder.mkdir(parents=True, exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    path = folder / f"run-{stamp}.log"
    handler = logging.FileHandler(path, encoding="utf-8")
    formatter = logging.Formatter(FORMAT, datefmt="%Y-%m-%dT%H:%M:%S%z")
    handler.setFormatter(formatter)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    for old in sorted(folder.glob("run-*.log"))[:-KEPT]:
        old.unlink(missing_ok=True)
    try:
        yield path
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
        handler.close()
