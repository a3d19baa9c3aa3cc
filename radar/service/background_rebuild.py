"""Builds the search index again while the server goes on: `radar rebuild` as a child process."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

PAUSE = 60.0
"""Seconds between two tries: while a run is in progress, the index can't be built beside it, and
the run does it."""


@dataclass
class BackgroundRebuild:
    """At most one rebuild at a time."""

    places: Sequence[str]
    """Options that name the installation."""
    tell: Callable[[str], None]
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _process: subprocess.Popen[bytes] | None = None
    _started: float = float("-inf")

    def start(self, reason: str) -> None:
        """Begin a rebuild, unless one is running or the last one began only just now."""
        with self._lock:
            running = self._process is not None and self._process.poll() is None
            if running or time.monotonic() - self._started < PAUSE:
                return
            self._started = time.monotonic()
            self.tell(f"{reason}: it is built again in the background{self._last()}")
            command = [sys.executable, "-m", "radar", "rebuild", "--keep-events", *self.places]
            try:
                self._process = subprocess.Popen(  # noqa: S603  # a command of ours
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
            except OSError as error:  # no memory for one more process
                self.tell(f"`radar rebuild` could not be started: {error.strerror}")

    def _last(self) -> str:
        """What became of the last rebuild, unless it was done."""
        code = None if self._process is None else self._process.returncode
        return f"; the last try failed (code {code}), `radar rebuild` says why" if code else ""

    def stop(self) -> None:
        """End a rebuild that is running: the index in use stays."""
        with self._lock:
            if self._process is not None and self._process.poll() is None:
                self._process.terminate()
                self._process.wait()
