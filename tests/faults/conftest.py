"""Injected faults: what each of them cost, and how long it made anybody wait.

A test that injects a fault is marked `@pytest.mark.fault(KIND)` and takes the fixture `toll`, to
which it says what there had to be and what there was. A toll that is not zero fails the test. All
figures go into the test's properties, which `make bench BENCH_ARGS=faults` adds up by kind. A
parametrized test counts as one fault for each of its parameters.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

KINDS = ("restore", "damage", "disk", "mail", "patterns", "clock", "traps", "web")
"""Kinds of faults, in the order of the table."""


@dataclass(slots=True)
class Toll:
    """What a fault cost: things lost and doubled, wrong answers, the longest wait in seconds."""

    lost: int = 0
    doubled: int = 0
    wrong: int = 0
    longest_wait: float = 0.0
    _reasons: list[str] = field(default_factory=list)

    def compare(self, expected: Iterable[Hashable], found: Iterable[Hashable]) -> None:
        """What is missing is lost, what there is too often is doubled, anything else is wrong."""
        wanted, there = Counter(expected), Counter(found)
        missing, extra = wanted - there, there - wanted
        doubled = Counter({thing: n for thing, n in extra.items() if thing in wanted})
        self.lost += missing.total()
        self.doubled += doubled.total()
        self.wrong += (extra - doubled).total()
        if missing or extra:
            self._reasons.append(f"missing {dict(missing)}, too many {dict(extra)}")

    def answered_rightly(self, right: bool, answer: object) -> None:
        """An answer (output, exit code, error) that is wrong when not `right`."""
        if not right:
            self.wrong += 1
            self._reasons.append(f"wrong answer: {answer!r}")

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Measure how long the fault makes somebody wait. Never asserted: machines are noisy."""
        begin = time.monotonic()
        try:
            yield
        finally:
            self.longest_wait = max(self.longest_wait, time.monotonic() - begin)

    def said(self) -> str:
        """Why the toll is not zero; empty if it is."""
        return "; ".join(self._reasons)


@pytest.fixture
def toll(request: pytest.FixtureRequest) -> Iterator[Toll]:
    """The toll of the fault that the test injects; anything but zero fails the test."""
    marker = request.node.get_closest_marker("fault")
    if marker is None or marker.args[0] not in KINDS:
        pytest.fail(f"mark the test: fault({' | '.join(KINDS)})")
    counted = Toll()
    yield counted
    request.node.user_properties.append(("fault", marker.args[0]))
    for name in ("lost", "doubled", "wrong", "longest_wait"):
        request.node.user_properties.append((name, getattr(counted, name)))
    if counted.said():
        pytest.fail(counted.said())
