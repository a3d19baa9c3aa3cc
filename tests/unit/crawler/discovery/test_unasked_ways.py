"""What pages lead to beside what their source names."""

from __future__ import annotations

from crawler.discovery.unasked_ways import LookedAt, PagesOfSource, find_ways
from indexer.records.source import Feed, Source
from indexer.records.unasked import Way

URL = "https://mines.example.org"
SOURCE = Source("x", "X", URL, "KZ", ("en",), feeds=(Feed(f"{URL}/rss.xml"),))
LABELS = frozenset({"news", "events"})
PAGE = f"""<html><head>
<link rel=alternate type="application/rss+xml" href="/rss.xml">
<link rel=alternate type="application/atom+xml" href="{URL}/tin.atom">
</head><body><nav><a href="/news">News</a> <a href="/events">Events</a> <a href="/laws">Laws</a>
<a href="https://elsewhere.example.org/events">Events</a></nav>
<h1>The Tin shaft is open again</h1><p>It was shut for nine years.</p></body></html>"""


def ways(*bodies: bytes) -> tuple[Way, ...] | None:
    pages = tuple(LookedAt(body, f"{URL}/n/{n}", "text/html") for n, body in enumerate(bodies))
    return find_ways(PagesOfSource(SOURCE, LABELS, pages))


def test_lists_by_their_labels_and_announced_feeds() -> None:
    assert ways(PAGE.encode(), PAGE.encode()) == (
        Way("listing", f"{URL}/news"),
        Way("listing", f"{URL}/events"),
        Way("feed", f"{URL}/tin.atom"),
    )


def test_files_and_feeds_of_a_menu_are_no_lists() -> None:
    menu = "".join(f"<a href=/{at}>News</a>" for at in ("news.pdf", "news/feed/", "news.xml?a=1"))
    found = ways(f"<html><body><nav>{menu}<a href=/news>News</a></nav></body></html>".encode())
    assert found == (Way("listing", f"{URL}/news"),)


def test_a_feed_of_one_page_is_none() -> None:
    def announcing(feed: str) -> bytes:
        return PAGE.replace("/rss.xml", feed).encode()

    comments = ways(announcing("/n/0/feed/"))
    assert comments is not None
    assert [way.url for way in comments if way.kind == "feed"] == [f"{URL}/tin.atom"]
    authors = ways(announcing("/author/ann/feed"), announcing("/author/bob/feed"))
    assert authors == comments


def test_a_page_that_leads_nowhere_and_one_that_is_none() -> None:
    assert ways(b"<html><body><p>Tin</p></body></html>") == ()
    assert ways(b"") in ((), None)
    assert ways() is None
