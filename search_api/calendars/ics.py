"""Events as a calendar (iCalendar, RFC 5545). Pure: records in, lines out.

Events have days, and no times: they are entries of whole days, and take no time (TRANSPARENT). One
whose date is known to the month, season or year covers it all, is TENTATIVE and says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, tzinfo

from indexer.events.listing import ListedEvent
from search_api.calendars.time_zone import zone_lines
from search_api.page_words import date_span, event_name, place_name

MEDIA_TYPE = "text/calendar"
_FOLD = 74
"""Bytes of a line before it is continued on the next."""
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def calendar(title: str, events: Iterable[ListedEvent], zone: tzinfo, site: str) -> Iterator[bytes]:
    """The calendar, an entry for each event whose year is known."""
    yield _lines(
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Rohstoffradar//Events//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(title)}",
        f"X-WR-TIMEZONE:{zone}",
        *zone_lines(zone),
    )
    for event in events:
        if event.days is not None:
            yield _lines(*_entry(event, site))
    yield _lines("END:VCALENDAR")


def _entry(event: ListedEvent, site: str) -> Iterator[str]:
    first, last = event.days or (0, 0)
    exact = len(event.start or "") == len("2015-06-08")
    stated = f"{(event.stated or '1970-01-01').replace('-', '')}T000000Z"
    yield "BEGIN:VEVENT"
    yield f"UID:{event.id}@rohstoffradar"
    yield f"DTSTAMP:{stated}"
    yield f"LAST-MODIFIED:{stated}"
    yield f"SEQUENCE:{event.changes}"
    yield f"DTSTART;VALUE=DATE:{_day(first)}"
    yield f"DTEND;VALUE=DATE:{_day(last + 1)}"
    yield f"STATUS:{_status(event, exact=exact)}"
    yield "TRANSP:TRANSPARENT"
    yield f"SUMMARY:{_text(event_name(event))}"
    where = ", ".join(v for v in (event.venue, place_name(event.city, event.country)) if v)
    if where:
        yield f"LOCATION:{_text(where)}"
    yield f"DESCRIPTION:{_text(_description(event, exact=exact))}"
    yield f"URL:{site}/events/{event.id}"
    yield "END:VEVENT"


def _status(event: ListedEvent, *, exact: bool) -> str:
    if event.status == "cancelled":
        return "CANCELLED"
    return "CONFIRMED" if exact else "TENTATIVE"


def _description(event: ListedEvent, *, exact: bool) -> str:
    lines = [] if exact else [f"Date as far as it is known: {date_span(event.start, event.end)}"]
    lines += [f"Status: {event.status}"] if event.status else []
    lines += [f"Series: {event.series}"] if event.series else []
    lines += [f"Organiser: {name}" for name in event.organisers]
    lines += [f"Theme: {event.theme}"] if event.theme else []
    lines += [f"{document.title or 'Page'}: {document.url}" for document in event.documents]
    return "\n".join(lines)


def _day(ordinal: int) -> str:
    return date.fromordinal(min(ordinal, date.max.toordinal())).strftime("%Y%m%d").zfill(8)


def _text(value: str) -> str:
    """A value of type TEXT, without control characters."""
    plain = _CONTROL.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    for character in ("\\", ";", ","):
        plain = plain.replace(character, f"\\{character}")
    return plain.replace("\n", "\\n")


def _lines(*lines: str) -> bytes:
    return b"".join(_folded(line.encode(errors="replace")) for line in lines)


def _folded(line: bytes) -> bytes:
    """The line in pieces of at most 75 bytes, none of which ends within a character."""
    pieces = []
    while len(line) > _FOLD:
        cut = _FOLD
        while line[cut] & 0b1100_0000 == 0b1000_0000:
            cut -= 1
        pieces.append(line[:cut])
        line = b" " + line[cut:]
    return b"\r\n".join((*pieces, line)) + b"\r\n"
