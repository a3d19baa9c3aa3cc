"""Workers that are killed, or stop, at any time: every task is answered."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool

import pytest
from pebble import ProcessExpired, ProcessPool

from crawler.parsers.workers import Workers

LARGE = "x" * 400_000
"""More than a pipe holds: a task that nobody takes keeps those behind it from being known."""
LONG = 60.0


def length(text: str) -> int:
    return len(text)


def leave(_: str) -> None:
    os._exit(3)


def started() -> ProcessPool:
    pool = ProcessPool(max_workers=1, context=multiprocessing.get_context("forkserver"))
    assert pool.active
    return pool


def kill(number: signal.Signals) -> None:
    for process in multiprocessing.active_children():
        os.kill(process.pid or 0, number)


Begin = Callable[..., Workers]


@pytest.fixture
def begin() -> Iterator[Begin]:
    running: list[Workers] = []

    def begin(make: Callable[[], ProcessPool] = started) -> Workers:
        workers = Workers(make, longest=LONG)
        running.append(workers)
        assert workers.schedule(length, ("one",), LONG).result() == 3
        return workers

    yield begin
    for workers in running:
        workers.end()
    assert multiprocessing.active_children() == []


def test_a_worker_that_is_killed_without_a_task_is_replaced(begin: Begin) -> None:
    workers = begin()
    for _ in range(2):
        kill(signal.SIGKILL)
        answers = [workers.schedule(length, (LARGE,), LONG) for _ in range(4)]
        assert [answer.result() for answer in answers[::-1]] == [len(LARGE)] * 4


def test_a_worker_that_stops_is_replaced(begin: Begin, monkeypatch: pytest.MonkeyPatch) -> None:
    workers = begin()
    monkeypatch.setattr(workers, "_longest", 8.0)
    kill(signal.SIGSTOP)
    answers = [workers.schedule(length, (LARGE,), LONG) for _ in range(3)]
    assert [answer.result() for answer in answers] == [len(LARGE)] * 3


def test_a_task_that_ends_its_worker_is_not_handed_over_again(begin: Begin) -> None:
    workers = begin()
    fatal, other = workers.schedule(leave, ("x",), LONG), workers.schedule(length, ("x",), LONG)
    assert isinstance(fatal.exception(), ProcessExpired)
    assert other.result() == 1


def test_workers_that_can_not_be_replaced_are_given_up(begin: Begin) -> None:
    pools = iter([started()])

    def make() -> ProcessPool:
        pool = next(pools, None)
        if pool is None:
            raise OSError("no memory")
        return pool

    workers = begin(make)
    kill(signal.SIGKILL)
    answers = [workers.schedule(length, (LARGE,), LONG) for _ in range(3)]
    assert {str(answer.exception()) for answer in answers} == {"no memory"}
    with pytest.raises(RuntimeError, match="given up"):
        workers.schedule(length, ("x",), LONG)


def test_workers_that_never_start_are_not_started_again() -> None:
    def dying() -> ProcessPool:
        context = multiprocessing.get_context("forkserver")
        pool = ProcessPool(max_workers=1, initializer=os._exit, initargs=(3,), context=context)
        assert pool.active
        return pool

    workers = Workers(dying, longest=LONG)
    answer = workers.schedule(length, (LARGE,), LONG)
    assert isinstance(answer.exception(), BrokenProcessPool)
    workers.end()


def test_what_is_open_at_the_end_is_cancelled(begin: Begin) -> None:
    workers = begin()
    kill(signal.SIGSTOP)
    answers = [workers.schedule(length, (LARGE,), LONG) for _ in range(3)]
    workers.end()
    assert all(answer.cancelled() for answer in answers)
