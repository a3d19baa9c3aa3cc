"""A calendar file as a page: a paragraph of text and a block of markup for each event."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo

from crawler.parsers.calendars.content_lines import CalendarEntry, read_entries
from crawler.parsers.calendars.days import Days, moment, occurrences, zone_of
from indexer.records.errors import ParseError

MAX_BYTES = 2 * 1024 * 1024
MAX_EVENTS = 200
"""Events of one file that are read: those of the last weeks and of what is to come."""
BACK = timedelta(days=366)
"""How long before the making of the file an event may have been."""
_DESCRIPTION = 1_000
"""Characters of a description that are kept."""

_MAGIC = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*BEGIN:VCALENDAR", re.IGNORECASE)
_POST_CODE = re.compile(r"^(?:[A-Z]{1,2}-)?\d{4,6}\s+|\s+\d{4,6}$")
_TAG = re.compile(r"<[^<>]{0,300}>")
_STATUS = {
    "CANCELLED": "EventCancelled",
    "CONFIRMED": "EventScheduled",
    "TENTATIVE": "EventScheduled",
}


@dataclass(frozen=True, slots=True)
class CalendarDraft:
    """What a file states."""

    title: str | None
    """Name of the calendar; of a file with one event, its name."""
    text: str
    markup: str
    """The events in the form of schema.org (`crawler/parsers/markup.py`)."""
    published: str | None
    """Day on which an event of the file was entered or changed last, as the file says."""


@dataclass(frozen=True, slots=True)
class _Event:
    """One occurrence."""

    entry: CalendarEntry
    days: Days


def is_calendar(body: bytes, content_type: str | None = None) -> bool:
    """Whether a body is a calendar file; the type alone is not believed."""
    del content_type
    return _MAGIC.match(body[:200]) is not None


def read_calendar(body: bytes, content_type: str | None, towns: frozenset[str]) -> CalendarDraft:
    """Read a file; `towns`: names in small letters, by which a place is distinguished from a hall.

    Raises ParseError with reason `too-large` or `no-events`.
    """
    if len(body) > MAX_BYTES:
        raise ParseError(f"calendar of {len(body)} bytes", reason="too-large")
    calendar, entries = read_entries(body, content_type)
    zone = zone_of(calendar)
    made = _last_written(entries, zone, "DTSTAMP", "LAST-MODIFIED", "CREATED")
    modified = _last_written(entries, zone, "LAST-MODIFIED", "CREATED")
    events = sorted(_events(entries, zone, made), key=lambda e: (e.days.start, e.days.end))
    if made is not None:
        events = [event for event in events if event.days.end >= _earlier(made)]
    events = events[:MAX_EVENTS]
    if not events:
        raise ParseError("a calendar without events", reason="no-events")
    name = calendar.text("X-WR-CALNAME")
    single = len(entries) == 1
    return CalendarDraft(
        (entries[0].text("SUMMARY") if single else name) or name or None,
        "\n\n".join(map(_paragraph, events)),
        "\n\n".join(_block(event, towns) for event in events),
        modified.isoformat() if modified else None,
    )


def _events(entries: Iterable[CalendarEntry], zone: tzinfo, made: date | None) -> Iterator[_Event]:
    listed = list(entries)
    replaced = {
        (entry.text("UID"), found.day)
        for entry in listed
        if (found := moment(entry.first("RECURRENCE-ID"), zone))
    }
    for entry in listed:
        if not entry.text("SUMMARY") or entry.text("CLASS").upper() in ("PRIVATE", "CONFIDENTIAL"):
            continue
        own = (
            frozenset()
            if entry.first("RECURRENCE-ID")
            else frozenset(day for uid, day in replaced if uid == entry.text("UID"))
        )
        for days in occurrences(entry, zone, made, own):
            yield _Event(entry, days)


def _last_written(entries: Iterable[CalendarEntry], zone: tzinfo, *names: str) -> date | None:
    """The last day that these lines of any entry name: the file's "today", for there is no clock.

    DTSTAMP is the moment of the export with many programs, and no day of publication.
    """
    days = [
        found.day
        for entry in entries
        for name in names
        if (found := moment(entry.first(name), zone))
    ]
    return max(days, default=None)


def _earlier(day: date) -> date:
    return day - BACK if day > date.min + BACK else date.min


def _paragraph(event: _Event) -> str:
    """Name, days and place on a line, and what is said of it."""
    entry, days = event.entry, event.days
    span = days.start.isoformat()
    if days.end != days.start:
        span += f" – {days.end.isoformat()}"
    head = ", ".join(
        piece for piece in (entry.text("SUMMARY"), span, entry.text("LOCATION")) if piece
    )
    description = " ".join(_TAG.sub(" ", entry.text("DESCRIPTION")[:_DESCRIPTION]).split())
    return f"{head}\n{description}" if description else head


def _block(event: _Event, towns: frozenset[str]) -> str:
    entry, days = event.entry, event.days
    values = [("name", entry.text("SUMMARY")), ("startDate", days.start.isoformat())]
    if days.end != days.start:
        values.append(("endDate", days.end.isoformat()))
    venue, town = _place(entry.text("LOCATION"), towns)
    organiser = entry.first("ORGANIZER")
    values += [
        ("location.name", venue),
        ("location.address.addressLocality", town),
        (
            "organizer.name",
            " ".join(organiser.parameters.get("CN", "").split()) if organiser else "",
        ),
        ("eventStatus", _STATUS.get(entry.text("STATUS").upper(), "")),
    ]
    return "\n".join(f"Event.{path}: {value}" for path, value in values if value)


def _place(location: str, towns: frozenset[str]) -> tuple[str, str]:
    """Hall and town: "Kongresszentrum, Messestr. 1, 09599 Freiberg"."""
    pieces = [piece.strip() for piece in re.split(r"[,;|]", location) if piece.strip()]
    bare = [_POST_CODE.sub("", piece).strip() for piece in pieces]
    town = next((b for b in reversed(bare) if b.casefold() in towns), "")
    venue = pieces[0] if pieces and bare[0] != town and not pieces[0].startswith("http") else ""
    return venue, town
