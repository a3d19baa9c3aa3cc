"""Days and times as ISO 8601 writes them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

_ISO = re.compile(
    r"^\s*(\d{4})-(\d{2})-(\d{2})"
    r"(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?\s*(Z|[+-]\d{2}:?\d{2})?)?\s*$",
    re.IGNORECASE,
)


def parse_iso(text: str) -> tuple[str, datetime | None] | None:
    """An ISO 8601 day or time as day in its own zone and instant in UTC; None if it is none."""
    match = _ISO.match(text)
    if not match:
        return None
    year, month, day, hour, minute, second, zone = match.groups()
    try:
        day_of_zone = date(int(year), int(month), int(day))
        if hour is None or zone is None:
            return day_of_zone.isoformat(), None
        offset = "+00:00" if zone in "Zz" else zone
        aware = datetime.fromisoformat(f"{day_of_zone}T{hour}:{minute}:{second or '00'}{offset}")
    except ValueError:
        return None
    try:
        return day_of_zone.isoformat(), aware.astimezone(UTC)
    except OverflowError:
        return day_of_zone.isoformat(), None
