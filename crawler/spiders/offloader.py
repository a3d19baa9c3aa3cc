"""Runs long computations in threads, so that the event loop continues with other sources.

Not `asyncio.to_thread`: its threads are waited for when the loop closes, so that one hostile
document would delay the end of a run that was stopped.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from indexer.records.errors import ParseError

CONCURRENCY = 2
"""Documents that are read concurrently: each may take a hundred megabytes."""
SECONDS = 60.0
"""Longest time for one document."""

Result = TypeVar("Result")


class Offloader:
    """Runs functions in threads, few at a time; one per event loop."""

    def __init__(self, *, concurrency: int = CONCURRENCY, seconds: float = SECONDS) -> None:
        self._free = asyncio.Semaphore(concurrency)
        self._seconds = seconds

    async def call(self, function: Callable[[], Result]) -> Result:
        """Return what the function returns; raises ParseError (`timed-out`) if it takes too long.

        A function that is abandoned, for this or because the crawl ends, runs on; it ends with the
        process at the latest.
        """
        async with self._free:
            work: Future[Result] = Future()
            threading.Thread(
                target=_perform, args=(work, function), name="reading", daemon=True
            ).start()
            try:
                async with asyncio.timeout(self._seconds):
                    return await asyncio.wrap_future(work)
            except TimeoutError as error:
                message = f"not read within {self._seconds:.0f} s"
                raise ParseError(message, reason="timed-out") from error


def _perform(work: Future[Result], function: Callable[[], Result]) -> None:
    # From here on it can't be cancelled, so that the result always has a receiver.
    if not work.set_running_or_notify_cancel():
        return
    try:
        result = function()
    except BaseException as error:  # noqa: BLE001  # handed to whoever awaits it
        work.set_exception(error)
    else:
        work.set_result(result)
