from __future__ import annotations

from crawler.discovery.home import HomeLists, announced_feeds, lists_of
from crawler.discovery.listings.soup import ParsedPage
from indexer.frontier.port import Link
from indexer.records.urls import site

HOME = "https://www.example.org"
AT = f"{HOME}/feed"


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


def test_lists_are_known_by_their_labels_else_by_their_addresses_and_by_their_entries() -> None:
    entries = "".join(f"<a href='/{part}/{n}'>x</a>" for part in ("tin", "kk") for n in range(3))
    called = f"<a href='/news'>?</a><a href='/tin'>Tin</a><a href='/kk'>KK</a>{entries}"
    links = [Link(f"{HOME}/{part}/{n}") for part in ("tin", "kk") for n in range(3)]

    def lists(html: str) -> HomeLists:
        page = ParsedPage.from_bytes(html.encode(), f"{HOME}/", "text/html")
        return lists_of(page, links, frozenset({"news"}), is_owned, fronts=[f"{HOME}/kk"])

    others = (f"{HOME}/tin",)
    assert lists(called) == HomeLists((), (f"{HOME}/news",), others)
    named = f"{called}<a href='/blog'>News</a>"
    assert lists(named) == HomeLists((f"{HOME}/blog",), (), others)
