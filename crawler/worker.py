"""Reads pages in worker processes with limits of time and memory.

A page that hangs, eats memory or kills its process costs that page and nothing else. Each worker
loads the tables once and is replaced after a number of pages, for the libraries' caches grow.
"""

from __future__ import annotations

import importlib
import multiprocessing
import os
import resource
import signal
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from concurrent.futures import TimeoutError as FutureTimeoutError
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import resource_tracker
from pathlib import Path
from typing import Protocol, TypeAlias, TypeVar

from pebble import ProcessExpired, ProcessPool

from crawler.parsers.raw_page import RawPage
from indexer.document import Page
from indexer.errors import ParseError, RadarError
from indexer.garbage import collect_seldom
from indexer.reference import Reference, load_reference

Key = TypeVar("Key")
Outcome: TypeAlias = Page | tuple[str, str]
"""What a worker sends back: a page, or reason and message of a failure."""

PAGE_READER = "crawler.parsers.page:PageReader"
"""Import path of the class that reads pages in a worker."""
SECONDS = 20.0
MEMORY = 1024 * 1024 * 1024
PAGES_PER_WORKER = 2_000
IN_FLIGHT = 4
"""Pages handed over per worker: enough to keep it busy, few enough to hold in memory."""

_FAILURES = {
    "timed-out": "reading took longer than allowed",
    "out-of-memory": "reading took more memory than allowed",
    "crashed": "the process that read it ended",
}


class Reader(Protocol):
    """What a worker needs of `PageReader`."""

    def read(self, raw: RawPage) -> Page:
        """The record of a page; raises ParseError."""


def read_pages(
    inputs: Iterable[tuple[Key, RawPage]],
    *,
    config: Path | None,
    workers: int,
    seconds: float = SECONDS,
    memory: int = MEMORY,
    reader: str = PAGE_READER,
) -> Iterator[tuple[Key, Page | ParseError]]:
    """Read pages in any order; every input gives one result.

    `config`: folder whose tables win over the packaged ones. `seconds`: of wall clock and of CPU for
    one page. `memory`: bytes that a worker may take beyond what it needs to start. Failures come as
    ParseError with reason `timed-out`, `out-of-memory` or `crashed` beside those of the reader.
    Inputs are drawn as workers get free. Raises RadarError where workers can't start at all. Leaving the iteration early stops the workers.
    """
    pool = ProcessPool(
        max_workers=workers,
        max_tasks=PAGES_PER_WORKER,
        initializer=_start,
        initargs=(reader, config, memory),
        context=multiprocessing.get_context("spawn"),
    )
    resource_tracker.ensure_running()  # starting it would undo `_deaf_to_interrupts`
    waiting: dict[Future[Outcome], Key] = {}
    source = iter(inputs)
    finished = False
    try:
        while True:
            for key, raw in source:
                with _deaf_to_interrupts():
                    waiting[pool.schedule(_read, args=(raw, seconds), timeout=seconds)] = key
                if len(waiting) >= workers * IN_FLIGHT:
                    break
            if not waiting:
                break
            done, _ = wait(waiting, return_when=FIRST_COMPLETED)
            for future in done:
                yield waiting.pop(future), _result(future)
        finished = True
    finally:
        if finished:
            pool.close()  # type: ignore[no-untyped-call]  # untyped in pebble
        else:
            pool.stop()  # type: ignore[no-untyped-call]  # untyped in pebble
        pool.join()


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Threads and processes that start meanwhile never see Ctrl-C, not even before `_start`.

    A terminal tells the whole process group; the parent stops its workers itself.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _result(future: Future[Outcome]) -> Page | ParseError:
    try:
        error = future.exception()
    except CancelledError as cancelled:
        return _failure("crashed", cancelled)
    if error is None:
        outcome = future.result()
        return outcome if isinstance(outcome, Page) else ParseError(outcome[1], reason=outcome[0])
    if isinstance(error, BrokenProcessPool):
        # No page's fault: a page must not be put aside because tables or memory are missing.
        raise RadarError(
            "the processes that read pages can't start",
            hint="`radar check` shows what is wrong with the configuration",
        ) from error
    if isinstance(error, FutureTimeoutError):
        return _failure("timed-out", error)
    if isinstance(error, MemoryError):
        return _failure("out-of-memory", error)
    if isinstance(error, ProcessExpired):
        # SIGXCPU: its CPU limit; SIGKILL from outside: the system was out of memory.
        reasons = {-signal.SIGXCPU: "timed-out", -signal.SIGKILL: "out-of-memory"}
        return _failure(reasons.get(error.exitcode, "crashed"), error)
    failure = ParseError(
        f"the reader failed: {type(error).__name__}: {error}"[:500], reason="crashed"
    )
    failure.__cause__ = error
    return failure


def _failure(reason: str, cause: BaseException) -> ParseError:
    failure = ParseError(_FAILURES[reason], reason=reason)
    failure.__cause__ = cause
    return failure


class _Worker:
    """State of a worker process."""

    reader: Reader | None = None


def _start(path: str, config: Path | None, memory: int) -> None:
    """Load the reader, then limit the address space to what it has now and `memory` more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent stops its workers itself
    collect_seldom()
    module, _, name = path.partition(":")
    make = getattr(importlib.import_module(module), name)
    reference: Reference = load_reference(config)
    _Worker.reader = make(reference)
    limit = _address_space() + memory
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(raw: RawPage, seconds: float) -> Outcome:
    """Read one page; a failure as reason and message, for errors with arguments don't travel."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    spent = usage.ru_utime + usage.ru_stime
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(spent + seconds) + 2, hard))
    if _Worker.reader is None:
        return "crashed", "the worker did not start"
    try:
        return _Worker.reader.read(raw)
    except ParseError as error:
        return error.reason, error.message
    except MemoryError:
        return "out-of-memory", _FAILURES["out-of-memory"]
    except RecursionError:
        return "hostile-markup", "nested too deeply to be read"


def _address_space() -> int:
    """Bytes of address space that the process has now; systems without /proc: its peak memory."""
    statistics = Path("/proc/self/statm")
    if statistics.exists():
        return int(statistics.read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
