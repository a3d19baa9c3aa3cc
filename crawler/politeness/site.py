"""What one run knows of a site: its rules, its pace, and whether it is in cooldown."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field

from crawler.politeness.cooldown import CooldownState
from crawler.politeness.pace import Pace
from crawler.politeness.robots import RobotsRules
from indexer.records.outcome import Outcome

FAILURES_IN_A_ROW = 5
"""Pages without a response, or refused, after which a site gets no more requests in this run: else
a dead site with 500 pages would take two hours, at the time limit of a request."""


@dataclass(frozen=True, slots=True)
class Cooldown:
    """Why a site gets no more requests in this run."""

    state: CooldownState
    outcome: Outcome
    """Outcome of the request that caused it."""
    reason: str


@dataclass(slots=True, eq=False)
class Site:
    """One site in one run; sources that share it share its pace."""

    name: str
    pace: Pace
    robots: RobotsRules | None = None
    """None: not fetched yet."""
    cooldown: Cooldown | None = None
    is_loaded: bool = False
    """Whether the state that earlier runs saved has been loaded."""
    failures: int = 0
    """Cooldowns in a row, over all runs."""
    robots_lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held while robots.txt is fetched."""
    _in_a_row: int = 0

    def record_outcome(self, outcome: Outcome, reason: str) -> None:
        """Count a page's outcome; enough failures in a row start a cooldown."""
        failed: dict[Outcome, CooldownState] = {
            Outcome.UNREACHABLE: "unreachable",
            Outcome.TIMED_OUT: "unreachable",
            Outcome.BLOCKED: "blocked",
        }
        if outcome not in failed:
            self._in_a_row = 0
            return
        self._in_a_row += 1
        if self._in_a_row >= FAILURES_IN_A_ROW and self.cooldown is None:
            self.cooldown = Cooldown(
                failed[outcome], outcome, f"{self._in_a_row} times in a row: {reason}"
            )


class Sites:
    """The sites of a run, by name."""

    def __init__(self) -> None:
        self._sites: dict[str, Site] = {}

    def get(self, name: str, delay: float) -> Site:
        """The site, with a pause of at least `delay` seconds between two requests."""
        site = self._sites.get(name)
        if site is None:
            site = self._sites[name] = Site(name, Pace(delay))
        site.pace.raise_delay(delay)
        return site

    def existing(self, names: Iterable[str]) -> list[Site]:
        """Those of the named sites that were requested."""
        return [self._sites[name] for name in sorted(names) if name in self._sites]
