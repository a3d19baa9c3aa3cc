"""How a backfill is requested: a run through the archives of sources."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Backfill:
    """How far back a run goes through the archive of a source."""

    since: date
    """Pages of this day and later; those without a date too."""
    depth: int
    """Pages of each list (listing, API) and files of each sitemap that one run requests."""
