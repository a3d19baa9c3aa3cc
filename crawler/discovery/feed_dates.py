"""Dates as feeds and sitemaps state them: W3C date-times and RFC 822 dates."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

_W3C = re.compile(
    r"(\d{4})(?:-(\d\d?))?(?:-(\d\d?))?"
    r"(?:[T ](\d\d?):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?)?",
    re.IGNORECASE,
)


def parse_date(value: str | None) -> str | None:
    """ISO form of a stated date, as precise as it was, in the zone that it was stated in.

    `2026-05-04`, `2026-05`, `2026-05-04T10:00:00+06:00`; None for what is no date.
    """
    text = (value or "").strip()
    if not text:
        return None
    found = _W3C.fullmatch(text)
    if found is None:
        moment = _parse_rfc822(text)
        return moment.isoformat(timespec="seconds") if moment else None
    if found[4] is not None:
        moment = _parse_w3c(found)
        return moment.isoformat(timespec="seconds") if moment else None
    parts = [found[1], *(part.zfill(2) for part in found.groups()[1:3] if part)]
    return "-".join(parts) if _parse_w3c(found) else None


def parse_instant(value: str | None) -> datetime | None:
    """The instant of a stated date in UTC; a day without a time counts from its beginning."""
    text = (value or "").strip()
    found = _W3C.fullmatch(text)
    moment = _parse_w3c(found) if found else _parse_rfc822(text)
    if moment is None:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return None


def _parse_w3c(found: re.Match[str]) -> datetime | None:
    year, month, day, hour, minute, second, _ = found.groups()
    try:
        moment = datetime(  # noqa: DTZ001  # the zone, if one is stated, is added below
            int(year),
            int(month or 1),
            int(day or 1),
            int(hour or 0),
            int(minute or 0),
            int(second or 0),
        )
    except ValueError:
        return None
    return _in_zone(moment, found[7])


def _in_zone(moment: datetime, zone: str | None) -> datetime | None:
    if zone is None:
        return moment
    if zone in "Zz":
        return moment.replace(tzinfo=UTC)
    digits = zone[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    if offset >= timedelta(hours=24):
        return None
    return moment.replace(tzinfo=timezone(-offset if zone[0] == "-" else offset))


def _parse_rfc822(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):  # of a number with many digits
        return None
