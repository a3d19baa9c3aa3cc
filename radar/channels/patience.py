"""How long a delivery waits for a receiver, whatever that does or does not do."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, wait
from dataclasses import dataclass, field
from typing import TypeVar

Result = TypeVar("Result")

IN_VAIN = 30.0
"""Seconds that a delivery waits for a receiver without anything being accepted."""
ALTOGETHER = 300.0
"""Seconds after which the rest waits for the next run, though the receiver accepts something now
and then.
"""
UNANSWERED = 300.0
"""Seconds that a receiver has to answer a message that it has as a whole. It may be at work on it:
who goes sooner has mostly been taken at his word, and would send it twice. For mail, RFC 5321
(4.5.3.2.6) wants ten minutes.
"""
TICK = 0.1
"""Seconds between two looks at whether the run is to stop."""
GRACE = 0.5
"""Seconds that a task has to end after a signal, and again after it was cut off."""


class OutOfPatience(Exception):
    """The task did not end in time, or the run is to stop. The message says which."""


@dataclass(slots=True)
class Patience:
    """How long one delivery waits for one receiver.

    A receiver that works is slow at its ease: the time counts anew from each message that it
    accepts. One that is silent, sends an answer without end, or refuses everything, is waited for
    `in_vain` seconds in all, and `unanswered` where it has a whole message. Only time spent waiting
    counts.
    """

    stop: threading.Event
    """Set when a signal requests the end."""
    in_vain: float = IN_VAIN
    altogether: float = ALTOGETHER
    unanswered: float = UNANSWERED
    _waited_in_vain: float = field(default=0.0, init=False)
    _waited: float = field(default=0.0, init=False)

    @property
    def is_exhausted(self) -> bool:
        """Whether the delivery has taken as long as it may."""
        return self._waited >= self.altogether

    def renew(self) -> None:
        """The receiver has accepted something."""
        self._waited_in_vain = 0.0

    def wait_for(
        self,
        task: Callable[[], Result],
        cut_off: Callable[[], None],
        is_handed_over: Callable[[], bool] = lambda: False,
    ) -> Result:
        """The result of the task, or what it raises; OutOfPatience if it does not end in time.

        The task runs in a thread of its own, as nothing ends the look-up of a name, and a time-out
        of a socket counts anew with every byte. `cut_off` makes it fail at its next step; it may
        still end well in the last moment.
        """
        outcome: Future[Result] = Future()
        thread = threading.Thread(target=_fulfil, args=(outcome, task), daemon=True)
        begin = time.monotonic()
        thread.start()
        try:
            reason = self._watch(
                outcome, begin + self.in_vain - self._waited_in_vain, is_handed_over
            )
        finally:
            spent = time.monotonic() - begin
            self._waited += spent
            self._waited_in_vain += spent
        if reason is None:
            return outcome.result()
        cut_off()
        wait([outcome], GRACE)
        if outcome.done() and outcome.exception() is None:
            return outcome.result()
        raise OutOfPatience(reason)

    def _watch(
        self, outcome: Future[Result], until: float, is_handed_over: Callable[[], bool]
    ) -> str | None:
        """Wait for the task; returns why it has to be cut off, None if it ended by itself."""
        reason, waits_for_answer = f"nothing was accepted for {self.in_vain:g} seconds", False
        while not wait([outcome], min(TICK, max(0.0, until - time.monotonic()))).done:
            if not waits_for_answer and is_handed_over():
                waits_for_answer, until = True, time.monotonic() + self.unanswered
                reason = f"the message was not answered for {self.unanswered:g} seconds"
            if self.stop.is_set():
                return None if wait([outcome], GRACE).done else "the run was stopped"
            if time.monotonic() >= until:
                return reason
        return None


def _fulfil(outcome: Future[Result], task: Callable[[], Result]) -> None:
    try:
        outcome.set_result(task())
    except BaseException as error:  # noqa: BLE001  # raised again where it is waited for
        outcome.set_exception(error)
