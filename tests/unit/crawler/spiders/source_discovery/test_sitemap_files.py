from __future__ import annotations

from indexer.records.source import Sitemap
from tests.loopback.site import LoopbackSite, gzipped
from tests.unit.crawler.night import (
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
