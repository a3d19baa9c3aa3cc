"""What the deep checks share: how far they are, and findings that are too many to list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Protocol

from radar.installation.checking import CheckResult

MOST = 20
"""Findings of one kind that are listed."""


class Progress(Protocol):
    """Shows how far a check is."""

    def stage(self, name: str, total: int | None = None) -> None:
        """Begin a part of the work."""

    def advance(self, number: int = 1) -> None:
        """Add to what is done of it."""


def listed(found: Iterable[CheckResult]) -> Iterator[CheckResult]:
    """The first findings, and the number of the others."""
    rest = iter(found)
    last = None
    for last in islice(rest, MOST):
        yield last
    more = sum(1 for _ in rest)
    if last is not None and more:
        yield CheckResult(last.what, last.level, f"and {more} more of this kind")
