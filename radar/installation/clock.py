"""The run's clock: the real one, or one that is set (`--now`) for simulated nights and replay."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def real_clock() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


def clock_set_to(moment: datetime) -> Clock:
    """A clock that shows this moment at its first call and then runs at normal speed."""
    began: datetime | None = None

    def clock() -> datetime:
        nonlocal began
        now = real_clock()
        began = began or now
        return moment.astimezone(UTC) + (now - began)

    return clock
