"""A call that may not take for ever."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

SECONDS = 30
"""Longest wait for what needs one second."""


@contextmanager
def deadline(seconds: int = SECONDS) -> Iterator[None]:
    """Break off what hangs in it, also in a system call, with a TimeoutError of a kind that nobody
    takes for an error of the system.
    """

    def ring(*_: object) -> None:
        raise Overdue(f"hangs for {seconds} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


class Overdue(BaseException):
    """It hung."""
