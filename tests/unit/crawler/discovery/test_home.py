from __future__ import annotations

from crawler.discovery.home import announced_feeds
from crawler.discovery.listings.soup import ParsedPage
from indexer.records.urls import site

AT = "https://www.example.org/feed"


def is_owned(url: str) -> bool:
    return site(url) == "www.example.org"


def test_json_feeds_are_announced() -> None:
    html = b"""<head><link rel="alternate" type="application/feed+json" href="/feed.json">
    <link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/5">
    <link rel="alternate" type="application/json+oembed" href="/oembed/feed.json">
    <link rel="alternate" type="application/json" href="/news/feed/json"></head><body>x</body>"""
    assert announced_feeds(ParsedPage.from_bytes(html, AT, None), is_owned) == (
        "https://www.example.org/feed.json",
        "https://www.example.org/news/feed/json",
    )
