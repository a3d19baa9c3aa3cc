from __future__ import annotations

import gzip
from pathlib import Path

from indexer.records.outcome import Outcome
from indexer.records.source import Api, ApiPage, Feed, Sitemap
from tests.loopback.site import Answer, LoopbackSite
from tests.unit.crawler.endless_site import crawl_once, source_of
from tests.unit.crawler.night import (
    Night,
    article,
    fed,
    source,
    urlset,
)


def test_include_exclude_and_budget_leave_pages_due(site: LoopbackSite, night: Night) -> None:
    for path in ("/news/1", "/news/2", "/news/3", "/blog/1", "/news/x"):
        site.page(path, article(path))
    partner = fed(site, "/news/1", "/news/2", "/news/3", "/blog/1", "/news/x")
    partner = source(site, feeds=partner.feeds, include=("/news/",), exclude=("x$",), max_pages=2)
    night.run(partner)
    assert night.frontier.outcomes() == {"fetched": 2}
    assert len(list(night.frontier.iter_due("s"))) == 3
    night.run(partner)
    assert night.frontier.outcomes() == {"fetched": 1}


def test_newest_first(site: LoopbackSite, night: Night) -> None:
    old, new = (site.page(path, article(path)) for path in ("/old", "/new"))
    entries = "".join(
        f"<url><loc>{url}</loc><lastmod>{day}</lastmod></url>"
        for url, day in ((old, "2025-01-01"), (new, "2026-05-01"))
    )
    site.xml("/s.xml", f"<urlset>{entries}</urlset>")
    night.run(source(site, sitemaps=(Sitemap(site.url + "/s.xml"),)), limit=1)
    assert list(night.frontier.pages) == [new]


def test_unchanged_pages_are_asked_conditionally(site: LoopbackSite, night: Night) -> None:
    url = site.page("/a", article(), etag='"1"')
    partner = fed(site, "/a")
    night.run(partner)
    night.frontier.make_due()
    night.run(partner)
    assert night.outcome(url) is Outcome.NOT_MODIFIED


def test_a_newer_lastmod_makes_a_page_due(site: LoopbackSite, night: Night) -> None:
    url = site.page("/a", article())
    site.xml("/s.xml", urlset(url, lastmod="2026-01-01"))
    partner = source(site, sitemaps=(Sitemap(site.url + "/s.xml"),))
    night.run(partner)
    night.run(partner)
    assert night.frontier.pages == {}
    site.xml("/s.xml", urlset(url, lastmod="2026-02-02"))
    night.run(partner)
    assert night.outcome(url) is Outcome.FETCHED


def test_a_challenge_is_no_page(site: LoopbackSite, night: Night) -> None:
    body = b"<html><title>Just a moment...</title><script>window._cf_chl_opt={}</script></html>"
    site.answer("/c", Answer(body, 200, {"Content-Type": "text/html", "Server": "cloudflare"}))
    night.run(fed(site, "/c"))
    assert night.outcome(site.url + "/c") is Outcome.BLOCKED


def test_sizes_and_types_are_refused(site: LoopbackSite, night: Night) -> None:
    bomb = gzip.compress(b"\0" * (20 << 20))
    html = {"Content-Type": "text/html"}
    site.answer("/bomb", Answer(bomb, headers={**html, "Content-Encoding": "gzip"}))
    site.answer("/big", Answer(b"x" * (9 << 20), headers=html))
    site.put("/report.pdf", b"PK\x03\x04 ...", "application/pdf")
    site.put("/disguise", b"PK\x03\x04 ...", "text/html")
    site.answer("/br", Answer(b"\x1b\x00", headers={**html, "Content-Encoding": "br"}))
    site.answer("/header", Answer(b"x", headers={**html, "X-Long": "y" * 20_000}))
    night.run(fed(site, "/bomb", "/big", "/report.pdf", "/disguise", "/br", "/header"))
    assert night.frontier.outcomes() == {"refused": 6}
    assert all(ended.reason for ended in night.frontier.pages.values())


def test_a_pdf_is_a_page_by_its_magic(site: LoopbackSite, night: Night) -> None:
    site.put("/release.pdf", b"%PDF-1.7 ...", "application/pdf")
    site.put("/download", b"%PDF-1.7 ...", "application/octet-stream")
    night.run(fed(site, "/release.pdf", "/download"))
    assert night.frontier.outcomes() == {"fetched": 2}


def test_a_known_page_that_redirects_to_a_known_unmodified_page_is_read_where_it_went(
    site: LoopbackSite, night: Night
) -> None:
    old = site.page("/old", article("Alt"), etag='"1"')
    target = site.page("/new", article("Neu"), etag='"2"')
    night.run(fed(site, "/old", "/new"))
    site.redirect("/old", "/new", 301)
    night.frontier.make_due()
    night.frontier.addresses.pop(site.url + "/feed")
    # Only the old address is due: the target has no outcome of its own in this run.
    night.frontier.resting.add(target)
    night.run(fed(site, "/old"))
    assert night.outcome(old) is Outcome.FETCHED
    assert night.frontier.responses[old][0].final_url == target


def test_validators_of_a_redirects_target_are_not_kept_for_the_address_that_was_asked_for(
    site: LoopbackSite, night: Night
) -> None:
    site.page("/new", article("Neu"), etag='"2"')
    old = site.redirect("/old", "/new")
    night.run(fed(site, "/old"))
    known = night.frontier.find("s", old)
    assert known is not None
    assert known.last_fetch is not None
    assert known.etag is None
    site.asked.clear()
    night.frontier.make_due()
    night.run(fed(site, "/old"))
    assert all("if-none-match" not in asked.headers for asked in site.asked)


def test_json_is_a_page_only_where_an_api_says_so(site: LoopbackSite, tmp_path: Path) -> None:
    site.put("/api?page=1", b'[{"id": 1}, {"id": 2}]', "application/json")
    site.put("/api?page=2", b"[]", "application/json")
    site.put("/api/1", b'{"body": "<p>x</p>"}', "application/json")
    site.page("/api/2", "<p>no JSON</p>")
    site.put("/other", b'{"body": "<p>x</p>"}', "application/json")
    site.xml(
        "/rss",
        f'<rss version="2.0"><channel><item><link>{site.url}/other</link></item>'
        f"<item><link>{site.url}/n/1</link></item></channel></rss>",
    )
    api = Api(
        f"{site.url}/api?page={{page}}",
        "*",
        f"{site.url}/n/{{id}}",
        headers=(("X-Key", "k"),),
        detail=f"{site.url}/api/{{id}}",
        page=ApiPage(html="body"),
    )
    frontier = crawl_once(tmp_path, source_of(site, apis=(api,), feeds=(Feed(site.url + "/rss"),)))
    outcomes = {
        url.removeprefix(site.url): ended.outcome.value for url, ended in frontier.pages.items()
    }
    assert outcomes == {"/api/1": "fetched", "/api/2": "fetched", "/other": "refused"}
    assert frontier.pages[site.url + "/other"].reason == "type application/json"
    keys = {asked.path: asked.headers.get("x-key") for asked in site.asked}
    assert keys["/api/1"] == keys["/api?page=1"] == "k"
    assert keys["/other"] is keys["/rss"] is keys["/robots.txt"] is None
