from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.discovery.calendars import read_calendar_links
from indexer.records.errors import ParseError
from indexer.records.urls import site

AT = "https://www.example.org/feed"


def is_owned(url: str) -> bool:
    return site(url) == "www.example.org"


EVENTS = """BEGIN:VCALENDAR
X-WR-TIMEZONE:Europe/Berlin
BEGIN:VEVENT
DTSTAMP:20260501T080000Z
UID:1
SUMMARY:Rohstoffforum
URL:https://www.example.org/termine/forum?utm_source=ics
DTSTART;VALUE=DATE:20260610
CREATED:20260420T080000Z
LAST-MODIFIED:20260428T080000Z
END:VEVENT
BEGIN:VEVENT
DTSTAMP:20260501T080000Z
SUMMARY:Stammtisch
URL:/termine/stammtisch
DTSTART:20200101T180000Z
RRULE:FREQ=WEEKLY
END:VEVENT
BEGIN:VEVENT
DTSTAMP:20260501T080000Z
SUMMARY:Lange vorbei
URL:/termine/alt
DTSTART:20190101T180000Z
END:VEVENT
BEGIN:VEVENT
SUMMARY:Vertraulich
CLASS:PRIVATE
DTSTART:20260611T180000Z
END:VEVENT
END:VCALENDAR
"""


def test_events_with_pages() -> None:
    content = read_calendar_links(EVENTS.encode(), AT, "text/plain", is_owned)
    forum = next(link for link in content.links if link.title == "Rohstoffforum")
    assert forum.url == "https://www.example.org/termine/forum"
    assert forum.published == "2026-04-20"
    assert forum.lastmod is not None
    assert forum.lastmod.astimezone(UTC) == datetime(2026, 4, 28, 8, tzinfo=UTC)
    assert [link.title for link in content.links] == ["Stammtisch", "Rohstoffforum"]
    assert not content.is_page


@pytest.mark.parametrize(
    "address",
    [
        "",
        "URL:https://elsewhere.example/e\n",
        "URL:https://www.example.org/\n",
        "URL:mailto:a@b.c\n",
    ],
)
def test_events_without_pages_make_the_calendar_a_page(address: str) -> None:
    body = EVENTS.replace("URL:/termine/stammtisch\n", address)
    content = read_calendar_links(body.encode(), AT, None, is_owned)
    assert content.is_page
    assert [link.title for link in content.links] == ["Rohstoffforum"]


def test_what_is_no_calendar() -> None:
    for body in (b"", b"<html>BEGIN:VCALENDAR", b"{}"):
        with pytest.raises(ParseError):
            read_calendar_links(body, AT, "text/calendar", is_owned)


@given(
    st.text(max_size=200),
    st.sampled_from(["RRULE", "URL", "DTSTART", "EXDATE", "CREATED", "LAST-MODIFIED"]),
)
@settings(max_examples=80, deadline=None)
def test_any_calendar_is_read(value: str, name: str) -> None:
    lines = EVENTS.replace("SUMMARY:Rohstoffforum", f"SUMMARY:R\n{name}:{value}")
    content = read_calendar_links(lines.encode("utf-8", "replace"), AT, None, is_owned)
    assert all(is_owned(link.url) for link in content.links)
