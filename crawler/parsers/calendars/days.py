"""On which days an entry of a calendar is: first and last day, and those of its repetitions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateutil.rrule import rrule, rrulestr

from crawler.parsers.calendars.content_lines import CalendarEntry, ContentLine

MAX_OCCURRENCES = 20
"""Of one rule that are listed."""
AHEAD = timedelta(days=366)
"""How far after the making of the file repetitions are listed."""
_LONGEST_RUN = timedelta(days=366 * 20)
"""From the first day of a rule to the last one that is looked at: bounds the work of any rule."""

_NIGHT = timedelta(hours=12)
"""An evening that ends after midnight is one of one day."""

_MOMENT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})?(Z)?)?\s*$", re.IGNORECASE)
_DURATION = re.compile(
    r"P(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?$",
    re.IGNORECASE,
)
_FREQUENCY = {
    "DAILY": frozenset[str](),
    "WEEKLY": frozenset({"BYDAY"}),
    "MONTHLY": frozenset({"BYDAY", "BYMONTHDAY", "BYSETPOS", "BYMONTH"}),
    "YEARLY": frozenset({"BYDAY", "BYMONTHDAY", "BYSETPOS", "BYMONTH"}),
}
"""Rules that are followed, and what they may hold besides FREQ, INTERVAL, WKST, COUNT and UNTIL.

Others either count in hours or can be written so that the library looks for a fitting day for long.
"""
_ALWAYS = frozenset({"FREQ", "INTERVAL", "WKST", "COUNT", "UNTIL"})
_INTERVAL = re.compile(r"0*[1-9]\d{0,2}")
_LIMITS = re.compile(r";?(?:COUNT|UNTIL)=[^;]*", re.IGNORECASE)
_COUNT = re.compile(r"COUNT=(\d{1,9})", re.IGNORECASE)
_UNTIL = re.compile(r"UNTIL=(\d{8}(?:T\d{6}Z?)?)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Days:
    """First and last day, both inclusive."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Moment:
    """A date, or a time of which the zone has been settled."""

    at: datetime
    """Naive, in the zone of the entry."""
    timed: bool

    @property
    def day(self) -> date:
        """The day in that zone."""
        return self.at.date()


def zone_of(calendar: CalendarEntry) -> tzinfo:
    """The zone that the calendar is shown in: moments in UTC are put into it."""
    name = calendar.text("X-WR-TIMEZONE")
    try:
        return ZoneInfo(name) if name else UTC
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def moment(line: ContentLine | None, zone: tzinfo) -> Moment | None:
    """A DATE or DATE-TIME; one with TZID or without any zone ("floating") keeps its day."""
    match = _MOMENT.match(line.value.strip()) if line else None
    if match is None:
        return None
    year, month, day, hour, minute, second, utc = match.groups()
    try:
        at = datetime(
            int(year),
            int(month),
            int(day),
            int(hour or 0),
            int(minute or 0),
            min(int(second or 0), 59),
            tzinfo=UTC,
        )
        settled = at.astimezone(zone) if utc else at
    except (ValueError, OverflowError):
        return None
    return Moment(settled.replace(tzinfo=None), hour is not None)


def first_days(entry: CalendarEntry, zone: tzinfo) -> Days | None:
    """The days of an entry's first occurrence; None without a DTSTART that can be read.

    The end is exclusive: an all-day entry until 20260306, and one until midnight, end the day
    before.
    """
    start = moment(entry.first("DTSTART"), zone)
    if start is None:
        return None
    end = moment(entry.first("DTEND"), zone)
    behind = end.at if end else _after(entry.first("DURATION"), start)
    if behind is None or behind <= start.at or (start.timed and behind - start.at < _NIGHT):
        return Days(start.day, start.day)
    return Days(start.day, (behind - timedelta(seconds=1)).date())


def occurrences(
    entry: CalendarEntry, zone: tzinfo, made: date | None, replaced: frozenset[date]
) -> Iterator[Days]:
    """The entry's days: once, or for each repetition from the month of `made` for a year.

    `made`: day of the file; None: the first day of the entry. `replaced`: days whose occurrence
    has an entry of its own. Of rules that aren't followed (of hours, minutes, seconds) the first
    day stands.
    """
    first = first_days(entry, zone)
    if first is None:
        return
    line = entry.first("RRULE")
    repeated = _expand_rule(line.value.strip(), first.start, made) if line else None
    excluded = replaced | {
        found.day
        for given in entry.lines.get("EXDATE", ())
        for value in given.value.split(",")
        if (found := moment(ContentLine(value, given.parameters), zone))
    }
    length = first.end - first.start
    days = [first.start] if repeated is None else repeated
    for day in [day for day in days if day not in excluded][:MAX_OCCURRENCES]:
        try:
            yield Days(day, day + length)
        except OverflowError:
            return


def _after(line: ContentLine | None, start: Moment) -> datetime | None:
    match = _DURATION.match(line.value.strip()) if line else None
    if match is None:
        return None
    weeks, days, hours, minutes, seconds = (int(number or 0) for number in match.groups())
    try:
        return start.at + timedelta(
            weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds
        )
    except OverflowError:
        return None


def _expand_rule(rule: str, start: date, made: date | None) -> list[date] | None:
    """Days of a rule within the window; None where the rule can't be followed."""
    opening = max(start, made.replace(day=1)) if made else start
    last = min(_later(opening, AHEAD), _later(start, _LONGEST_RUN))
    until = _UNTIL.search(rule)
    if until and (end := moment(ContentLine(until[1]), UTC)):
        last = min(last, end.day)
    if not _is_followed(rule) or last < opening:
        # A rule that has run out, or began too long ago, leaves its first day.
        return None
    found = _rule(rule, start, last)
    if found is None:
        return None
    days = [moment_.date() for moment_ in found]
    count = _COUNT.search(rule)
    if count:
        days = days[: int(count[1])]
    kept = [day for day in days if day >= opening]
    return kept or None


def _is_followed(rule: str) -> bool:
    """Whether a rule is one of days whose expansion is bounded."""
    parts = dict(part.upper().split("=", 1) for part in rule.split(";") if "=" in part)
    allowed = _FREQUENCY.get(parts.get("FREQ", ""))
    return (
        allowed is not None
        and parts.keys() <= allowed | _ALWAYS
        and _INTERVAL.fullmatch(parts.get("INTERVAL", "1")) is not None
    )


def _rule(rule: str, start: date, last: date) -> rrule | None:
    # Without COUNT, whose end a rule that never fits would look for until the year 9999.
    endless = _LIMITS.sub("", rule).strip("; ")
    first = datetime(start.year, start.month, start.day)  # noqa: DTZ001  rules count in days
    try:
        made = rrulestr(f"RRULE:{endless}", dtstart=first)
        return (
            made.replace(until=datetime(last.year, last.month, last.day))  # noqa: DTZ001  the same
            if isinstance(made, rrule)
            else None
        )
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError):
        return None  # what the library says of rules that are none


def _later(day: date, span: timedelta) -> date:
    return day + span if day <= date.max - span else date.max
