"""Instants: dates of pages as such, and due times. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

SKEW = timedelta(hours=1)
"""By which clocks may differ without anything being wrong: they are set, and runs take a while."""


def parse_instant(text: str | None) -> datetime | None:
    """Beginning of what is stated (`2026-05-04T10:00:00+06:00`, `2026-05-04`, `2026-05`, `2026`).

    None for what has no beginning in the calendar (`2026-autumn`). Without a zone it counts as UTC.
    """
    value = (text or "").strip()
    if len(value) in (4, 7):
        value += "-01-01"[-(10 - len(value)) :]
    try:
        moment = datetime.fromisoformat(value)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def latest_moment(text: str | None) -> datetime | None:
    """The last moment that what is stated may mean: the end of a day, month or year, where it has
    no time; None as in `parse_instant`.
    """
    begin, value = parse_instant(text), (text or "").strip()
    if begin is None:
        return None
    days = {4: 366, 7: 31, 10: 1}.get(len(value), 0)
    try:
        return begin + timedelta(days=days)
    except OverflowError:
        return begin


def days_before(now: datetime, days: int) -> datetime:
    """The moment so many days earlier; the beginning of the calendar where that has none."""
    try:
        return now - timedelta(days=days)
    except OverflowError:
        return datetime.min.replace(tzinfo=UTC)


def has_come(
    due: datetime, now: datetime, longest: timedelta, *, set_at: datetime | None = None
) -> bool:
    """Whether a due time has come, or can't be believed: a clock that was ahead has set it.

    `longest`: the longest interval for which it can be set; `set_at`: when it was, where known.
    """
    if due <= now or due > now + longest + SKEW:
        return True
    return set_at is not None and set_at > now + SKEW
