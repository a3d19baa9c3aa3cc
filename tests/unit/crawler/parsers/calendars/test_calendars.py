"""Calendar files: which days events are on, what is stated of them, and what is no event."""

from __future__ import annotations

import pytest

from crawler.parsers.calendars import is_calendar, read_calendar
from crawler.parsers.page import RawPage
from indexer.records.document import Page
from indexer.records.errors import ParseError
from tests.page_reader import packaged_reader

TOWNS = frozenset({"freiberg", "almaty"})


def calendar(*events: str, head: str = "X-WR-TIMEZONE:Europe/Berlin") -> bytes:
    """A file of events, each given as its lines."""
    inner = "\n".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT" for event in events)
    return f"BEGIN:VCALENDAR\n{head}\n{inner}\nEND:VCALENDAR\n".replace("\n", "\r\n").encode()


def days(*lines: str, stamp: str = "DTSTAMP:20260301T000000Z") -> list[tuple[str, ...]]:
    """First and last days that come out of one event."""
    event = "\n".join(("SUMMARY:Forum", stamp, *lines))
    markup = read_calendar(calendar(event), None, TOWNS).markup
    return [
        tuple(line.split(": ")[1] for line in block.split("\n") if "Date" in line)
        for block in markup.split("\n\n")
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["DTSTART;VALUE=DATE:20260304"], ("2026-03-04",)),
        (["DTSTART;VALUE=DATE:20260304", "DTEND;VALUE=DATE:20260305"], ("2026-03-04",)),
        (
            ["DTSTART;VALUE=DATE:20260304", "DTEND;VALUE=DATE:20260307"],
            ("2026-03-04", "2026-03-06"),
        ),
        (["DTSTART;VALUE=DATE:20260304", "DTEND;VALUE=DATE:20260301"], ("2026-03-04",)),
        (["DTSTART:20260304T090000", "DTEND:20260306T000000"], ("2026-03-04", "2026-03-05")),
        (["DTSTART:20260304T200000", "DTEND:20260305T020000"], ("2026-03-04",)),
        (["DTSTART:20260304T233000Z"], ("2026-03-05",)),
        (["DTSTART;TZID=Mars/Olympus:20260304T233000"], ("2026-03-04",)),
        (["DTSTART;TZID=America/New_York:20260304T233000"], ("2026-03-04",)),
        (["DTSTART;VALUE=DATE:20260304", "DURATION:P3D"], ("2026-03-04", "2026-03-06")),
        (["DTSTART:20260304T100000", "DURATION:PT90M"], ("2026-03-04",)),
        (["DTSTART;VALUE=", " DATE:2026", "\t0304"], ("2026-03-04",)),
    ],
)
def test_days_of_one_event(lines: list[str], expected: tuple[str, ...]) -> None:
    assert days(*lines) == [expected]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ["DTSTART:20260304T100000", "RRULE:FREQ=WEEKLY;COUNT=3"],
            ["2026-03-04", "2026-03-11", "2026-03-18"],
        ),
        (
            ["DTSTART:20260304T100000", "RRULE:FREQ=DAILY;UNTIL=20260306T235959Z"],
            ["2026-03-04", "2026-03-05", "2026-03-06"],
        ),
        (
            ["DTSTART:20260304T100000", "RRULE:FREQ=DAILY;COUNT=3", "EXDATE:20260305T100000"],
            ["2026-03-04", "2026-03-06"],
        ),
        (["DTSTART:20240304T100000", "RRULE:FREQ=YEARLY"], ["2026-03-04"]),
        (["DTSTART:20240304T100000", "RRULE:FREQ=YEARLY;COUNT=3"], ["2026-03-04"]),
        # What is no rule of days, has run out or never fits, leaves the first day.
        (["DTSTART:20260304T100000", "RRULE:FREQ=SECONDLY"], ["2026-03-04"]),
        (["DTSTART:20260304T100000", "RRULE:FREQ=HOURLY;COUNT=9"], ["2026-03-04"]),
        (["DTSTART:20260304T100000", "RRULE:FREQ=DAILY;BYHOUR=1,2,3"], ["2026-03-04"]),
        (
            ["DTSTART:20260304T100000", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=5"],
            ["2026-03-04"],
        ),
        (["DTSTART:20260304T100000", "RRULE:what"], ["2026-03-04"]),
        (["DTSTART:20260304T100000", "RRULE:FREQ=WEEKLY;INTERVAL=0"], ["2026-03-04"]),
        (["DTSTART:20260304T100000", "RRULE:FREQ=DAILY;INTERVAL=7;BYDAY=TU"], ["2026-03-04"]),
        (["DTSTART:20260304T100000", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"], ["2026-03-04"]),
        (
            ["DTSTART:20260304T100000", "RRULE:FREQ=MONTHLY;BYDAY=1WE;COUNT=2"],
            ["2026-03-04", "2026-04-01"],
        ),
    ],
)
def test_repetitions(lines: list[str], expected: list[str]) -> None:
    assert [d[0] for d in days(*lines)] == expected


def test_an_endless_rule_has_a_year_and_twenty_days_at_most() -> None:
    weekly = days("DTSTART:20200101T100000", "RRULE:FREQ=WEEKLY")
    assert (len(weekly), weekly[0][0]) == (20, "2026-03-04")
    monthly = days("DTSTART:20200101T100000", "RRULE:FREQ=MONTHLY")
    assert monthly[-1][0] == "2027-03-01"


def test_a_moved_occurrence_stands_for_the_one_it_replaces() -> None:
    body = calendar(
        "UID:1\nSUMMARY:Forum\nDTSTART:20260304T100000\nRRULE:FREQ=DAILY;COUNT=2",
        (
            "UID:1\nSUMMARY:Forum\nRECURRENCE-ID:20260305T100000\nDTSTART:20260309T100000\n"
            "STATUS:CANCELLED"
        ),
    )
    markup = read_calendar(body, None, TOWNS).markup
    assert markup.split("\n\n") == [
        "Event.name: Forum\nEvent.startDate: 2026-03-04",
        "Event.name: Forum\nEvent.startDate: 2026-03-09\nEvent.eventStatus: EventCancelled",
    ]


def read(body: bytes) -> Page:
    return packaged_reader().read(RawPage(body=body, content_type="text/calendar"))


def test_the_events_of_a_calendar() -> None:
    page = read(
        calendar(
            "SUMMARY:5. Lithiumforum\nDTSTART;VALUE=DATE:20260304\nDTEND;VALUE=DATE:20260306\n"
            "LOCATION:Kongresszentrum\\, Messestr. 1\\, 09599 Freiberg\nSTATUS:CANCELLED\n"
            'ORGANIZER;CN="Deutsche Rohstoffagentur":mailto:a@example.org\n'
            "LAST-MODIFIED:20260201T100000Z\n"
            "DESCRIPTION:Es geht um Lithium aus\\nKasachstan und mehr.",
            "SUMMARY:Rohstofftag\nDTSTART;VALUE=DATE:20260310",
            "SUMMARY:Geheim\nCLASS:PRIVATE\nDTSTART;VALUE=DATE:20260311",
            head="X-WR-CALNAME:Termine der Rohstoffagentur",
        )
    )
    assert (page.kind, page.title) == ("event", "Termine der Rohstoffagentur")
    assert page.published == "2026-02-01"
    forum, other = page.events
    assert (forum.name, forum.start, forum.end) == ("5. Lithiumforum", "2026-03-04", "2026-03-05")
    assert (forum.place.venue, forum.place.city, forum.place.country) == (
        "Kongresszentrum",
        "Freiberg",
        "DE",
    )
    assert (forum.organisers, forum.status) == (("Deutsche Rohstoffagentur",), "cancelled")
    assert (other.name, other.role) == ("Rohstofftag", "upcoming")
    assert page.countries == ("KZ",)
    assert "Geheim" not in page.text
    for mention in page.mentions:
        assert page.part(mention.part)[mention.start : mention.end] == mention.surface
    assert {m.field for m in page.mentions} >= {"published", "events[0].start", "events[1].name"}


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (calendar(), "no-events"),
        (calendar("SUMMARY:ohne Tag"), "no-events"),
        (calendar("DTSTART:20260304"), "no-events"),
        (b"BEGIN:VCALENDAR" + b"\r\n" * (2 << 20), "too-large"),
    ],
)
def test_what_is_no_calendar_of_events(body: bytes, reason: str) -> None:
    with pytest.raises(ParseError) as failed:
        read_calendar(body, None, TOWNS)
    assert failed.value.reason == reason


def test_a_calendar_is_known_by_its_first_line() -> None:
    assert is_calendar(b"\xef\xbb\xbfbegin:vcalendar\r\n")
    assert not is_calendar(b"<html>BEGIN:VCALENDAR")


def test_long_calendars_are_cut() -> None:
    events = (f"SUMMARY:Forum {n}\nDTSTART;VALUE=DATE:2026{n % 12 + 1:02d}01" for n in range(500))
    assert read_calendar(calendar(*events), None, TOWNS).markup.count("name: ") == 200
