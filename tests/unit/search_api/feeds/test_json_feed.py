from __future__ import annotations

import json
from datetime import UTC, datetime

from indexer.records.marked_passage import MarkedPassage
from search_api.feeds.atom import FeedEntry, FeedHead
from search_api.feeds.json_feed import json_feed

HEAD = FeedHead("urn:x", "Erz", "https://r.example/search.feed.json", "https://r.example/")
WHEN = datetime(2026, 5, 3, tzinfo=UTC)


def test_entries_are_items_with_escaped_passages() -> None:
    entry = FeedEntry(
        "urn:d",
        None,
        "https://x.example/",
        WHEN,
        "Das Amt",
        passages=(MarkedPassage("<b>Erz", ((3, 6),)),),
        lang="de",
        published=WHEN,
    )
    feed = json.loads(json_feed(HEAD, [entry]))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert "next_url" not in feed
    assert feed["items"] == [
        {
            "id": "urn:d",
            "url": "https://x.example/",
            "title": "Page without a title",
            "content_html": "<p>&lt;b&gt;<mark>Erz</mark></p>",
            "date_published": "2026-05-03T00:00:00Z",
            "date_modified": "2026-05-03T00:00:00Z",
            "authors": [{"name": "Das Amt"}],
            "language": "de",
        }
    ]


def test_what_is_unknown_is_left_out_and_half_characters_are_replaced() -> None:
    entry = FeedEntry("urn:d", "x\ud800", "https://x.example/", WHEN, "Amt")
    (item,) = json.loads(json_feed(HEAD, [entry]))["items"]
    assert item["title"] == "x?"
    assert {"language", "date_published"}.isdisjoint(item)
