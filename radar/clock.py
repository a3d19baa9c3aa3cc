"""The run's clock: the real one, or one that is set (`--now`) for simulated nights and replay."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def real_clock() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


def clock_set_to(moment: datetime) -> Clock:
    """A clock that starts at this moment and goes on at the pace of the real one."""
    began = real_clock()
    return lambda: moment.astimezone(UTC) + (real_clock() - began)
