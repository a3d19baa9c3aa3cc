"""What is kept of sites from one run to the next: their robots.txt for a day, and their rests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from crawler.politeness.cooldown import rest_until
from crawler.politeness.robots import ALLOW_ALL, LONGEST, RobotsRules
from crawler.politeness.site import Rest, Site
from indexer.frontier.port import KnownSite, SiteRecords
from indexer.records.outcome import Outcome

PAGE_STATUS = frozenset({200, 203})
"""Statuses of answers with a document of their own."""
LONGEST_DELAY = 300.0
"""Seconds; a site that asks for more between two requests is left alone: a run of a night would get
next to nothing from it, and wait for days."""
ROBOTS_KEPT = timedelta(days=1)
"""How long an answer for robots.txt counts, over runs (RFC 9309, 2.4)."""


class SiteKeeping:
    """Puts on a site of this run what earlier runs knew of it, and keeps what this one learns."""

    def __init__(self, memory: SiteRecords, now: Callable[[], datetime]) -> None:
        self._memory = memory
        self._now = now

    def recall(self, place: Site) -> None:
        """Look up, once a run, what earlier runs knew: a rest that goes on, or robots.txt."""
        if place.recalled:
            return
        place.recalled = True
        known = self._memory.load_site(place.name)
        place.failures = known.failures
        now = self._now()
        if known.cooldown_until is not None and known.cooldown_until > now:
            outcome = Outcome.BLOCKED if known.cooldown_state == "blocked" else Outcome.UNREACHABLE
            reason = (
                f"rests until {known.cooldown_until:%Y-%m-%d %H:%M} UTC: {known.cooldown_reason}"
            )
            place.rest = Rest(known.cooldown_state, outcome, reason)
        elif known.robots_at is not None and now - known.robots_at < ROBOTS_KEPT:
            _obey(place, known.robots_status or 0, known.robots or b"")

    def robots(self, place: Site, status: int, body: bytes) -> None:
        """The site has answered for its robots.txt with anything but 5xx."""
        self._memory.save_robots(place.name, status, body[:LONGEST])
        _obey(place, status, body)

    def rests(self, place: Site, asked: float | None = None) -> None:
        """Let the rest of a site outlast this run; `asked`: seconds that it asks for."""
        rest = place.rest
        if rest is None:
            return
        place.failures += 1
        until = rest_until(self._now(), rest.state, place.failures, asked)
        self._memory.save_cooldown(
            place.name,
            KnownSite(
                cooldown_until=until,
                cooldown_state=rest.state,
                cooldown_reason=rest.reason,
                failures=place.failures,
            ),
        )

    def heals(self, place: Site) -> None:
        """The site has given a good answer."""
        place.failures = 0
        self._memory.reset_site(place.name)


def _obey(place: Site, status: int, body: bytes) -> None:
    rules = RobotsRules(body) if status in PAGE_STATUS else ALLOW_ALL
    delay = rules.crawl_delay() or 0.0
    if delay > LONGEST_DELAY:
        reason = f"robots.txt asks for a pause of {delay:.0f} s"
        place.rest = Rest("blocked", Outcome.BLOCKED, reason)
        return
    place.pace.at_least(delay)
    place.robots = rules
