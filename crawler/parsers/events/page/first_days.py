"""The first day of a partial date."""

from __future__ import annotations

from datetime import date

_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
"""Season → its first month."""


def first_day(partial: str | None) -> date | None:
    """First day of a partial date, of a season that of its first month; None without a year."""
    if not partial or partial.startswith("--"):
        return None
    year, month, day = (*partial.split("-"), "", "")[:3]
    try:
        number = int(month) if month.isdigit() else _SEASONS.get(month, 1)
        return date(int(year), number, int(day or 1))
    except ValueError:
        return None
