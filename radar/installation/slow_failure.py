"""A search store that lets everybody wait: who waits for his turn is told what the one before him
has waited for.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from indexer.records.errors import StoreUnavailable

SLOW = 1.0
"""Seconds from which on a failure is remembered: one that comes at once holds nobody up."""
REMEMBERED = 5.0
"""How many."""


class SlowFailures:
    """Of requests that are made one after the other, under a lock."""

    def __init__(self) -> None:
        self._last: tuple[float, StoreUnavailable] | None = None

    @contextmanager
    def fail_at_once(self) -> Iterator[None]:
        """Raise again what a request has failed with just now, after a long time; else try."""
        began = time.monotonic()
        if self._last is not None and began - self._last[0] < REMEMBERED:
            error = self._last[1]
            raise StoreUnavailable(error.message, hint=error.hint)
        try:
            yield
        except StoreUnavailable as error:
            ended = time.monotonic()
            self._last = (ended, error) if ended - began >= SLOW else None
            raise
