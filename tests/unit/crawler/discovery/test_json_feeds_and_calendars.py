"""JSON feeds, feeds that are served wrongly, and calendars: from bytes to links."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.discovery.apis.json_answers import read_json, text_at, values_at
from crawler.discovery.calendars import read_calendar_links
from crawler.discovery.feeds import feed_links
from crawler.discovery.home import announced_feeds
from indexer.frontier.port import Link
from indexer.records.errors import ParseError
from indexer.records.urls import site
from indexer.records.values import is_json_path

AT = "https://www.example.org/feed"
RSS = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>x</title><item><title>Медь</title>'
    "<link>https://www.example.org/a?x=1</link></item><item><title>Zinn</title><link>/b</link></item></channel></rss>"
)


def is_owned(url: str) -> bool:
    return site(url) == "www.example.org"


def json_feed(*items: object, version: str = "https://jsonfeed.org/version/1.1") -> bytes:
    return json.dumps({"version": version, "title": "T", "items": items}).encode()


def test_a_json_feed() -> None:
    body = json_feed(
        {
            "id": "1",
            "url": "https://www.example.org/a#x",
            "title": " Zinn\n heute ",
            "date_published": "2026-05-04T10:00:00+02:00",
            "date_modified": "2026-05-05T10:00:00Z",
        },
        {"id": "https://www.example.org/b", "external_url": "https://other.example/b"},
        {"id": 7, "external_url": "https://other.example/c"},
        {"id": "no address"},
        {"url": {"a": 1}},
        "no item",
    )
    changed = datetime(2026, 5, 5, 10, tzinfo=UTC)
    assert feed_links(body, AT, "text/plain") == (
        Link("https://www.example.org/a", "Zinn heute", "2026-05-04T10:00:00+02:00", changed),
        Link("https://www.example.org/b"),
        Link("https://other.example/c"),
    )
    assert (
        feed_links(b"\xef\xbb\xbf" + json_feed(version="https://jsonfeed.org/version/1"), AT) == ()
    )


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (RSS.encode(), "text/html; charset=iso-8859-1"),
        (RSS.encode(), "application/octet-stream"),
        (RSS.encode(), "text/xml"),
        (b"\n\n  " + RSS.encode(), None),
        (b"<br />\n<b>Warning</b>: x in y.php<br />\n" + RSS.encode(), "text/html"),
        (gzip.compress(RSS.encode()), "application/x-gzip"),
        (RSS.replace("x=1", "x=1&y=&z").encode(), "application/rss+xml"),
        (RSS.removesuffix("</channel></rss>").encode(), "application/rss+xml"),
        (RSS.encode("windows-1251"), "text/xml; charset=windows-1251"),
    ],
)
def test_feeds_served_wrongly(body: bytes, kind: str | None) -> None:
    first, second = feed_links(body, AT, kind)
    assert first.title == "Медь"
    assert first.url.startswith("https://www.example.org/a?x=1")
    assert second.url == "https://www.example.org/b"


@pytest.mark.parametrize(
    "body",
    [b"{}", b'{"version": 1}', b'{"a": ', b"{" * 100_000, b'{"a":' * 100_000, b"\x1f\x8b\x08", b""],
)
def test_no_feeds(body: bytes) -> None:
    with pytest.raises(ParseError):
        feed_links(body, AT, "application/json")


def test_json_feeds_are_announced() -> None:
    html = b"""<head><link rel="alternate" type="application/feed+json" href="/feed.json">
    <link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/5">
    <link rel="alternate" type="application/json+oembed" href="/oembed/feed.json">
    <link rel="alternate" type="application/json" href="/news/feed/json"></head><body>x</body>"""
    assert announced_feeds(html, AT, None, is_owned) == (
        "https://www.example.org/feed.json",
        "https://www.example.org/news/feed/json",
    )


def test_paths() -> None:
    value = read_json(b'{"a": [{"b.c": 1}, {"d": "x"}], "e": {"f": null, "g": ["h"]}, "n": 5}')
    assert values_at(value, "a.*.d") == ["x"]
    assert values_at(value, "e.*") == [["h"]]
    assert values_at(value, "e.f|e.g[0]") == ["h"]
    assert text_at(value, "n") == "5"
    assert text_at(value, "a") is None
    assert values_at(value, "a[9].d") == []
    assert all(map(is_json_path, ("a", "a.b[0].*", "[0]", "*", "title.cdata!", "a|b")))
    assert not any(map(is_json_path, ("", "a..b", ".a", "a[", "a[x]", "{a}", "a|")))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(json_values)
@settings(max_examples=60, deadline=None)
def test_any_items_give_links_or_nothing(item: object) -> None:
    fields = (
        item if isinstance(item, dict) else {"url": item, "title": item, "date_published": item}
    )
    for link in feed_links(json_feed(fields, item), AT):
        assert link.url.startswith(("http://", "https://"))


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
