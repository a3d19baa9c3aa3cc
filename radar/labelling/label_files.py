"""Labels as they are kept: `labels/LABELLER.jsonl` in the data folder, a line for every change.

Lines are only added; the last one of a page counts. Each labeller writes a file of their own, so
that nobody overwrites what another has labelled.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import logging
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from indexer.records.durable_files import append_durably, replace_durably
from indexer.records.labels import Labels
from radar.labelling.known_lines import KnownLines, Line

LABELLER = re.compile(r"[^\W_][\w.-]{0,39}")
"""What a file may be called after a labeller."""

_logger = logging.getLogger(__name__)


class LabelFiles:
    """The files in a folder, which need not be there yet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._lines: dict[Path, KnownLines] = {}

    def all(self) -> Iterator[Labels]:
        """The labels of all pages by all labellers, each as it was saved last."""
        for file in sorted(self.folder.glob("*.jsonl")):
            yield from self._last(file)

    def of(self, labeller: str) -> list[Labels]:
        """The labels of this labeller, the page that was changed last first."""
        return list(self._last(self._file(labeller)))

    def page(self, labeller: str, identity: str) -> Labels | None:
        """The labels of one page by this labeller."""
        return next(self._last(self._file(labeller), identity), None)

    def _last(self, file: Path, wanted: str | None = None) -> Iterator[Labels]:
        """The last line of each page, or of the one that is wanted; a line that is none is left
        out, with a warning: a write was cut off there.
        """
        try:
            opened = file.open("rb")
        except FileNotFoundError:
            return
        known: set[str] = set()
        with opened:
            # Most lines are older ones of a page: only the last is worth reading.
            for line in reversed(self._lines_of(file, opened)):
                if line.page in known or wanted not in (None, line.page):
                    continue
                labels = _parse(line.read(opened))
                if labels is None:
                    _logger.warning(
                        "%s:%d is left out: it is cut off, or no labels", file, line.number
                    )
                    continue
                known.add(line.page)
                yield labels

    def _lines_of(self, file: Path, opened: BinaryIO) -> list[Line]:
        with self._lock:
            return self._lines.setdefault(file, KnownLines()).of(opened)

    @contextmanager
    def writing(self, labeller: str) -> Iterator[LabelWriter]:
        """Nobody else writes labels while the block runs. Raises OSError."""
        with self._alone():
            yield LabelWriter(self._file(labeller))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        for folder in (self.folder.parent, self.folder):  # both may be new: for this user alone
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self.folder / "labels.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def remove(self, is_removed: Callable[[Labels], bool]) -> int:
        """Remove all labels of some pages, by whomever, and lines that nobody can read: they may
        hold what must go. How many lines there were. Raises OSError, of the first file that can't
        be read or written, once it is done with the others.
        """
        files = sorted(self.folder.glob("*.jsonl"))
        if not files:
            return 0
        removed, failures = 0, list[OSError]()
        with self._alone():
            for file in files:
                try:
                    removed += _remove_lines(file, is_removed)
                except OSError as error:
                    error.filename = error.filename or str(file)
                    failures.append(error)
        if failures:
            raise failures[0]
        return removed

    def _file(self, labeller: str) -> Path:
        """The file of a labeller; names that make no file name stand for themselves by a number."""
        number = hashlib.sha256(labeller.encode()).hexdigest()[:12]
        name = labeller if LABELLER.fullmatch(labeller) else f"labeller-{number}"
        return self.folder / f"{name}.jsonl"


class LabelWriter:
    """Adds lines to the file of a labeller."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def append(self, labels: Labels) -> None:
        """Add the labels of a page; durable on return, or nothing is added and OSError raised."""
        record = json.dumps(labels.to_record(), ensure_ascii=False)
        append_durably(self._path, record.encode("utf-8", "surrogatepass") + b"\n")


def _remove_lines(file: Path, is_removed: Callable[[Labels], bool]) -> int:
    lines = file.read_bytes().splitlines(keepends=True)
    kept = [line for line in lines if (found := _parse(line)) and not is_removed(found)]
    if len(kept) < len(lines):
        replace_durably(file, b"".join(kept))
    return len(lines) - len(kept)


def _parse(line: bytes) -> Labels | None:
    try:
        return Labels.from_record(json.loads(line))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
