from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import feedparser
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from indexer.records.document import DocumentId
from indexer.records.marked_passage import MarkedPassage
from search_api.feeds.atom import FeedEntry, FeedHead, atom, search_id, watch_entry
from search_api.language import speaking
from search_api.ports import WatchMatch

HEAD = FeedHead(
    "urn:x:1", "A & B", "https://h.example/search.atom?q=a&lang=de", "https://h.example/"
)
MOMENT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def entry(title: str | None, text: str, *marks: tuple[int, int]) -> FeedEntry:
    return FeedEntry(
        "urn:x:2", title, "https://p.example/?a=1&b=2", MOMENT, "S", (MarkedPassage(text, marks),)
    )


def test_a_feed_without_entries_is_valid_and_stays_the_same() -> None:
    feed = feedparser.parse(atom(HEAD, []))
    assert not feed.bozo
    assert feed.feed.updated == "1970-01-01T00:00:00Z"
    assert atom(HEAD, []) == atom(HEAD, [])


def test_the_feed_is_as_new_as_its_newest_entry() -> None:
    feed = feedparser.parse(atom(HEAD, [entry("t", "x")]))
    assert feed.feed.updated == "2026-03-01T12:00:00Z"
    assert feed.entries[0].link == "https://p.example/?a=1&b=2"


def test_markup_of_a_page_is_escaped_inside_the_summary() -> None:
    document = atom(HEAD, [entry("<b>t</b>", "<script>Erz</script>", (8, 11))])
    root = etree.fromstring(document)
    summary = root.findtext(".//{*}summary")
    assert summary == "<p>&lt;script&gt;<mark>Erz</mark>&lt;/script&gt;</p>"
    assert root.findtext(".//{*}entry/{*}title") == "<b>t</b>"


@given(st.text(), st.text())
def test_any_text_makes_well_formed_xml(title: str, text: str) -> None:
    document = atom(HEAD, [entry(title, text, (0, 2))])
    assert etree.fromstring(document).tag.endswith("feed")


def test_a_page_without_a_title_is_called_so_in_the_language_of_the_watch() -> None:
    match = WatchMatch("urn:x:3", DocumentId("a" * 16), None, "https://p.example/", MOMENT, "S")
    with speaking("de"):
        assert watch_entry(match, match.url).title == "Seite ohne Titel"


def test_what_matched_is_said_as_in_mails() -> None:
    match = WatchMatch("urn:x:3", DocumentId("a" * 16), None, "https://p.example/", MOMENT, "S")
    with speaking("de"):
        entry = watch_entry(replace(match, terms=("country:KZ", "Erz")), match.url)
    assert entry.notes == ("Gefunden: Land: Kasachstan, Erz",)


def test_the_same_search_has_the_same_id() -> None:
    assert search_id("?q=a") == search_id("?q=a")
    assert search_id("?q=a") != search_id("?q=b")
