"""A running `radar up` and what it tells, for tests."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import threading
import time
from typing import Self

import httpx

from tests.e2e.world import SECONDS, World


class Up:
    """A running `radar up`, and the lines that it tells."""

    def __init__(self, world: World, port: int, *options: str, **environment: str) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.process = world.start("up", "--port", str(port), *options, **environment)
        self.lines: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.lines.append(line.rstrip())

    def line(self, pattern: str, number: int = 1) -> re.Match[str]:
        """The line of this pattern that comes as the `number`th; waits for it, on a busy machine as
        long as several runs take.
        """
        until = time.monotonic() + 4 * SECONDS
        while time.monotonic() < until:
            found = [m for line in list(self.lines) if (m := re.search(pattern, line))]
            if len(found) >= number:
                return found[number - 1]
            time.sleep(0.05)
        raise AssertionError(f"no {pattern!r} in {self.lines}")

    def answers(self) -> bool:
        """Whether the server answers, sooner or later."""
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            with contextlib.suppress(httpx.TransportError):
                return httpx.get(f"{self.url}/api/sources").status_code == 200
            time.sleep(0.05)
        return False

    def end(self, number: signal.Signals) -> int:
        """Send a signal to the supervisor alone; its exit code."""
        self.process.send_signal(number)
        return self.process.wait(timeout=SECONDS)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.end(signal.SIGTERM)
        self._reader.join()
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            if pipe is not None:
                pipe.close()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def ends(pid: int) -> bool:
    """Whether a process that is no child of the test ends: it may take a moment to go."""
    until = time.monotonic() + 60
    while is_running(pid):
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True
