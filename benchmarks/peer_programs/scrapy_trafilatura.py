"""The usual recipe: plain Scrapy over the sitemaps, each page read by trafilatura, JSON lines out.

Runs in the peers' environment; Scrapy's default settings apart from obeying robots.txt (no delay
is the default) and a quieter log.

    python scrapy_trafilatura.py OUTPUT BASE…
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

import trafilatura
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response
from scrapy.spiders import SitemapSpider


class Articles(SitemapSpider):
    """Reads every page that the sitemaps name."""

    name = "articles"
    sitemap_urls = tuple(f"{base}/sitemap.xml" for base in sys.argv[2:])

    def parse(self, response: Response) -> Iterator[dict[str, Any]]:
        """Text, title, author and date of a page."""
        found = trafilatura.extract(
            response.body, url=response.url, with_metadata=True, output_format="json"
        )
        if found is not None:
            yield json.loads(found)


if __name__ == "__main__":
    process = CrawlerProcess(
        {
            "ROBOTSTXT_OBEY": True,
            "LOG_LEVEL": "WARNING",
            "FEEDS": {sys.argv[1]: {"format": "jsonl"}},
        }
    )
    process.crawl(Articles)
    process.start()
