"""A run through the archives of sources, as it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Backfill:
    """How far back the archive of a source is gone through."""

    since: date
    """Pages of this day and later; those without a date too."""
    depth: int
    """Pages of each list (listing, API) and files of each sitemap that one run asks for."""
