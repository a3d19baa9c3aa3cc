"""Patience ends where nothing is accepted, and lasts where something is."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest

from radar.channels.patience import ALTOGETHER, IN_VAIN, OutOfPatience, Patience

Stuck = tuple[Callable[[], bool], Callable[[], None]]


def nothing() -> None:
    """What cuts off a task that ends by itself."""


@pytest.fixture
def stuck() -> Iterator[Stuck]:
    """A task that ends only when it is cut off."""
    cut = threading.Event()
    yield (cut.wait, cut.set)
    cut.set()


def test_a_delivery_waits_half_a_minute_in_vain_and_five_minutes_at_most() -> None:
    patience = Patience(threading.Event())
    assert (patience.in_vain, patience.altogether) == (IN_VAIN, ALTOGETHER) == (30, 300)


def test_the_result_or_the_error_of_a_task_is_handed_on() -> None:
    patience = Patience(threading.Event())
    assert patience.wait_for(lambda: 7, nothing) == 7
    with pytest.raises(ZeroDivisionError):
        patience.wait_for(lambda: 1 // 0, nothing)


def test_a_task_that_fails_because_it_is_cut_off_ran_out_of_patience() -> None:
    cut = threading.Event()

    def fail() -> None:
        cut.wait()
        raise OSError("the line is dead")

    with pytest.raises(OutOfPatience, match=r"nothing was accepted for 0\.05 seconds"):
        Patience(threading.Event(), 0.05).wait_for(fail, cut.set)


def test_a_task_that_ends_well_in_the_last_moment_has_ended_well(stuck: Stuck) -> None:
    task, cut_off = stuck
    assert Patience(threading.Event(), 0.05).wait_for(task, cut_off) is True


def test_time_in_vain_adds_up_until_something_is_accepted() -> None:
    patience = Patience(threading.Event(), 30.0)
    for _ in range(2):
        patience.wait_for(lambda: None, nothing)
    assert patience._waited_in_vain > 0
    patience.renew()
    assert patience._waited_in_vain == 0
    assert patience._waited > 0
    patience._waited = ALTOGETHER
    assert patience.is_exhausted


def test_a_stop_ends_the_waiting(stuck: Stuck) -> None:
    stop = threading.Event()
    stop.set()
    release = threading.Event()
    with pytest.raises(OutOfPatience, match="the run was stopped"):
        Patience(stop, 300.0).wait_for(release.wait, nothing)
    release.set()


def test_who_has_a_message_is_waited_for_longer(stuck: Stuck) -> None:
    """Who goes meanwhile has mostly been taken at his word, and would send it twice."""
    task, cut_off = stuck
    done = threading.Event()
    patience = Patience(threading.Event(), 0.01, unanswered=30.0)
    threading.Timer(0.05, done.set).start()
    assert patience.wait_for(done.wait, nothing, lambda: True) is True
    patience.unanswered = 0.05
    with pytest.raises(OutOfPatience, match=r"the message was not answered for 0\.05 seconds"):
        patience.wait_for(lambda: task() and 1 // 0, cut_off, lambda: True)
