"""How long to wait after failures in a row: twice as long each time, within bounds. Pure."""

from __future__ import annotations

from datetime import timedelta


def backoff_delay(first: timedelta, times: int, longest: timedelta) -> timedelta:
    """`first`, doubled so many times (0: as it is; fewer: no wait), but `longest` at most."""
    if times < 0:
        return timedelta(0)
    factor: int = 1 << min(times, 64)
    # Compared first: the product may be more than a timedelta holds.
    return longest if factor >= longest / first else first * factor
