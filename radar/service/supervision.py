"""Keeps child processes running: restarts each one that ends, and stops all of them together."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

TICK = 0.2
"""Seconds between two looks at the children."""
GRACE = 9.0
"""Seconds that children get to end; everything has ended within ten."""
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
"""Seconds before a child that ended is started again, doubled each time."""
_ENDED = os.WEXITED | os.WNOHANG | os.WNOWAIT
"""Look for a child that has ended, without waiting for one, and leave its exit code."""
STEADY = 60.0
"""Seconds after which a child that ends has not failed to start: the pause is short again."""


@dataclass(slots=True)
class Child:
    """A process to keep running."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    """Monotonic clock."""
    again: float = 0.0
    """When it is started (again)."""
    pause: float = 0.0
    """The last pause."""

    def start(self) -> int:
        """Start it in its own session, which Ctrl-C doesn't reach; report its pid."""
        self.process = subprocess.Popen(  # noqa: S603  # a command of ours
            self.command, stdin=subprocess.DEVNULL, start_new_session=True
        )
        self.started = time.monotonic()
        return self.process.pid

    def collect_exit_code(self) -> int | None:
        """The exit code, once, if it has ended; its own children are stopped too."""
        if self.process is None or (code := self.process.poll()) is None:
            return None
        self.signal_group(signal.SIGTERM)
        self.process = None
        self.wait_longer(steady=time.monotonic() - self.started >= STEADY)
        return code

    def wait_longer(self, *, steady: bool = False) -> None:
        """Start it again later: after a longer pause than last time, unless it ran for long."""
        self.pause = FIRST_PAUSE if steady else min(LONGEST_PAUSE, self.pause * 2 or FIRST_PAUSE)
        self.again = time.monotonic() + self.pause

    def signal_group(self, number: signal.Signals) -> None:
        """Send a signal to the process and all that it has started."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, number)
            except ProcessLookupError:
                return  # nobody is left


def supervise(
    children: Sequence[Child], stop: threading.Event, tell: Callable[[str], None]
) -> None:
    """Keep the children running until `stop` is set, then stop them; `tell` receives messages."""
    try:
        while not stop.is_set():
            for child in children:
                _look_after(child, tell)
            if os.getpid() == 1:
                _collect_orphans(children)
            stop.wait(TICK)
    finally:
        _end(children)


def _look_after(child: Child, tell: Callable[[str], None]) -> None:
    code = child.collect_exit_code()
    if code is not None:
        tell(f"{child.name} ended ({_how(code)}); started again in {child.pause:.0f} s")
    if child.process is None and time.monotonic() >= child.again:
        try:
            tell(f"{child.name} started (process {child.start()})")
        except OSError as error:  # no memory, or the program is just being replaced
            child.wait_longer()
            reason = f"{child.name} can't be started: {error.strerror}"
            tell(f"{reason}; tried again in {child.pause:.0f} s")


def _collect_orphans(children: Sequence[Child]) -> None:
    """Process 1, as a container's program is, becomes the parent of what its children's children
    leave (those of a browser, say). Nobody else collects these when they end, and of what is left
    of them the machine takes so many only.
    """
    ours = {child.process.pid for child in children if child.process is not None}
    with suppress(ChildProcessError):  # there are no children at all
        while (ended := os.waitid(os.P_ALL, 0, _ENDED)) is not None:
            if ended.si_pid in ours:
                return  # `_look_after` asks for its exit code
            os.waitpid(ended.si_pid, 0)


def _how(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"


def _end(children: Sequence[Child]) -> None:
    """Ask all to end, then make them."""
    until = time.monotonic() + GRACE
    running = [child for child in children if child.process is not None]
    for child in running:
        if child.process is not None:
            child.process.terminate()
    for child in running:
        if child.process is None:
            continue
        try:
            child.process.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.signal_group(signal.SIGKILL)
            child.process.wait()
        else:
            child.signal_group(signal.SIGKILL)  # what it had started and has not ended with it
