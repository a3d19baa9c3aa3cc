"""How often somebody may come: a token bucket for each of them, in memory.

The limits hold for one server process, which is how `radar serve` runs. A library for limits over
several processes (`limits`) would keep every address that ever came; this keeps the last ones.
"""

from __future__ import annotations

import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

REMEMBERED = 10_000
"""Buckets that are kept: those of who came last. The others were full again long ago."""


@dataclass(frozen=True, slots=True)
class Rate:
    """So many at once, and so many a minute in the long run."""

    burst: int
    per_minute: float


class RateLimit:
    """A bucket of tokens for each name; everything takes one."""

    def __init__(self, rate: Rate, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        """Name → tokens at a time."""

    def take(self, name: str) -> int:
        """Take a token; 0, or the seconds until there is one again."""
        per_second = self._rate.per_minute / 60
        now = self._clock()
        tokens, before = self._buckets.pop(name, (float(self._rate.burst), now))
        tokens = min(float(self._rate.burst), tokens + (now - before) * per_second)
        enough = tokens >= 1
        self._buckets[name] = (tokens - enough, now)
        if len(self._buckets) > REMEMBERED:
            self._buckets.popitem(last=False)
        return 0 if enough else max(1, math.ceil((1 - tokens) / per_second))


def network_of(address: str) -> str:
    """What counts as one address: of IPv6 the /64, which a household has to itself."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:
        return address
    return str(ipaddress.ip_network((parsed, 64), strict=False))
