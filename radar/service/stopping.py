"""Clean stop: the first signal requests it, a second one ends the process."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from radar.exit_codes import ExitCode

TICK = 0.5
"""Seconds between two looks at the parent."""
CODES = {signal.SIGINT: ExitCode.INTERRUPTED, signal.SIGTERM: ExitCode.TERMINATED}


class Stop:
    """Whether a signal asked the process to end, and which."""

    def __init__(self) -> None:
        self.event = threading.Event()
        self.signal: signal.Signals | None = None

    @property
    def exit_code(self) -> ExitCode:
        """Exit code for the signal that came."""
        return CODES[self.signal] if self.signal is not None else ExitCode.DONE

    def handle(self, number: int, frame: FrameType | None) -> None:
        """Note the signal and restore the default action for a second one."""
        del frame
        self.signal = signal.Signals(number)
        self.event.set()
        signal.signal(number, signal.SIG_DFL)


def end_after(parent: int) -> None:
    """Have this process end as if SIGTERM had come once its parent has ended, however that ended: a
    parent that was killed could ask for nothing.
    """

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(TICK)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True, name="end-after-parent").start()


@contextmanager
def stop_on_signals() -> Iterator[Stop]:
    """Turn SIGINT and SIGTERM into a request to stop, while the block runs."""
    stop = Stop()
    before = {number: signal.signal(number, stop.handle) for number in CODES}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
