"""What a visit of a page shows about its site, and when to visit the page again.

A visit is recorded once it is known whether the text had changed: when the page is extracted, or at
once where the site answered that it is the same (304) or sent the same bytes. Here belongs what the
result means for the address; what it means for documents is in `indexer.revisions.revisions`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from indexer.frontier.address import Address
from indexer.frontier.recrawl.backoff import backoff_delay
from indexer.frontier.recrawl.claims import says_changed
from indexer.frontier.recrawl.revisits import REVISIT, interval
from indexer.frontier.recrawl.signals import SignalClaim
from indexer.frontier.recrawl.site_history import SiteHistories
from indexer.records.instants import parse_instant
from indexer.records.outcome import Outcome

RETIRED = timedelta(days=30)
"""Pages that are gone or have moved are looked at again after this time."""
LONGEST_INTERVAL = REVISIT * 32
"""A page without a text of its own is requested half as often each time, down to this interval.
"""

READ_WELL = frozenset(
    {Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED, Outcome.NOT_MODIFIED, Outcome.PAYWALLED}
)
"""Outcomes after which the page's text is known, so that it counts whether it has changed since."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Visit:
    """A page was requested, with the result."""

    at: datetime
    outcome: Outcome
    changed: bool | None
    """Whether the text had changed since the visit before; None: there was nothing to compare."""
    previous: datetime | None = None
    """The visit before."""
    lastmod_claim: SignalClaim | None = None
    validators_claim: SignalClaim | None = None
    published: str | None = None
    """As the page states it."""


class Visits:
    """Learns from visits; the caller writes the changes of the address, and commits."""

    def __init__(self, connection: sa.Connection) -> None:
        self.histories = SiteHistories(connection)

    def learn(self, address: Address, visit: Visit) -> Mapping[str, Any]:
        """Learn from a visit; returns the changes of the address.

        `address` is the row as it stood before, with what lastmod said when it was fetched.
        """
        dated = address.dated or parse_instant(visit.published)
        born = min(dated or address.first_seen, address.first_seen)
        changes = address.changes + bool(visit.changed)
        values: dict[str, Any] = {
            "last_outcome": visit.outcome,
            "dated": dated,
            "changes": changes,
            "unchanged": self._count_unchanged(address, visit),
            **_lastmod_since(address, visit),
        }
        if visit.changed is not None:
            self._score(address, visit, born)
        if visit.outcome in READ_WELL:
            # It is there: what left it out of a listing was no removal.
            values |= {"gone_since": None, "misses": 0}
            if address.vanished:
                values["listing"] = None
        values["next_due"] = visit.at + self._time_to_next(address, visit, born, values)
        return values

    def learn_removal(self, address: Address) -> None:
        """A page was found gone: if a sitemap had left it out before, the sitemap was right."""
        if address.left_out:
            self.histories.of(address.site).listings.record("changed", changed=True)
            self.histories.save(address.site)

    def _score(self, address: Address, visit: Visit, born: datetime) -> None:
        changed = bool(visit.changed)
        history = self.histories.of(address.site)
        if visit.lastmod_claim is not None:
            history.lastmod.record(visit.lastmod_claim, changed=changed)
        if visit.validators_claim is not None:
            history.validators.record(visit.validators_claim, changed=changed)
        if address.left_out:
            history.listings.record("changed", changed=False)
        if visit.previous is not None:
            ages = ((moment - born) / _DAY for moment in (visit.previous, visit.at))
            history.rates.record_visit(*ages, changed=changed)
        self.histories.save(address.site)

    def _count_unchanged(self, address: Address, visit: Visit) -> int:
        if visit.outcome in (Outcome.NEW, Outcome.CHANGED) or visit.changed:
            return 0
        return int(address.unchanged) + 1

    def _time_to_next(
        self, address: Address, visit: Visit, born: datetime, values: Mapping[str, Any]
    ) -> timedelta:
        if visit.outcome == Outcome.MOVED:
            return RETIRED
        if visit.outcome == Outcome.DUPLICATE:
            return backoff_delay(REVISIT, values["unchanged"], LONGEST_INTERVAL)
        if visit.outcome not in READ_WELL:
            return REVISIT
        if visit.changed is None:
            return REVISIT
        rates = self.histories.of(address.site).rates
        return interval(rates, visit.at - born, values["changes"], visit.at - address.first_seen)


def _lastmod_since(address: Address, visit: Visit) -> Mapping[str, bool]:
    """What lastmod says of the page since the visit: discovery may have noted more while the answer
    waited to be read, and a day goes on. The listing may be "not modified" from then on, so that
    nothing else would say it.
    """
    if address.lastmod is None or visit.outcome not in READ_WELL:
        return {"lastmod_changed": False, "lastmod_unchanged": False}
    changed = says_changed(address.lastmod, visit.at, address.lastmod_fetched)
    return {"lastmod_changed": changed, "lastmod_unchanged": not changed}
