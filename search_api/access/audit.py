"""The audit log: a line for each change, login and refusal, in `audit.jsonl`.

Lines hold no key, no query and no body. Refusals come as often as strangers like: beyond a rate
they are counted only, so that nobody can push the other lines out.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from logging import getLogger
from pathlib import Path

from search_api.access.rate_limit import Rate, RateLimit

LARGEST = 10 * 1024 * 1024
"""Bytes after which a file is put aside."""
KEPT = 5
"""Files put aside that are kept: `audit.jsonl.1` is the newest."""
REFUSALS = Rate(burst=200, per_minute=2)
"""Refusals that get a line of their own: half a megabyte a day at most."""
LONGEST = 300
"""Characters of a path that are kept; who asks decides on its length."""

_log = getLogger(__name__)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Something that was done or refused."""

    who: str | None
    """Name of the key; None: without one."""
    address: str | None
    """Where the request came from; None: the command line."""
    method: str
    """Of HTTP, or the command."""
    path: str
    status: int
    """Of HTTP; 0 for commands."""
    result: str
    """`done`, or the code of the problem."""
    refused: bool = False


class AuditLog:
    """Writes the file; `folder` is made when there is something to write."""

    def __init__(
        self, folder: Path, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._path = folder / "audit.jsonl"
        self._clock = clock
        self._lock = threading.Lock()
        self._refusals = RateLimit(REFUSALS)
        self._left_out = 0

    def write(self, entry: AuditEntry) -> None:
        """Add a line. One that can't be written goes to the log of the server."""
        with self._lock:
            if entry.refused and self._refusals.take(""):
                self._left_out += 1
                return
            line = self._line(entry)
            self._left_out = 0
            try:
                self._append(line)
            except OSError as error:
                _log.error("audit_not_written %s %s", error.strerror, line)

    def _line(self, entry: AuditEntry) -> str:
        fields = {
            "time": self._clock().isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "who": entry.who,
            "address": entry.address,
            "method": entry.method,
            "path": entry.path[:LONGEST],
            "status": entry.status or None,
            "result": entry.result,
        }
        if self._left_out:
            fields["refusals_left_out"] = self._left_out
        return json.dumps(fields, ensure_ascii=False)

    def _append(self, line: str) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        if self._path.exists() and self._path.stat().st_size > LARGEST:
            self._put_aside()
        handle = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(handle, f"{line}\n".encode("utf-8", "backslashreplace"))
        finally:
            os.close(handle)

    def _put_aside(self) -> None:
        for number in range(KEPT, 0, -1):
            older = self._path.with_name(f"{self._path.name}.{number}")
            newer = self._path if number == 1 else older.with_suffix(f".{number - 1}")
            if newer.exists():
                newer.replace(older)
