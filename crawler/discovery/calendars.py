"""Calendar files (ICS) to links: the pages of their events. Pure.

Events that have no page of their own are read from the file itself: its address is then a page
(`crawler.parsers.calendars` reads it), named in `CalendarContent.is_page`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo

from crawler.discovery.feed_dates import parse_date
from crawler.parsers.calendars import is_calendar
from crawler.parsers.calendars.content_lines import CalendarEntry, read_entries
from crawler.parsers.calendars.days import moment, occurrences, zone_of
from indexer.frontier.port import Link
from indexer.records.errors import ParseError
from indexer.records.urls import canonical, identity, is_home

MOST_ENTRIES = 5_000
"""Entries that are read."""
MOST_LINKS = 500
"""Links of one calendar: those of the latest events."""
BACK = timedelta(days=366)
"""How long before the creation of the file an event may have ended."""


@dataclass(frozen=True, slots=True)
class CalendarContent:
    """The links of a calendar."""

    links: tuple[Link, ...]
    """Pages of events, the latest event first; dates are those of the entry, not of the event."""
    is_page: bool
    """Some event has no page of its own: the file is its page."""


def read_calendar_links(
    body: bytes, url: str, content_type: str | None, is_owned: Callable[[str], bool]
) -> CalendarContent:
    """Read a file; `is_owned`: whether a canonical address belongs to the source.

    A repeated event has one page; its repetitions only show whether it is over, and at most twenty
    of a rule are computed. Raises ParseError (`not-a-calendar`).
    """
    if not is_calendar(body, content_type):
        raise ParseError("no calendar file", reason="not-a-calendar")
    calendar, entries = read_entries(body, content_type)
    zone = zone_of(calendar)
    stamped = (moment(e.first("DTSTAMP"), zone) for e in entries[:MOST_ENTRIES])
    made = max((found.day for found in stamped if found), default=None)
    dated: dict[str, tuple[date, Link]] = {}
    is_page = False
    for entry in entries[:MOST_ENTRIES]:
        last = _last_day(entry, zone, made)
        if last is None or (made is not None and last < _earlier(made)):
            continue
        link = _link(entry, url, zone, is_owned)
        if link is None:
            is_page = True
        elif link.url not in dated or last > dated[link.url][0]:
            dated[link.url] = (last, link)
    latest = sorted(dated.values(), key=lambda found: found[0], reverse=True)
    return CalendarContent(tuple(link for _, link in latest[:MOST_LINKS]), is_page)


def _last_day(entry: CalendarEntry, zone: tzinfo, made: date | None) -> date | None:
    """The last day of a public event."""
    if not entry.text("SUMMARY") or entry.text("CLASS").upper() in ("PRIVATE", "CONFIDENTIAL"):
        return None
    return max((days.end for days in occurrences(entry, zone, made, frozenset())), default=None)


def _link(
    entry: CalendarEntry, calendar: str, zone: tzinfo, is_owned: Callable[[str], bool]
) -> Link | None:
    """The event's page: not another site's, nor the home page, nor the calendar once more."""
    line = entry.first("URL")
    url = canonical(line.value.strip(), calendar) if line else None
    if url is None or not is_owned(url) or is_home(url) or identity(url) == identity(calendar):
        return None
    created = moment(entry.first("CREATED"), zone)
    changed = moment(entry.first("LAST-MODIFIED"), zone)
    return Link(
        url,
        entry.text("SUMMARY"),
        parse_date(created.day.isoformat()) if created else None,
        changed.at.replace(tzinfo=zone) if changed and changed.timed else None,
    )


def _earlier(day: date) -> date:
    return day - BACK if day > date.min + BACK else date.min
