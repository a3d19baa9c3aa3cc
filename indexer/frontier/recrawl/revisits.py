"""How often a page is requested where no signal claims whether it has changed. Pure.

Edits grow rarer as a page grows older: the rate at a days is k / (a + 1) a day. k is learned for
each site and class of age (each twice as wide as the one before), drawn towards the site's k over
all ages where there is little experience, and that towards what was assumed. A page that was
found changed twice or more has a rate of its own besides, for the few that are edited all their
life.

The interval is the square root of C / rate. Between two visits a page is stale for rate * interval²
/ 2 on average; if all pages share C, no page can be asked more often and another less so that fewer
are stale with as many requests (for rates that are small against one visit a day: Cho and
Garcia-Molina, Effective page refresh policies for web crawlers, 2003).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

REVISIT = timedelta(hours=20)
"""Shortest time between two visits of a page, and that between its first two: under a day, so that
a nightly run always meets it. What was published with a mistake is corrected soon."""
LONGEST = timedelta(days=60)
"""Longest time between two visits of a page that is there."""
STALENESS = 0.2
"""C, in days: simulated nights gave 3 to 4 times fewer requests than asking for all, 2 to 3 %
stale.
"""
_ASSUMED = (2.0, 12.0)
"""Changes and exposure before any experience: k of 1/6, an edit for each sixth article in its first
days.
"""
_OVERALL = 10.0
"""Exposure with which the site's k over all ages counts in each class of age."""
_HABIT = 5.0
"""Days by which a page's own rate is kept low, until it has shown a habit."""
_FORGET = 2000.0
"""Exposure over all ages at which all experience is halved."""
_SLACK = timedelta(hours=4)
"""By which a visit is due earlier than the rate says, so that the run of that night meets it."""
_DAY = timedelta(days=1)


@dataclass(slots=True)
class ChangeRates:
    """What one site's pages have taught, by class of age: changes found, and exposure.

    The exposure of a page between two visits at a and b days is ln((b + 1) / (a + 1)): what the
    rate of k = 1 adds up to. Of an interval that ended with a change half of it counts, because the
    change came somewhere in between.
    """

    classes: list[list[float]] = field(default_factory=list)
    """[changes, exposure] of the ages from 2^n - 1 to 2^(n+1) - 1 days."""

    @classmethod
    def from_json(cls, data: Sequence[Sequence[float]] | None) -> ChangeRates:
        """From what `to_json` gave; None: no experience yet."""
        return cls([list(pair) for pair in data or ()])

    def to_json(self) -> list[list[float]]:
        """All classes."""
        return [[round(changes, 3), round(exposure, 4)] for changes, exposure in self.classes]

    def record_visit(self, before: float, after: float, *, changed: bool) -> None:
        """A page was looked at when it was so many days old, and again later.

        A clock that was behind has seen it before it was there (negative days).
        """
        before, after = max(0.0, before), max(0.0, after)
        exposure = math.log((after + 1) / (before + 1)) if after > before else 0.0
        number = _class((before + after) / 2)
        while len(self.classes) <= number:
            self.classes.append([0.0, 0.0])
        self.classes[number][0] += changed
        self.classes[number][1] += exposure / 2 if changed else exposure
        if sum(pair[1] for pair in self.classes) > _FORGET:
            self.classes = [[changes / 2, gone / 2] for changes, gone in self.classes]

    def k(self, age: float) -> float:
        """k at the age, in days."""
        changes = _ASSUMED[0] + sum(pair[0] for pair in self.classes)
        exposure = _ASSUMED[1] + sum(pair[1] for pair in self.classes)
        number = _class(age)
        own = self.classes[number] if number < len(self.classes) else (0.0, 0.0)
        return (changes / exposure * _OVERALL + own[0]) / (_OVERALL + own[1])


def interval(rates: ChangeRates, age: timedelta, changes: int, watched: timedelta) -> timedelta:
    """Time until the next visit of a page of this age.

    `changes`: how often it was found changed since it was first fetched, `watched` ago.
    """
    days = max(0.0, age / _DAY)
    k = rates.k(days)
    habit = (changes - 1) / (max(0.0, watched / _DAY) + _HABIT) if changes > 1 else 0.0
    wait = 1.0
    for _ in range(3):  # the rate in the middle of the interval, which depends on the interval
        rate = max(k / (days + 1 + wait / 2), habit)
        wait = math.sqrt(STALENESS / rate)
    return min(LONGEST, max(REVISIT, wait * _DAY - _SLACK))


def _class(age: float) -> int:
    return int(math.log2(age + 1))
