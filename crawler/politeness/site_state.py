"""State of sites from one run to the next: robots.txt for a day, and cooldowns."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from crawler.politeness.cooldown import cooldown_until
from crawler.politeness.robots import ALLOW_ALL, LONGEST, RobotsRules
from crawler.politeness.site import Cooldown, Site
from indexer.frontier.port import LONGEST_SITE_COOLDOWN, KnownSite, SiteRecords
from indexer.records.instants import SKEW, has_come
from indexer.records.outcome import Outcome

PAGE_STATUS = frozenset({200, 203})
"""Statuses of responses that carry a document."""
LONGEST_DELAY = 300.0
"""Seconds between two requests; a site that demands more is not crawled: a nightly run would get
next to nothing from it."""
ROBOTS_LIFETIME = timedelta(days=1)
"""How long a robots.txt is valid, over runs (RFC 9309, 2.4)."""


class SiteStateStore:
    """Loads what earlier runs saved of a site, and saves what this run learns."""

    def __init__(self, records: SiteRecords, now: Callable[[], datetime]) -> None:
        self._records = records
        self._now = now

    def load(self, site: Site) -> None:
        """Load the state of a site, once a run: a cooldown that lasts, or robots.txt."""
        if site.is_loaded:
            return
        site.is_loaded = True
        known = self._records.load_site(site.name)
        site.failures = known.failures
        now = self._now()
        if known.cooldown_until is not None and not has_come(
            known.cooldown_until, now, LONGEST_SITE_COOLDOWN, set_at=known.cooldown_since
        ):
            outcome = Outcome.BLOCKED if known.cooldown_state == "blocked" else Outcome.UNREACHABLE
            reason = (
                f"rests until {known.cooldown_until:%Y-%m-%d %H:%M} UTC: {known.cooldown_reason}"
            )
            site.cooldown = Cooldown(known.cooldown_state, outcome, reason)
        elif known.robots_at is not None and _is_fresh(known.robots_at, now):
            apply_robots(site, known.robots_status or 0, known.robots or b"")

    def save_robots(self, site: Site, status: int, body: bytes) -> None:
        """Save and apply robots.txt, whatever its status but 5xx."""
        self._records.save_robots(site.name, status, body[:LONGEST])
        apply_robots(site, status, body)

    def save_cooldown(self, site: Site, retry_after: float | None = None) -> None:
        """Save the cooldown of a site; `retry_after`: seconds that it asks for."""
        cooldown = site.cooldown
        if cooldown is None:
            return
        site.failures += 1
        now = self._now()
        until = cooldown_until(now, cooldown.state, site.failures, retry_after)
        self._records.save_cooldown(
            site.name,
            KnownSite(
                cooldown_until=until,
                cooldown_since=now if until is not None else None,
                cooldown_state=cooldown.state,
                cooldown_reason=cooldown.reason,
                failures=site.failures,
            ),
        )

    def reset(self, site: Site) -> None:
        """Clear the failures of a site that has sent a good response."""
        site.failures = 0
        self._records.reset_site(site.name)


def _is_fresh(robots_at: datetime, now: datetime) -> bool:
    """Whether a robots.txt is still valid; one of a clock ahead of ours is of an unknown age."""
    return -SKEW <= now - robots_at < ROBOTS_LIFETIME


def apply_robots(site: Site, status: int, body: bytes) -> None:
    """Take a robots.txt, whatever its status but 5xx, for what a site allows in this run."""
    rules = RobotsRules(body) if status in PAGE_STATUS else ALLOW_ALL
    delay = rules.crawl_delay() or 0.0
    if delay > LONGEST_DELAY:
        reason = f"robots.txt asks for a pause of {delay:.0f} s"
        site.cooldown = Cooldown("blocked", Outcome.BLOCKED, reason)
        return
    site.pace.raise_delay(delay)
    site.robots = rules
