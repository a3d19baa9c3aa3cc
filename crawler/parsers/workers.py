"""Worker processes that are replaced when they answer no more.

Pebble gives a pool up when a worker ends between two tasks, as one does that the system kills: what
waits to be written into a pipe that nobody reads is then never answered. Nor is a task with which a
worker ended before it said that it has it. Tasks are pure: what is open is handed to new workers.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from threading import Event, RLock, Thread
from time import monotonic
from typing import Any, TypeVar

from pebble import ProcessPool

Result = TypeVar("Result")

MOST_REPLACED = 3
"""Times in a row that workers are replaced without an answer in between."""
_ENDING = 30.0
"""Seconds that are waited for workers that were replaced; the program's end ends them, too."""
_TICK = 0.5
"""Seconds between two looks at the workers."""


class WorkersEndError(BrokenProcessPool):
    """Workers start and answer, but end again and again."""


@dataclass(frozen=True, slots=True, eq=False)
class _Task:
    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    timeout: float
    answer: Future[Any] = field(default_factory=Future)


class Workers:
    """Workers that run; every task is answered, by BrokenProcessPool where they can't start."""

    def __init__(self, make: Callable[[], ProcessPool], *, longest: float) -> None:
        """`make`: starts a pool, and raises what keeps it from that. `longest`: seconds without an
        answer after which the workers are replaced; more than any task may take.
        """
        self._make = make
        self._longest = longest
        self._lock = RLock()
        self._numbers = count()
        self._open: dict[int, _Task] = {}
        """Tasks without an answer."""
        self._last = monotonic()
        """When the last answer came, or the first task that has none."""
        self._work = False
        """They have answered: what ends them is no mistake in what they start with."""
        self._replaced = 0
        self._failure: BaseException | None = None
        """Why nothing is answered any more."""
        self._ended = Event()
        self._ending: list[Thread] = []
        """Each ends workers that were replaced."""
        self._pool: ProcessPool | None = make()
        """None: it was given up, and is being ended."""
        Thread(target=self._watch, daemon=True).start()

    def schedule(
        self, function: Callable[..., Result], arguments: tuple[Any, ...], timeout: float
    ) -> Future[Result]:
        """Have a worker call a function; raises RuntimeError where no worker can start."""
        task = _Task(function, arguments, timeout)
        with self._lock:
            if self._failure is not None or self._pool is None:
                raise RuntimeError("the workers have given up") from self._failure
            if not self._open:
                self._last = monotonic()
            number = next(self._numbers)
            self._open[number] = task
            self._send(self._pool, number, task)
        return task.answer

    def end(self) -> None:
        """End them, at once where tasks are open: those are cancelled."""
        self._ended.set()
        with self._lock:
            pool, left = self._pool, [*self._open.values()]
            self._open.clear()
        for task in left:
            task.answer.cancel()
        for thread in self._ending:
            thread.join(_ENDING)
        if pool is None:
            return
        if left:
            pool.stop()  # type: ignore[no-untyped-call]  # untyped in pebble
        else:
            pool.close()  # type: ignore[no-untyped-call]  # untyped in pebble
        pool.join()

    def _send(self, pool: ProcessPool, number: int, task: _Task) -> None:
        try:
            with ignoring_interrupts():
                sent = pool.schedule(task.function, args=task.arguments, timeout=task.timeout)
        except RuntimeError:
            return  # the pool has given up, which is seen to
        sent.add_done_callback(partial(self._take, pool, number))

    def _take(self, pool: ProcessPool, number: int, sent: Future[Any]) -> None:
        """Pass an answer on, unless its pool was replaced, or has given up and knows none."""
        error = _error_of(sent)
        with self._lock:
            if pool is not self._pool or isinstance(error, BrokenProcessPool):
                return
            task = self._open.pop(number, None)
            self._last, self._work, self._replaced = monotonic(), True, 0
        if task is not None and error is None:
            task.answer.set_result(sent.result())
        elif task is not None:
            task.answer.set_exception(error)

    def _watch(self) -> None:
        while not self._ended.wait(_TICK):
            with self._lock:
                if self._ended.is_set() or not self._open or self._pool is None:
                    continue
                if not self._pool.active or monotonic() - self._last > self._longest:
                    self._replace(self._pool)

    def _replace(self, pool: ProcessPool) -> None:
        """Start new workers, and hand them what is open; fail it where that is in vain."""
        if not self._work or self._replaced >= MOST_REPLACED:
            kind = WorkersEndError if self._work else BrokenProcessPool
            self._fail(kind("the workers end without an answer"))
            return
        self._replaced += 1
        self._pool = None
        self._ending.append(Thread(target=_end, args=(pool,), daemon=True))
        self._ending[-1].start()
        try:
            fresh = self._make()
        # whatever it was: callers wait for an answer
        except Exception as error:  # noqa: BLE001
            self._fail(error)
            return
        self._pool, self._last = fresh, monotonic()
        for number, task in [*self._open.items()]:  # a task may end in between
            self._send(fresh, number, task)

    def _fail(self, error: BaseException) -> None:
        self._failure = error
        failed = [*self._open.values()]
        self._open.clear()
        for task in failed:
            task.answer.set_exception(error)


@contextmanager
def ignoring_interrupts() -> Iterator[None]:
    """Threads and processes that start meanwhile never see Ctrl-C, not even before they can say so.

    A terminal tells the whole process group; the parent stops its workers itself.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _error_of(sent: Future[Any]) -> BaseException | None:
    try:
        return sent.exception()
    except CancelledError as cancelled:
        return cancelled


def _end(pool: ProcessPool) -> None:
    """End the workers of a pool that was replaced."""
    pool.stop()  # type: ignore[no-untyped-call]  # untyped in pebble
    pool.join()
