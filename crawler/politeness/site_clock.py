"""What a site's clock shows, by its answers. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

_LONGEST = timedelta(days=2)
"""What may have lain in a cache and still says what time it is."""


def site_time(headers: Mapping[str, str]) -> datetime | None:
    """When an answer was sent, by the clock of who sent it (RFC 9110, 6.6.1), and how long it has
    lain in a cache since (RFC 9111, 5.1). None: it says nothing. Header names in lower case.
    """
    age = headers.get("age", "").strip()
    try:
        sent = parsedate_to_datetime(headers.get("date", ""))
        lain = timedelta(seconds=int(age[:9]) if age.isdecimal() else 0)
        return sent.replace(tzinfo=sent.tzinfo or UTC) + lain if lain <= _LONGEST else None
    except (ValueError, OverflowError):
        return None
