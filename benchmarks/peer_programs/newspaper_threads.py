"""newspaper4k over the addresses of the sitemaps: 16 threads fetch, then each page is parsed.

Runs in an environment of its own. It has no robots.txt and no sitemaps of its own, so it is given
what a sitemap lists; that costs it next to nothing.

    python newspaper_threads.py OUTPUT BASE…
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import newspaper
import requests
from newspaper import Article
from newspaper.mthreading import fetch_news

THREADS = 16
_LOCATION = re.compile(r"<loc>([^<]+)</loc>")


def addresses(base: str) -> list[str]:
    """What the sitemap lists."""
    return _LOCATION.findall(requests.get(base + "/sitemap.xml", timeout=30).text)


def main(output: str, bases: list[str]) -> None:
    """Fetch all, then parse all."""
    config = newspaper.Config()
    config.number_threads = THREADS
    articles = [Article(url, config=config) for base in bases for url in addresses(base)]
    with Path(output).open("w", encoding="utf-8") as file:
        for article in fetch_news(articles, threads=THREADS):
            article.parse()
            date = article.publish_date
            record = {
                "url": article.url,
                "title": article.title,
                "text": article.text,
                "authors": article.authors,
                "date": date.isoformat() if date else None,
            }
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
