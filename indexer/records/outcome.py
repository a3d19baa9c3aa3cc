"""What became of a page address in a run: the counted outcomes, fixed in name and meaning."""

from __future__ import annotations

from enum import StrEnum

REDIRECTS_TO = "redirects to "
"""Reason of a duplicate that a redirect made; the target's address follows."""
STANDS_IN = "shows a text that several pages show in place of their own"
"""Reason of a `soft-404` that other pages give away (`indexer.revisions.stand_ins`)."""


class Outcome(StrEnum):
    """Each page address of a run ends in exactly one of these."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    NOT_MODIFIED = "not-modified"
    DUPLICATE = "duplicate"
    """Redirect, canonical or alias of a page counted already."""
    MOVED = "moved"
    """A known page redirects elsewhere."""
    GONE = "gone"
    """404 or 410 for the second time on a known page."""
    ROBOTS = "robots"
    REFUSED = "refused"
    """Address, size, type or redirects."""
    BLOCKED = "blocked"
    CONSENT_WALL = "consent-wall"
    PAYWALLED = "paywalled"
    SOFT_404 = "soft-404"
    HTTP_ERROR = "http-error"
    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed-out"
    QUARANTINED = "quarantined"
    FETCHED = "fetched"
    """Not yet read."""
