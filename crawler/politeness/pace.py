"""The pace of requests to one site: one in flight, and a pause after each."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Pace:
    """Admits one request at a time.

    The pause runs from the end of a response to the start of the next request. If it ran from start
    to start (as in Scrapy's download slots), the server would see a gap shorter than promised
    whenever the first request took longer to arrive than the second.
    """

    def __init__(self, delay: float) -> None:
        self.delay = delay
        self._turn = asyncio.Lock()
        self._last = float("-inf")

    def raise_delay(self, delay: float) -> None:
        """Make the pause `delay` seconds if it is shorter."""
        self.delay = max(self.delay, delay)

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait until the next request is due, then hold the site."""
        async with self._turn:
            # The loop's timers may fire a little early: the clock decides. No event to wait for.
            while (wait := self._last + self.delay - time.monotonic()) > 0:  # noqa: ASYNC110
                await asyncio.sleep(wait)
            try:
                yield
            finally:
                self._last = time.monotonic()
