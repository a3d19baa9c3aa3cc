"""The pace of one site: one request in flight, and a pause after each."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Pace:
    """Lets one request at a time through.

    The pause is counted from the end of one answer to the start of the next request. Counted from
    start to start (as Scrapy's download slots do), the server would see a gap shorter than promised
    whenever the first request took longer to arrive than the second.
    """

    def __init__(self, delay: float) -> None:
        self.delay = delay
        self._turn = asyncio.Lock()
        self._last = float("-inf")

    def at_least(self, delay: float) -> None:
        """Make the pause at least `delay` seconds."""
        self.delay = max(self.delay, delay)

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for the site to be free and rested, then hold it."""
        async with self._turn:
            # The loop's timers may fire a little early: the clock has the last word.
            # it is time that is waited for
            while (wait := self._last + self.delay - time.monotonic()) > 0:  # noqa: ASYNC110
                await asyncio.sleep(wait)
            try:
                yield
            finally:
                self._last = time.monotonic()
