"""A call that may not take for ever."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

SECONDS = 30
"""Longest wait for what needs one second."""


@contextmanager
def deadline(seconds: int = SECONDS, *, of_processor_time: bool = False) -> Iterator[None]:
    """Break off what hangs in it, also in a system call, with a TimeoutError of a kind that nobody
    takes for an error of the system. Other programs hardly change how long it takes
    `of_processor_time`, in which a system call that waits does not end.
    """
    bell, timer = (
        (signal.SIGPROF, signal.ITIMER_PROF)
        if of_processor_time
        else (signal.SIGALRM, signal.ITIMER_REAL)
    )

    def ring(*_: object) -> None:
        raise Overdue(f"hangs for {seconds} s")

    before = signal.signal(bell, ring)
    signal.setitimer(timer, seconds)
    try:
        yield
    finally:
        signal.setitimer(timer, 0)
        signal.signal(bell, before)


class Overdue(BaseException):
    """It hung."""
