"""What a soak came to, and what it has cost."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Footprint:
    """What a process of the service holds after a night."""

    night: int
    process: int
    descriptors: int
    memory: int
    """Resident bytes."""


@dataclass(slots=True)
class Report:
    """What a soak came to."""

    kills: Counter[str] = field(default_factory=Counter)
    """By the process that was killed."""
    full_disks: int = 0
    restarts: int = 0
    """Of the search store."""
    failures: list[str] = field(default_factory=list)
    """What the service told of runs that failed, other than by a kill."""
    footprints: dict[str, list[Footprint]] = field(default_factory=dict)
    """Process → after each night."""
    database: list[int] = field(default_factory=list)
    """Bytes of the database's pages in use after each night; those that are free are used again."""
    write_ahead_log: list[int] = field(default_factory=list)
    """Bytes of the database's log after each night."""

    def longest_life(self, process: str) -> list[Footprint]:
        """Footprints of the process that lived longest among those of this name."""
        lives: dict[int, list[Footprint]] = {}
        for footprint in self.footprints[process]:
            lives.setdefault(footprint.process, []).append(footprint)
        return max(lives.values(), key=len)


def slope(values: Sequence[float]) -> float:
    """Growth from one value to the next, by least squares; 0 for a single one."""
    if len(values) < 2:
        return 0.0
    return statistics.linear_regression(range(len(values)), values).slope
