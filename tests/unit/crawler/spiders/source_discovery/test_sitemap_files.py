from __future__ import annotations

import asyncio
from datetime import date, timedelta
from pathlib import Path

import pytest

from crawler.crawl import Backfill, SourceResult
from crawler.spiders.source_discovery import sitemap_files
from crawler.spiders.source_discovery.found_links import PREFETCHED
from crawler.spiders.source_discovery.sitemap_files import SITEMAP_FILES
from indexer.frontier.port import ArchivePosition, Link, Response
from indexer.records.outcome import Outcome
from indexer.records.source import Sitemap
from tests.loopback.site import LoopbackSite, gzipped
from tests.unit.crawler.endless_site import crawl_once, source_of
from tests.unit.crawler.night import (
    NOW,
    Night,
    article,
    source,
    urlset,
)


def test_sitemap_index_with_gzipped_file(site: LoopbackSite, night: Night) -> None:
    page = site.page("/news/1", article())
    site.put("/files/1.xml.gz", gzipped(urlset(page)), "application/gzip")
    site.xml(
        "/sitemap.xml",
        f"<sitemapindex><sitemap><loc>{site.url}/files/1.xml.gz</loc></sitemap>"
        "<sitemap><loc>https://elsewhere.example/s.xml</loc></sitemap></sitemapindex>",
    )
    night.run(source(site, sitemaps=(Sitemap(site.url + "/sitemap.xml"),)))
    assert night.frontier.outcomes() == {"fetched": 1}
    assert set(night.frontier.documents) == {
        site.url + path for path in ("/robots.txt", "/sitemap.xml", "/files/1.xml.gz")
    }


def test_a_file_of_the_last_day_of_the_calendar_is_read_each_night(
    site: LoopbackSite, night: Night
) -> None:
    page = site.page("/news/1", article())
    site.xml("/files/1.xml", urlset(page))
    site.xml(
        "/sitemap.xml",
        f"<sitemapindex><sitemap><loc>{site.url}/files/1.xml</loc>"
        "<lastmod>9999-12-31</lastmod></sitemap></sitemapindex>",
    )
    partner = source(site, sitemaps=(Sitemap(site.url + "/sitemap.xml"),))
    for _ in range(2):
        assert night.run(partner) == {"s": SourceResult("ok")}
    assert site.paths().count("/files/1.xml") == 2


def test_of_files_that_an_index_calls_unchanged_two_are_read_each_night(
    site: LoopbackSite, night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its days never move, and pages come into its files all the same."""
    files = [f"/files/{n}.xml" for n in range(5)]
    for file in files:
        site.xml(file, urlset())
    days = [f"2026-01-{9 - n:02}" for n in range(5)]
    entries = "".join(
        f"<sitemap><loc>{site.url}{file}</loc><lastmod>{day}</lastmod></sitemap>"
        for file, day in zip(files, days, strict=True)
    )
    site.xml("/sitemap.xml", f"<sitemapindex>{entries}</sitemapindex>")
    partner = source(site, sitemaps=(Sitemap(site.url + "/sitemap.xml"),))
    night.run(partner)
    read: list[set[str]] = []
    for day in range(1, 6):
        site.asked.clear()
        monkeypatch.setattr("tests.unit.crawler.night.NOW", NOW + timedelta(days=day))
        night.run(partner)
        read.append({path for path in site.paths() if path.startswith("/files/")})
    assert all(files[0] in some and len(some) <= 2 for some in read)
    assert set().union(*read) == {*files}


@pytest.mark.parametrize("lastmod", ["", "<lastmod>2026-05-04</lastmod>"])
def test_of_too_many_files_without_order_both_ends_are_read(
    site: LoopbackSite, night: Night, lastmod: str
) -> None:
    number = SITEMAP_FILES + 11
    files = [f"{site.url}/files/{n}.xml" for n in range(number)]
    for n, file in enumerate(files):
        site.xml(file.removeprefix(site.url), urlset(f"{site.url}/news/{n}"))
    entries = "".join(f"<sitemap><loc>{file}</loc>{lastmod}</sitemap>" for file in files)
    site.xml("/sitemap.xml", f"<sitemapindex>{entries}</sitemapindex>")
    night.run(source(site, sitemaps=(Sitemap(site.url + "/sitemap.xml"),)), limit=1)
    read = {path for path in site.paths() if path.startswith("/files/")}
    assert len(read) == SITEMAP_FILES - 1
    ends = [*range(SITEMAP_FILES // 2), *range(number - SITEMAP_FILES // 2 + 1, number)]
    assert read == {f"/files/{n}.xml" for n in ends}


def test_no_more_is_read_than_a_run_can_hold(
    site: LoopbackSite, night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap_files, "MOST_FOUND", 5)
    files = [f"{site.url}/files/{n}.xml" for n in range(4)]
    for n, file in enumerate(files):
        pages = [f"{site.url}/news/{n}/{page}" for page in range(3)]
        site.xml(file.removeprefix(site.url), urlset(*pages))
    entries = "".join(f"<sitemap><loc>{file}</loc></sitemap>" for file in files)
    site.xml("/sitemap.xml", f"<sitemapindex>{entries}</sitemapindex>")
    night.run(source(site, sitemaps=(Sitemap(site.url + "/sitemap.xml"),)), limit=1)
    assert sum(path.startswith("/files/") for path in site.paths()) == 2


def test_other_sources_have_their_turn_while_many_links_are_added(
    site: LoopbackSite, night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    frontier, add, record = night.frontier, night.frontier.add, night.frontier.record_discovery

    def adding(source: str, link: Link) -> None:
        told.append("link")
        asyncio.get_running_loop().call_soon(told.append, "turn")
        add(source, link)

    def recording(
        source: str,
        url: str,
        outcome: Outcome,
        reason: str | None = None,
        *,
        response: Response | None = None,
        position: ArchivePosition | None = None,
    ) -> None:
        told.extend(["validators"] if response is not None else [])
        record(source, url, outcome, reason, response=response, position=position)

    monkeypatch.setattr(frontier, "add", adding)
    monkeypatch.setattr(frontier, "record_discovery", recording)
    site.xml("/sitemap.xml", urlset(*(f"{site.url}/news/{n}" for n in range(2 * PREFETCHED))))
    night.run(source(site, sitemaps=(Sitemap(site.url + "/sitemap.xml"),)), limit=1)
    assert told.count("link") == 2 * PREFETCHED
    assert told.index("turn") == PREFETCHED
    assert "link" not in told[told.index("validators") :]  # killed before, all is read again


def test_a_backfill_takes_what_is_young_enough_and_marks_what_is_no_news(
    site: LoopbackSite, tmp_path: Path
) -> None:
    paths = ("/2026/05/02/a", "/2025/01/b", "/2024/12/31/c", "/d")
    entries = "".join(f"<url><loc>{site.url}{path}</loc></url>" for path in paths)
    lastmods = ("2026-05-03", "2024-02-01", "2026-01-01")
    children = "".join(
        f"<sitemap><loc>{site.url}/s{n}.xml</loc><lastmod>{day}</lastmod></sitemap>"
        for n, day in enumerate(lastmods)
    )
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    site.text("/robots.txt", f"User-agent: *\nSitemap: {site.url}/index.xml\n")
    site.xml("/index.xml", f"<sitemapindex {space}>{children}</sitemapindex>")
    for n in range(3):
        site.xml(f"/s{n}.xml", f"<urlset {space}>{entries}</urlset>")
    for path in paths:
        site.page(path, "<p>x</p>")
    site.page(
        "/",
        f"<main><h3><a href='{paths[0]}'><time datetime='2026-05-02'>2.5.</time>Meldung</a></h3>"
        "</main>",
    )
    frontier = crawl_once(
        tmp_path, source_of(site), backfill=Backfill(date(2025, 1, 15), 5), limit=50
    )
    asked = {url.removeprefix(site.url) for url in frontier.pages}
    assert asked == {"/2026/05/02/a", "/2025/01/b", "/d"}
    assert "/s1.xml" not in site.paths()
    assert {url.removeprefix(site.url) for url in frontier.archived} == {"/2025/01/b", "/d"}
    assert frontier.backfills["s", site.url + "/s0.xml"].next is None
