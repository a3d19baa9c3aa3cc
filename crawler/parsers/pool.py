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
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import CancelledError, Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing import resource_tracker
from multiprocessing.context import BaseContext
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Generic, Protocol, Self, TypeAlias, TypeVar

from pebble import ProcessExpired, ProcessPool

from crawler.parsers.raw_page import RawPage
from crawler.parsers.workers import Workers, WorkersEndError, ignoring_interrupts
from indexer.garbage_collection import collect_seldom
from indexer.records.document import Page
from indexer.records.errors import ParseError, RadarError
from indexer.records.reference import Reference, load_reference

if TYPE_CHECKING:  # for the process that only hands over pages it is much to load
    from crawler.parsers.article import ArticleReader

Key = TypeVar("Key")
Argument = TypeVar("Argument")
Result = TypeVar("Result")
Outcome: TypeAlias = Page | tuple[str, str]
"""What a worker sends back: a page, or reason and message of a failure."""

PAGE_READER = "crawler.parsers.page:PageReader"
"""Import path of the class that reads pages in a worker."""
SECONDS = 20.0
PATIENCE = 6
"""Times as much wall clock as processor time: what the machine does besides fails no page."""
MEMORY = 1024 * 1024 * 1024
STARTING = 60.0
"""Seconds of wall clock that a worker may need to start on a busy machine."""
PAGES_PER_WORKER = 2_000
IN_FLIGHT = 4
"""Pages handed over per worker: enough to keep it busy, few enough to hold in memory."""

_FAILURES = {
    "timed-out": "reading took longer than allowed",
    "out-of-memory": "reading took more memory than allowed",
    "crashed": "the process that read it ended",
}


class RawPageReader(Protocol):
    """What a worker needs of `PageReader`."""

    @property
    def articles(self) -> ArticleReader | None:
        """Reads the article of a page; None of a reader that reads none."""

    def read(self, raw: RawPage) -> Page:
        """The record of a page; raises ParseError."""


class PagePool(Generic[Key]):
    """Worker processes that read pages in any order; each submitted page gives one result.

    `config`: folder whose tables win over the packaged ones; `parameters`: folder of those that the
    installation has trained. `seconds`: of processor time for one page; of wall clock it may take
    `PATIENCE` times as much. `memory`: bytes that a worker may take beyond what it needs to start.
    Workers that end with no page in hand, or answer no more, are replaced, and pages without a
    result are handed over anew. Failures come as ParseError with reason `timed-out`,
    `out-of-memory` or `crashed` beside those of the reader. Workers start with the first page, or
    before it by `start`; meanwhile pages wait.
    Leaving the context before all is answered stops them.
    """

    def __init__(
        self,
        *,
        config: Path | None,
        parameters: Path | None = None,
        workers: int,
        seconds: float = SECONDS,
        memory: int = MEMORY,
        reader: str = PAGE_READER,
    ) -> None:
        self._workers = workers
        self._seconds = seconds
        self._initial = (reader, config, parameters, memory)
        self._pool: Future[Workers] | None = None
        self._unsent: deque[tuple[Key, RawPage]] = deque()
        """Pages that were handed over before there was a worker."""
        self._sent: dict[Future[Outcome], Key] = {}
        self._done: SimpleQueue[Future[Outcome]] = SimpleQueue()

    def __enter__(self) -> Self:
        """Start nothing yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the workers."""
        if self._pool is None or self._pool.exception() is not None:
            return
        # Workers that are still starting are waited for: they would miss their other end.
        self._pool.result().end()

    @property
    def pending(self) -> int:
        """Pages without a result so far."""
        return len(self._sent) + len(self._unsent)

    @property
    def busy(self) -> bool:
        """Whether there are enough pages pending to keep the workers going."""
        return self.pending >= self._workers * IN_FLIGHT

    def start(self) -> None:
        """Start the workers if they aren't running; takes a second or two, in its own thread."""
        if self._pool is None:
            self._pool = Future()
            Thread(target=self._launch, args=(self._pool,), daemon=True).start()

    @property
    def is_ready(self) -> bool:
        """Whether the workers have started, so that nobody has to wait for them."""
        return self._pool is not None and self._pool.done()

    def call(
        self, function: Callable[[Argument, ArticleReader | None], Result], argument: Argument
    ) -> Future[Result]:
        """Call a pure function of a module in a worker, with the limits of one page; `answer_of`
        tells what came of it. It is also given what the worker reads articles with.

        Waits for the workers to start; raises RadarError as `results` does.
        """
        pool = self._workers_started()
        try:
            return pool.schedule(_call, (function, argument, self._seconds), self._patience)
        except RuntimeError as error:  # the workers have given up
            raise _start_error(error) from error

    def submit(self, key: Key, raw: RawPage) -> None:
        """Hand over a page; its result carries `key`. Raises RadarError as `results` does."""
        self.start()
        self._unsent.append((key, raw))
        self._hand_over(wait=False)

    def results(self, *, wait: bool) -> Iterator[tuple[Key, Page | ParseError]]:
        """The results so far; with `wait` at least one, if any page is pending.

        Raises RadarError where workers can't start at all.
        """
        self._hand_over(wait=wait)
        if wait and self._sent:
            future = self._done.get()
            yield self._sent.pop(future), _result(future)
        with suppress(Empty):
            while True:
                future = self._done.get_nowait()
                yield self._sent.pop(future), _result(future)

    def _hand_over(self, *, wait: bool) -> None:
        if not self._unsent or not (wait or self.is_ready):
            return
        pool = self._workers_started()
        try:
            while self._unsent:
                key, raw = self._unsent.popleft()
                answer = pool.schedule(_read, (raw, self._seconds), self._patience)
                self._sent[answer] = key
                answer.add_done_callback(self._done.put)
        except RuntimeError as error:  # the workers have given up, and say nothing else any more
            raise _start_error(error) from error

    @property
    def _patience(self) -> float:
        """Seconds of wall clock for one page."""
        return PATIENCE * self._seconds

    def _workers_started(self) -> Workers:
        """The workers; waits for them. Raises RadarError where they can't start."""
        self.start()
        if self._pool is None:
            raise AssertionError("they were started")
        failure = self._pool.exception()
        if failure is not None:
            raise _start_error(failure) from failure
        return self._pool.result()

    def _launch(self, started: Future[Workers]) -> None:
        try:
            workers = Workers(self._started_pool, longest=self._patience + STARTING)
        # whatever it was: a caller waits for this future
        except Exception as error:  # noqa: BLE001
            started.set_exception(error)
        else:
            started.set_result(workers)

    def _started_pool(self) -> ProcessPool:
        pool = ProcessPool(
            max_workers=self._workers,
            max_tasks=PAGES_PER_WORKER,
            initializer=_start,
            initargs=self._initial,
            context=_forkserver_context(self._initial[0]),
        )
        resource_tracker.ensure_running()  # starting it would undo `ignoring_interrupts`
        with ignoring_interrupts():
            pool.active  # noqa: B018  # whoever asks a new pool has it start its processes
        return pool


def read_pages(
    inputs: Iterable[tuple[Key, RawPage]],
    *,
    config: Path | None,
    parameters: Path | None = None,
    workers: int,
    seconds: float = SECONDS,
    memory: int = MEMORY,
    reader: str = PAGE_READER,
) -> Generator[tuple[Key, Page | ParseError], None, None]:
    """Read pages in a pool of their own (`PagePool`), in any order; every input gives one result.

    Inputs are drawn as workers get free. Whoever leaves the iteration early closes it, which stops
    the workers: the collector of garbage may do so in a thread of the pool, which can't end itself.
    """
    with PagePool[Key](
        config=config,
        parameters=parameters,
        workers=workers,
        seconds=seconds,
        memory=memory,
        reader=reader,
    ) as pool:
        for key, raw in inputs:
            pool.submit(key, raw)
            if pool.busy:
                yield from pool.results(wait=True)
        while pool.pending:
            yield from pool.results(wait=True)


def answer_of(future: Future[Result]) -> Result | ParseError:
    """What a function answered, once it has; a failure as for pages.

    Raises RadarError where workers can't start at all.
    """
    try:
        error = future.exception()
    except CancelledError as cancelled:
        return _failure("crashed", cancelled)
    if error is None:
        return future.result()
    if isinstance(error, BrokenProcessPool):
        # No page's fault: a page must not be put aside because tables or memory are missing.
        raise _start_error(error) from error
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


def _result(future: Future[Outcome]) -> Page | ParseError:
    outcome = answer_of(future)
    return ParseError(outcome[1], reason=outcome[0]) if isinstance(outcome, tuple) else outcome


def _forkserver_context(reader: str) -> BaseContext:
    """Workers are forked from a process that has loaded the reader's code and models, once for all
    of them.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([reader.partition(":")[0], "crawler.parsers.preload"])
    return context


def _start_error(cause: BaseException) -> RadarError:
    if isinstance(cause, OSError):
        return RadarError(
            f"the processes that read pages can't start: {cause.strerror or cause}",
            hint="they need some 40 open files (`ulimit -n`), memory, "
            "and a /dev/shm that can be written",
        )
    if isinstance(cause, WorkersEndError) or isinstance(cause.__cause__, WorkersEndError):
        return RadarError(
            "the processes that read pages end again and again",
            hint="the system may lack memory: fewer workers need less",
        )
    return RadarError(
        "the processes that read pages can't start",
        hint="`radar check` shows whether the configuration is why; if not, the system lets them "
        "have too little memory (`ulimit -v`), or too few open files (`ulimit -n`)",
    )


def _failure(reason: str, cause: BaseException) -> ParseError:
    failure = ParseError(_FAILURES[reason], reason=reason)
    failure.__cause__ = cause
    return failure


class _Worker:
    """State of a worker process."""

    reader: RawPageReader | None = None


def _start(path: str, config: Path | None, parameters: Path | None, memory: int) -> None:
    """Load the reader, then limit the address space to what it has now and `memory` more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent stops its workers itself
    collect_seldom()
    module, _, name = path.partition(":")
    make = getattr(importlib.import_module(module), name)
    reference: Reference = load_reference(config, parameters)
    _Worker.reader = make(reference)
    limit_memory(memory)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(raw: RawPage, seconds: float) -> Outcome:
    """Read one page; a failure as reason and message, for errors with arguments don't travel."""
    limit_processor_time(seconds)
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


def _call(
    function: Callable[[Argument, ArticleReader | None], Result], argument: Argument, seconds: float
) -> Result:
    limit_processor_time(seconds)
    return function(argument, _Worker.reader.articles if _Worker.reader is not None else None)


def limit_processor_time(seconds: float) -> None:
    """From now on; whoever is over it is stopped by the system, with SIGXCPU: at the limit for the
    whole program, which is a second later, it would be SIGKILL, as where memory is short.
    """
    usage = resource.getrusage(resource.RUSAGE_SELF)
    spent = usage.ru_utime + usage.ru_stime
    _limit(resource.RLIMIT_CPU, int(spent + seconds) + 2, below=1)


def limit_memory(memory: int) -> None:
    """Bytes of address space beyond what the process has now."""
    _limit(resource.RLIMIT_AS, _address_space() + memory)


def _limit(kind: int, wanted: int, below: int = 0) -> None:
    """Set a limit, as far as whoever has started the program allows (`ulimit`); at least as much
    below that.
    """
    _, hard = resource.getrlimit(kind)
    is_free = hard == resource.RLIM_INFINITY
    resource.setrlimit(kind, (wanted if is_free else min(wanted, max(hard - below, 0)), hard))


def _address_space() -> int:
    """Bytes of address space that the process has now; systems without /proc: its peak memory."""
    statistics = Path("/proc/self/statm")
    if statistics.exists():
        return int(statistics.read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
