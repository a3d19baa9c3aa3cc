from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.discovery.feed_dates import parse_date, parse_instant
from crawler.discovery.feeds import FeedArticle, feed_links, read_feed
from crawler.discovery.sitemaps import MOST_LINKS, ChildSitemap, read_sitemap
from indexer.frontier.port import Link
from indexer.records.errors import ParseError
from tests.loopback.site import gzipped

AT = "https://example.org/feed"


def test_rss() -> None:
    feed = """<?xml version="1.0" encoding="windows-1251"?>
    <rss version="2.0"><channel><title>Новости</title><link>https://example.org/</link>
    <item><title>Литий &amp; медь</title><link>/a?utm_source=rss</link>
      <pubDate>Mon, 04 May 2026 10:00:00 +0600</pubDate></item>
    <item><title>Ohne Link</title><guid isPermaLink="true">https://example.org/b</guid></item>
    <item><title>Ohne Adresse</title><guid isPermaLink="false">tag:1</guid></item>
    <item><title>Noch einmal</title><link>https://example.org/a</link></item>
    </channel></rss>""".encode("windows-1251")
    assert feed_links(feed, AT) == (
        Link("https://example.org/a", "Литий & медь", "2026-05-04T10:00:00+06:00"),
        Link("https://example.org/b", "Ohne Link"),
    )


def test_the_guid_of_an_item_is_kept_whether_or_not_it_is_an_address() -> None:
    items = "".join(
        f"<item><title>x</title><link>/{n}</link><guid>{guid}</guid></item>"
        for n, guid in enumerate(("tag:1", "https://example.org/?p=2", ""))
    )
    feed = f'<rss version="2.0"><channel><title>x</title>{items}</channel></rss>'
    assert [link.guid for link in feed_links(feed.encode(), AT)] == [
        "tag:1",
        "https://example.org/?p=2",
        None,
    ]


def test_a_sitemap_is_complete_if_it_was_read_to_its_end_and_holds_no_news() -> None:
    news = (
        "<news:news xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'>"
        "<news:title>x</news:title></news:news>"
    )
    entry = "<url><loc>https://example.org/a</loc>{}</url>"
    whole = f"<urlset>{entry.format('')}</urlset>"
    assert read_sitemap(whole.encode(), AT).complete
    assert not read_sitemap(whole[:-4].encode(), AT).complete
    assert not read_sitemap(f"<urlset>{entry.format(news)}</urlset>".encode(), AT).complete
    assert not read_sitemap(b"<urlset></urlset>", AT).complete


def test_atom() -> None:
    feed = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><entry>
    <title>Copper</title><id>urn:1</id><link rel="self" href="https://example.org/api/1"/>
    <link rel="alternate" type="text/html" href="https://example.org/copper"/>
    <published>2026-05-01T10:00:00+03:00</published><updated>2026-05-04T10:00:00+03:00</updated>
    </entry></feed>"""
    assert feed_links(feed, AT) == (
        Link(
            "https://example.org/copper",
            "Copper",
            "2026-05-01T10:00:00+03:00",
            datetime(2026, 5, 4, 7, tzinfo=UTC),
        ),
    )


def test_a_feed_broken_in_the_middle_yields_its_beginning() -> None:
    feed = b"<rss version='2.0'><channel><item><link>https://example.org/a</link></item><item><tit"
    assert [link.url for link in feed_links(feed, AT)] == ["https://example.org/a"]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "the feed is empty"),
        (b"<!DOCTYPE html><html><body>404", "an HTML page instead of a feed"),
        (b"<urlset/>", "neither RSS nor Atom"),
        (b'{"items": []}', "JSON, but no JSON Feed"),
        (b"/etc/passwd", "neither RSS nor Atom"),
        (b"https://example.org/feed", "neither RSS nor Atom"),
    ],
)
def test_no_feed(body: bytes, message: str) -> None:
    with pytest.raises(ParseError, match=message) as caught:
        feed_links(body, AT)
    assert caught.value.reason == "not-a-feed"


def test_entities_are_not_read_from_files() -> None:
    feed = b"""<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>
    <rss version="2.0"><channel><item><title>&x;</title>\
<link>https://example.org/a</link></item></channel></rss>"""
    assert [link.title for link in feed_links(feed, AT)] in ([None], ["&x;"])


def test_news_sitemap() -> None:
    sitemap = """<?xml version="1.0" encoding="UTF-8"?>
    <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
            xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
            xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
    <url><loc> https://example.org/novosti/1 </loc><lastmod>2026-05-04</lastmod>
      <image:image><image:loc>https://example.org/1.jpg</image:loc>\
<image:title>Bild</image:title></image:image>
      <news:news><news:publication><news:name>Zeitung</news:name></news:publication>
        <news:publication_date>2026-05-03T10:00+05:00</news:publication_date>
        <news:title>Форум
          в Астане</news:title></news:news></url>
    <url><loc>mailto:x@example.org</loc></url>
    </urlset>"""
    assert read_sitemap(sitemap.encode(), AT).links == (
        Link(
            "https://example.org/novosti/1",
            "Форум в Астане",
            "2026-05-03T10:00:00+05:00",
            datetime(2026, 5, 4, tzinfo=UTC),
        ),
    )


def test_sitemap_index_gzip_lines_and_torn_files() -> None:
    index = (
        "<sitemapindex><sitemap><loc>/s1.xml</loc><lastmod>2026</lastmod></sitemap></sitemapindex>"
    )
    children = read_sitemap(gzipped(index), AT).children
    assert children == (
        ChildSitemap("https://example.org/s1.xml", datetime(2026, 1, 1, tzinfo=UTC)),
    )
    lines = b"\xef\xbb\xbfhttps://example.org/a\nhttps://example.org/b\n"
    assert [link.url[-1] for link in read_sitemap(lines, AT).links] == ["a", "b"]
    torn = b"<urlset><url><loc>https://example.org/a</loc></url><url><loc>https://ex"
    assert [link.url for link in read_sitemap(torn, AT).links] == ["https://example.org/a"]
    packed = gzipped("<urlset>" + "<url><loc>https://example.org/a</loc></url>" * 500)
    assert read_sitemap(packed[: len(packed) // 2], AT).links


@pytest.mark.parametrize(
    "body",
    [b"", b"<html><body>x</body></html>", b"<rss/>", b"no addresses", b"<", gzipped("<html/>")],
)
def test_no_sitemap(body: bytes) -> None:
    with pytest.raises(ParseError) as caught:
        read_sitemap(body, AT)
    assert caught.value.reason == "not-a-sitemap"


def test_a_sitemap_bomb_is_refused() -> None:
    with pytest.raises(ParseError) as caught:
        read_sitemap(gzipped("<urlset>" + " " * (33 << 20)), AT)
    assert caught.value.reason == "too-large"


def test_entities_in_a_sitemap_stay_unread() -> None:
    sitemap = b"""<!DOCTYPE urlset [<!ENTITY a "aaaaaaaaaa">\
<!ENTITY x SYSTEM "file:///etc/hostname">]>
    <urlset><url><loc>https://example.org/&x;</loc></url><url>\
<loc>https://example.org/b</loc></url></urlset>"""
    assert "https://example.org/b" in [link.url for link in read_sitemap(sitemap, AT).links]


def test_the_number_of_entries_is_bounded() -> None:
    entries = "".join(
        f"<url><loc>https://example.org/{n}</loc></url>" for n in range(MOST_LINKS + 5)
    )
    assert len(read_sitemap(f"<urlset>{entries}</urlset>".encode(), AT).links) == MOST_LINKS


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2026-05-04", "2026-05-04"),
        ("2026-5-4", "2026-05-04"),
        ("2026-05", "2026-05"),
        ("2026-05-04T10:00Z", "2026-05-04T10:00:00+00:00"),
        ("2026-05-04T10:00:07.5-03:30", "2026-05-04T10:00:07-03:30"),
        ("2026-05-04 10:00", "2026-05-04T10:00:00"),
        ("Mon, 04 May 2026 10:00:00 +0600", "2026-05-04T10:00:00+06:00"),
        ("2026-13-01", None),
        ("2026-05-04T10:00+99:00", None),
        ("gestern", None),
        ("", None),
        (None, None),
    ],
)
def test_stated_dates(written: str | None, date: str | None) -> None:
    assert parse_date(written) == date


@given(st.text(max_size=40))
@settings(max_examples=200)
def test_any_text_is_a_date_or_none(text: str) -> None:
    parse_date(text)
    parse_instant(text)


def test_instants_are_utc() -> None:
    assert parse_instant("2026-05-04T10:00+06:00") == datetime(2026, 5, 4, 4, tzinfo=UTC)
    assert parse_instant("0001-01-01T00:00+05:00") is None


def test_of_a_very_long_feed_the_beginning_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.discovery.feeds.MOST_ENTRIES", 2)
    items = "".join(f"<item><link>https://partner.example/{n}</link></item>" for n in range(5))
    body = f'<rss version="2.0"><channel>{items}</channel></rss>'.encode()
    urls = [link.url for link in feed_links(body, "https://partner.example/feed")]
    assert urls == ["https://partner.example/0", "https://partner.example/1"]


LONG = "<p>" + "Die Behörde berichtet vom Abbau im Norden der Region. " * 20 + "</p>"


def rss_item(content: str, *, title: str = "<title>Bericht</title>") -> bytes:
    return (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<item>{title}<link>https://example.org/a</link>"
        "<pubDate>Mon, 02 Mar 2026 09:00:00 +0100</pubDate>"
        f"{content}</item></channel></rss>"
    ).encode()


def encoded(text: str) -> str:
    return f"<content:encoded><![CDATA[{text}]]></content:encoded>"


@pytest.mark.parametrize(
    "feed",
    [
        rss_item(f"<description>Kurz.</description>{encoded(LONG)}"),
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry><title>Bericht</title>'
        '<link href="https://example.org/a"/><published>2026-03-02T08:00:00Z</published>'
        "<summary>Kurz.</summary><content type='html'>"
        f"<![CDATA[{LONG}]]></content></entry></feed>".encode(),
        json.dumps(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "items": [
                    {
                        "id": "1",
                        "url": "https://example.org/a",
                        "title": "Bericht",
                        "summary": "Kurz.",
                        "content_html": LONG,
                        "date_published": "2026-03-02T08:00:00Z",
                    }
                ],
            }
        ).encode(),
    ],
    ids=["RSS", "Atom", "JSON"],
)
def test_a_feed_gives_whole_articles(feed: bytes) -> None:
    [(url, article)] = read_feed(feed, AT).articles.items()
    assert url == "https://example.org/a"
    assert isinstance(article, FeedArticle)
    assert (article.title, article.body) == ("Bericht", LONG)
    assert (article.published or "").startswith("2026-03-02T")


@pytest.mark.parametrize(
    "item",
    [
        rss_item(encoded("<p>Ein Anriss von sechzig Zeichen.</p>")),
        rss_item(encoded(LONG + "<p>Und dann … <a href='/a'>Weiterlesen</a></p>")),
        rss_item(encoded(LONG + "<p>Und dann [...]</p>")),
        rss_item(f"<description><![CDATA[{LONG}]]></description>"),
        rss_item(encoded(LONG), title=""),
    ],
    ids=["short", "cut off", "cut off with dots", "a summary", "without a title"],
)
def test_a_teaser_is_no_whole_article(item: bytes) -> None:
    assert len(feed_links(item, AT)) == 1
    assert read_feed(item, AT).articles == {}
