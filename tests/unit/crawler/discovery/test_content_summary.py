"""What a feed or listing is worth, and which links of a home page lead to news."""

from __future__ import annotations

import gzip
import json

import pytest

from crawler.discovery.content_summary import (
    ContentSummary,
    page_language,
    site_name,
    summarise_feed,
    summarise_home_page,
)
from crawler.discovery.listing_words import ListingWords
from crawler.discovery.listings.sections import news_sections
from crawler.discovery.listings.soup import ParsedPage
from indexer.frontier.port import Link
from indexer.records.reference import load_reference

HOME = "https://partner.example/"
SENTENCE = (
    "The ministry and the geological survey have signed a programme for the mapping of copper. "
)


def rss(*texts: str, content: bool = False) -> bytes:
    tag = "content:encoded" if content else "description"
    items = "".join(
        (
            f"<item><title>News {n}</title><link>{HOME}n/{n}</link><{tag}>"
            f"<![CDATA[<p>{text}</p>]]></{tag}></item>"
        )
        for n, text in enumerate(texts)
    )
    space = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    return f'<rss version="2.0" {space}><channel><title>x</title>{items}</channel></rss>'.encode()


def json_feed(**texts: str) -> bytes:
    item = {"url": f"{HOME}n/1", "title": "News 1", **texts}
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [item]}).encode()


@pytest.mark.parametrize(
    ("body", "extent"),
    [
        (rss(SENTENCE * 15, SENTENCE * 14, content=True), "full text"),
        (rss(SENTENCE * 15, SENTENCE * 14), "full text"),
        (rss(SENTENCE, SENTENCE * 15, SENTENCE), "teasers"),
        (rss("", ""), "titles"),
        (rss(), None),
        (gzip.compress(rss(SENTENCE * 15, SENTENCE * 14)), "full text"),
        (json_feed(content_html=f"<p>{SENTENCE * 15}</p>"), "full text"),
        (json_feed(summary=SENTENCE), "teasers"),
    ],
)
def test_how_much_a_feed_gives(body: bytes, extent: str | None) -> None:
    contents = summarise_feed(body, HOME + "feed", "application/rss+xml")
    assert contents.extent == extent
    assert contents.language in (None, "en")
    assert contents.span is None


def test_the_span_of_what_items_state() -> None:
    links = (
        Link("a", published="2026-03-02T10:00:00+06:00"),
        Link("b"),
        Link("c", published="2026-01"),
    )
    span = ContentSummary(links).span
    assert span is not None
    assert [day.isoformat() for day in span] == ["2026-01-01", "2026-03-02"]


@pytest.mark.parametrize(
    ("label", "found"),
    [
        ("<a href='/n'>Новости</a>", ["n"]),
        ("<a href='/n'> Press  releases » </a><a href='/n?utm_source=x'>News</a>", ["n"]),
        ("<a href='/n' aria-label='Aktuelles'><svg></svg></a>", ["n"]),
        ("<a href='/'>News</a><a href='https://other.example/n'>News</a>", []),
        ("<a href='/n'>News of the geological survey</a>", []),
        ("<a href='/n'>News / Press</a><a href='/m'>News & Members</a>", ["n"]),
    ],
)
def test_sections_with_news(label: str, found: list[str]) -> None:
    words = ListingWords.from_languages(load_reference(None).languages).news
    page = f"<html><body><nav>{label}</nav></body></html>".encode()
    parsed = ParsedPage.from_bytes(page, HOME, "text/html")
    sections = news_sections(parsed, words, lambda url: url.startswith(HOME))
    assert sections == tuple(HOME + path for path in found)


def test_what_a_home_page_says_of_its_site() -> None:
    page = (
        "<html lang='en'><head><title>Survey of Rocks | Home</title>"
        "<script>var lithium = 'Новости';</script>"
        "<link rel=alternate hreflang=x-default href=/>"
        "<link rel=alternate hreflang=kk-KZ href=/kk></head>"
        f"<body><p>{SENTENCE * 3}</p></body></html>"
    ).encode()
    facts = summarise_home_page(page, "text/html; charset=utf-8")
    assert (facts.name, facts.languages) == ("Survey of Rocks | Home", ("en", "kk"))
    assert summarise_home_page(b"<html><body></body></html>", None).name is None
    assert page_language(page, None) == "en"


@pytest.mark.parametrize(
    ("called", "others", "name"),
    [
        ("Welcome – Agency of Mines", ["News – Agency of Mines"], "Agency of Mines"),
        ("Willkommen | Spatverband", ["Aktuelles | Spatverband", None], "Spatverband"),
        ("Fakultät für Erze: Start", ["Fakultät für Erze: Meldungen"], "Fakultät für Erze"),
        ("Agency of Mines – Ore", ["Agency of Mines – Ore", "News – Ore"], "Agency of Mines – Ore"),
        ("Welcome – Agency of Mines", ["News"], "Welcome – Agency of Mines"),
        ("Geopark Kupferland", ["Blog – Geopark Kupferland"], "Geopark Kupferland"),
        ("Agency", [], "Agency"),
        (None, ["News – Agency"], None),
    ],
)
def test_a_site_is_called_by_what_its_pages_share(
    called: str | None, others: list[str | None], name: str | None
) -> None:
    assert site_name(called, filter(None, others)) == name
