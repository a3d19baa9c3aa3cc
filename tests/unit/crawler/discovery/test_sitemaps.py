from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.discovery.sitemaps import MOST_LINKS, ChildSitemap, read_sitemap
from indexer.frontier.port import Link
from indexer.records.errors import ParseError
from tests.loopback.site import gzipped

AT = "https://example.org/feed"


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
