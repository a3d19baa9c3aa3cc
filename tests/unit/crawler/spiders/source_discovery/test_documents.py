from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from crawler.crawl import (
    SourceResult,
)
from crawler.discovery.sitemaps import SitemapContent
from crawler.spiders.offloader import Offloader
from indexer.records.outcome import Outcome
from indexer.records.source import Feed, Listing, Sitemap
from tests.loopback.site import Answer, Asked, LoopbackSite
from tests.unit.crawler.night import (
    Night,
    article,
    fed,
    feed,
    listing,
    source,
    urlset,
)


def test_a_feed_that_is_a_page_is_told_and_the_rest_goes_on(
    site: LoopbackSite, night: Night
) -> None:
    site.page("/rss", "<!doctype html><html><body>Wartung</body></html>")
    partner = fed(site, "/a")
    site.page("/a", article())
    both = source(site, feeds=(Feed(site.url + "/rss"), *partner.feeds))
    assert night.run(both)["s"].state == "ok"
    told = night.frontier.documents[site.url + "/rss"]
    assert (told.outcome, told.reason) == (Outcome.REFUSED, "an HTML page instead of a feed")
    assert night.run(source(site, feeds=(Feed(site.url + "/rss"),)))["s"] == SourceResult(
        "unreachable", f"{site.url}/rss: an HTML page instead of a feed"
    )


def test_the_log_line_of_a_failed_entry_point_names_source_address_and_reason(
    site: LoopbackSite, night: Night, caplog: pytest.LogCaptureFixture
) -> None:
    night.run(source(site, feeds=(Feed(site.url + "/gone"),)))
    assert f"discovery_failed s {site.url}/gone status 404" in caplog.messages


def test_discovery_documents_beyond_their_size_are_refused(
    site: LoopbackSite, night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawler.spiders.source_discovery.discovery.FEED_BYTES", 5_000)
    monkeypatch.setattr("crawler.spiders.source_discovery.pagination.LISTING_BYTES", 8_000)
    site.xml("/feed", feed(site.url + "/a") + " " * 5_000)
    site.page("/news", listing("/b") + " " * 8_000)
    site.xml("/map", urlset(site.url + "/c") + " " * 20_000)
    result = night.run(
        source(
            site,
            feeds=(Feed(site.url + "/feed"),),
            sitemaps=(Sitemap(site.url + "/map"),),
            listings=(Listing(site.url + "/news"),),
        )
    )
    told = {url: (e.outcome, e.reason) for url, e in night.frontier.documents.items()}
    assert told[site.url + "/feed"] == (Outcome.REFUSED, "larger than 5000 bytes")
    assert told[site.url + "/news"] == (Outcome.REFUSED, "larger than 8000 bytes")
    assert told[site.url + "/map"] == (Outcome.FETCHED, None)
    assert set(night.frontier.pages) == {site.url + "/c"}
    assert result["s"].state == "ok"


def test_a_document_that_takes_long_to_read_holds_up_neither_the_others_nor_the_end(
    site: LoopbackSite, night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    released, stop = threading.Event(), threading.Event()

    def hang(body: bytes, url: str) -> SitemapContent:
        del body, url
        released.wait(60)
        return SitemapContent()

    monkeypatch.setattr("crawler.spiders.source_discovery.sitemap_files.read_sitemap", hang)
    site.xml("/map", urlset())
    slow = source(site, id="slow", sitemaps=(Sitemap(site.url + "/map"),))
    with LoopbackSite() as other:

        def last(asked: Asked) -> Answer:
            stop.set()
            return Answer(b"not here", 404)

        other.answer("/a", last)
        result = night.run(slow, replace(fed(other, "/a"), id="quick"), stop=stop)
        assert "/a" in other.paths()
    assert "slow" not in result
    assert not released.is_set()
    released.set()


def test_a_document_that_is_not_read_in_time_has_timed_out(
    site: LoopbackSite, night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    released = threading.Event()

    def hang(body: bytes, url: str) -> SitemapContent:
        del body, url
        released.wait(60)
        return SitemapContent()

    monkeypatch.setattr("crawler.spiders.source_discovery.sitemap_files.read_sitemap", hang)
    monkeypatch.setattr("crawler.spiders.news.Offloader", lambda: Offloader(seconds=0.05))
    site.xml("/map", urlset())
    night.run(source(site, sitemaps=(Sitemap(site.url + "/map"),)))
    released.set()
    told = night.frontier.documents[site.url + "/map"]
    assert (told.outcome, told.reason) == (Outcome.TIMED_OUT, "not read within 0 s")


def test_the_time_of_a_source_bounds_its_discovery(
    site: LoopbackSite, night: Night, caplog: pytest.LogCaptureFixture
) -> None:
    night.seconds_per_source = 0.0
    night.run(fed(site, "/a"))
    assert "/feed" not in site.paths()
    assert f"discovery_out_of_time s {site.url}/feed" in caplog.messages
