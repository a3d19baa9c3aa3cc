"""RSS, Atom and JSON feeds, also broken ones and such with a wrong type."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.discovery.feeds import FeedArticle, read_feed
from indexer.frontier.port import Link
from indexer.records.errors import ParseError

AT = "https://example.org/feed"


def feed_links(body: bytes, url: str, content_type: str | None = None) -> tuple[Link, ...]:
    return read_feed(body, url, content_type).links


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


ATOM = "<feed xmlns='http://www.w3.org/2005/Atom'><title>t</title>{}</feed>"
JSON = '{{"version": "https://jsonfeed.org/version/1.1", "items": [], "next_url": "{}"}}'


@pytest.mark.parametrize(
    ("feed", "older"),
    [
        (ATOM.format("<link rel='self' href='?page=1'/><link rel='next' href='?page=2'/>"), "2"),
        (ATOM.format("<link rel='prev-archive' href='?page=2'/>"), "2"),
        (ATOM.format("<link rel='next' href='/feed'/>"), None),
        (ATOM.format("<entry><link rel='next' href='?page=2'/></entry>"), None),
        (ATOM.format("<link rel='next' href='mailto:a@b.org'/>"), None),
        (JSON.format("https://example.org/feed?page=2"), "2"),
        (JSON.format(""), None),
    ],
)
def test_a_feed_names_its_older_page(feed: str, older: str | None) -> None:
    read = read_feed(feed.encode(), AT)
    assert read.older == (f"{AT}?page={older}" if older else None)


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


WWW_AT = "https://www.example.org/feed"


RSS = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>x</title><item><title>Медь</title>'
    "<link>https://www.example.org/a?x=1</link></item><item><title>Zinn</title><link>/b</link></item></channel></rss>"
)


def json_feed(*items: object, version: str = "https://jsonfeed.org/version/1.1") -> bytes:
    return json.dumps({"version": version, "title": "T", "items": items}).encode()


def test_a_title_without_end_is_cut_off() -> None:
    endless = "Zinn " * 100_000
    rss = RSS.replace("Zinn", endless).encode()
    titles = [link.title or "" for link in feed_links(rss, WWW_AT)]
    titles += [
        link.title or "" for link in feed_links(json_feed({"url": "/a", "title": endless}), WWW_AT)
    ]
    assert titles[0] == "Медь"
    assert [len(title) for title in titles[1:]] == [400, 400]


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
    assert feed_links(body, WWW_AT, "text/plain") == (
        Link("https://www.example.org/a", "Zinn heute", "2026-05-04T10:00:00+02:00", changed),
        Link("https://www.example.org/b"),
        Link("https://other.example/c"),
    )
    assert (
        feed_links(b"\xef\xbb\xbf" + json_feed(version="https://jsonfeed.org/version/1"), WWW_AT)
        == ()
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
    first, second = feed_links(body, WWW_AT, kind)
    assert first.title == "Медь"
    assert first.url.startswith("https://www.example.org/a?x=1")
    assert second.url == "https://www.example.org/b"


@pytest.mark.parametrize(
    "body",
    [b"{}", b'{"version": 1}', b'{"a": ', b"{" * 100_000, b'{"a":' * 100_000, b"\x1f\x8b\x08", b""],
)
def test_no_feeds(body: bytes) -> None:
    with pytest.raises(ParseError):
        feed_links(body, WWW_AT, "application/json")


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
    for link in feed_links(json_feed(fields, item), WWW_AT):
        assert link.url.startswith(("http://", "https://"))
