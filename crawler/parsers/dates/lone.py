"""Lone date strings (bylines, listings, feeds): the day as stated, and the instant if there is one.

The grammar reads them first; dateparser takes what it declines, with everything that it would
guess (language, order, today) settled beforehand.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone
from email.utils import parsedate_to_datetime

import dateparser
from dateparser.data.languages_info import language_order

from crawler.parsers.dates.foreign_months import languages_of

Instant = tuple[str | None, datetime | None]
"""Partial ISO date in the stated zone, and the aware UTC instant or None."""

_FULL = len("2015-06-08")
_LONGEST = 120  # what is longer is no date string
_ISO = re.compile(
    r"(?P<date>\d{4}-\d{2}-\d{2})"
    r"(?:[T ]+(?P<hour>\d{2}):?(?P<minute>\d{2})(?::?(?P<second>\d{2}))?(?:[.,]\d+)?"
    r"\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2}(?!\d))?)?"
)
_PARTIAL = re.compile(r"(?:19|20)\d{2}(?:-(?:0[1-9]|1[0-2]))?")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_MAIL = re.compile(r"(?:[A-Za-z]{3},\s*)?\d{1,2}\s+[A-Za-z]{3}\s+\d{4}\s+\d{2}:\d{2}")
_CLOCK = re.compile(
    r"(?<![\d.,])(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?::(?P<second>\d{2}))?(?!\d)\s*"
    r"(?P<half>[ap]\.?m\b)?\.?"
    r"\s*(?P<zone>Z\b|UTC\b|GMT\b)?\s*(?P<offset>[+-]\d{1,2}:?\d{2}\b|[+-]\d{1,2}\b)?",
    re.IGNORECASE,
)


def read_instant(
    text: str, language: str, read: Callable[[str], str | None], *, day_first: bool
) -> Instant:
    """`read` is the grammar: a string to the partial ISO date in it; `language` may be empty."""
    string = " ".join(text.split())
    if not string or len(string) > _LONGEST:
        return None, None
    if _PARTIAL.fullmatch(string):
        return string, None
    compact = _COMPACT.fullmatch(string)
    if compact:
        string = "-".join(compact.groups())
    iso = _ISO.match(string)
    if iso:
        return _from_iso(iso)
    if _MAIL.match(string):
        from_mail = _from_mail(string)
        if from_mail[0]:
            return from_mail
    day = read(string)
    if day is None or (len(day) < _FULL and _names_a_day(string)):
        # "17 de agosto de 2016": the grammar got the year only
        day = _by_dateparser(string, language, day_first=day_first) or day
    return day, _with_clock(day, string)


def _names_a_day(string: str) -> bool:
    """More than one number besides the clock time."""
    return len(re.findall(r"\d+", _CLOCK.sub(" ", string))) > 1


def _from_iso(match: re.Match[str]) -> Instant:
    try:
        day = date.fromisoformat(match["date"])
    except ValueError:
        return None, None
    return match["date"], _instant(
        day, match["hour"], match["minute"], match["second"], match["zone"]
    )


def _from_mail(string: str) -> Instant:
    """RFC 2822, as feeds write it."""
    try:
        moment = parsedate_to_datetime(string)
    except ValueError:
        return None, None
    aware = moment.astimezone(UTC) if moment.tzinfo else None
    return moment.date().isoformat(), aware


def _with_clock(day: str | None, string: str) -> datetime | None:
    """The instant, if a clock time with its zone stands beside the day."""
    if day is None or len(day) != _FULL:
        return None
    for match in _CLOCK.finditer(string):
        hour = int(match["hour"])
        half = (match["half"] or "").lower()[:1]
        if half and hour <= 12:
            hour = hour % 12 + (12 if half == "p" else 0)
        zone = match["offset"] or match["zone"]
        if zone:
            return _instant(
                date.fromisoformat(day), str(hour), match["minute"], match["second"], zone
            )
    return None


def _instant(
    day: date, hour: str | None, minute: str | None, second: str | None, zone: str | None
) -> datetime | None:
    if hour is None or zone is None:
        return None
    try:
        clock = time(int(hour), int(minute or 0), int(second or 0))
        return datetime.combine(day, clock, _zone(zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _zone(zone: str) -> timezone:
    digits = re.sub(r"\D", "", zone)
    if not digits:
        return UTC
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-offset if zone.startswith("-") else offset)


def _by_dateparser(string: str, language: str, *, day_first: bool) -> str | None:
    """Absolute dates only: no part is filled in from the clock of this machine."""
    if not any(character.isdigit() for character in string):
        return None
    languages = [language] if language in language_order else languages_of(string)
    if not languages:
        return None
    with warnings.catch_warnings():
        # dateparser asks strptime for days without a year; Python 3.13 and later warn of that
        warnings.simplefilter("ignore", DeprecationWarning)
        found = dateparser.parse(
            string,
            languages=languages,
            settings={
                "DATE_ORDER": "DMY" if day_first else "MDY",
                "STRICT_PARSING": True,
                "PARSERS": ["custom-formats", "absolute-time"],
                "RETURN_AS_TIMEZONE_AWARE": False,
            },
        )
    return found.date().isoformat() if found else None
