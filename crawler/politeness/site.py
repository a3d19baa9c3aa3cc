"""What one run knows of a site: its rules, its pace, and whether it is to be left alone."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field

from crawler.politeness.cooldown import RestState
from crawler.politeness.pace import Pace
from crawler.politeness.robots import RobotsRules
from indexer.records.outcome import Outcome

FAILURES_IN_A_ROW = 5
"""Pages without an answer (or refused to us) after which a site is left alone for this run: at the
time limit of a request, a dead site with 500 pages would else take two hours."""


@dataclass(frozen=True, slots=True)
class Rest:
    """Why a site is not asked any more in this run."""

    state: RestState
    outcome: Outcome
    """Of the request that led to it."""
    reason: str


@dataclass(slots=True, eq=False)
class Site:
    """One site in one run; sources that share it share its pace."""

    name: str
    pace: Pace
    robots: RobotsRules | None = None
    """None: not asked for yet."""
    rest: Rest | None = None
    recalled: bool = False
    """Whether what earlier runs knew of it has been looked up."""
    failures: int = 0
    """Times in a row that it was left alone, over all runs."""
    gate: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held while robots.txt is fetched."""
    _in_a_row: int = 0

    def answered(self, outcome: Outcome, reason: str) -> None:
        """Count a page's outcome; enough failures in a row make the site rest."""
        failed: dict[Outcome, RestState] = {
            Outcome.UNREACHABLE: "unreachable",
            Outcome.TIMED_OUT: "unreachable",
            Outcome.BLOCKED: "blocked",
        }
        if outcome not in failed:
            self._in_a_row = 0
            return
        self._in_a_row += 1
        if self._in_a_row >= FAILURES_IN_A_ROW and self.rest is None:
            self.rest = Rest(failed[outcome], outcome, f"{self._in_a_row} times in a row: {reason}")


class Sites:
    """The sites of a run, by name."""

    def __init__(self) -> None:
        self._sites: dict[str, Site] = {}

    def get(self, name: str, delay: float) -> Site:
        """The site, with at least this pause in seconds between two requests."""
        site = self._sites.get(name)
        if site is None:
            site = self._sites[name] = Site(name, Pace(delay))
        site.pace.at_least(delay)
        return site

    def existing(self, names: Iterable[str]) -> list[Site]:
        """Those of the named sites that were asked for anything."""
        return [self._sites[name] for name in sorted(names) if name in self._sites]
