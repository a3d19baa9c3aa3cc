"""Ways that a source could name and does not."""

from __future__ import annotations

import pytest

from indexer.records.source import Feed, Listing, Sitemap, Source
from indexer.records.unasked import Way, may_have_unasked, unasked

URL = "https://mines.example.org"
FEED = Feed(f"{URL}/rss.xml")
SOURCE = Source("x", "X", URL, "KZ", ("ru",), feeds=(FEED,))


def source(**more: object) -> Source:
    return Source("x", "X", URL, "KZ", ("ru",), **{"feeds": (FEED,), **more})  # type: ignore[arg-type]


def test_a_way_says_what_names_it() -> None:
    way = Way("listing", f"{URL}/events")
    assert way.to_json() == {
        "kind": "listing",
        "url": f"{URL}/events",
        "entry": 'listings: [{url: "https://mines.example.org/events"}]',
    }


@pytest.mark.parametrize(
    ("more", "may"),
    [
        ({}, True),
        ({"sections": True}, False),
        ({"feeds": ()}, False),
        ({"enabled": False, "reason": "moved"}, False),
        ({"sitemaps": (Sitemap(f"{URL}/s.xml"),)}, False),
        ({"sitemaps": (Sitemap(f"{URL}/s.xml", enabled=False, reason="old"),)}, True),
    ],
)
def test_only_a_source_that_is_read_by_what_it_names_has_some(
    more: dict[str, object], may: bool
) -> None:
    assert may_have_unasked(source(**more)) is may
    assert bool(unasked(source(**more), [Way("listing", f"{URL}/events")])) is may


@pytest.mark.parametrize(
    "way",
    [
        Way("feed", f"{URL}/rss.xml"),
        Way("listing", f"{URL}/"),
        Way("listing", f"{URL}/press/archive"),
        Way("listing", f"{URL}/jobs"),
        Way("listing", f"{URL}/talks"),
        Way("listing", "https://elsewhere.example.org/events"),
        Way("listing", "https://www.mines.example.org/press/"),
        Way("listing", "http://mines.example.org/press/archive"),
    ],
)
def test_what_is_named_left_out_or_elsewhere_is_none(way: Way) -> None:
    named = source(
        listings=(
            Listing(f"{URL}/press"),
            Listing(f"{URL}/talks/", enabled=False, reason="none of ours"),
        ),
        exclude=("/jobs",),
    )
    events = Way("listing", f"{URL}/events")
    assert unasked(named, [way, events, events]) == (events,)
