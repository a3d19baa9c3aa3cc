"""Fundus over the sitemaps with a parser written by hand for these sites, JSON lines out.

Runs in an environment of its own. Fundus' own settings, apart from the pause between two articles
(none here, for nobody pauses) and articles without a date, which would be left out.

    python fundus_parsers.py OUTPUT BASE…
"""

from __future__ import annotations

import datetime
import json
import sys
from pathlib import Path

from fundus import Crawler, Sitemap
from fundus.parser import ArticleBody, BaseParser, ParserProxy, attribute
from fundus.parser.utility import (
    extract_article_body_with_selector,
    generic_author_parsing,
    generic_date_parsing,
)
from fundus.publishers.base_objects import Publisher
from lxml.etree import XPath


class SiteParser(ParserProxy):
    """Knows where the sites of this benchmark keep their text."""

    class V1(BaseParser):
        """The only version."""

        _paragraphs = XPath("//div[@class='body']/p")
        _headings = XPath("//div[@class='body']/h2")

        @attribute
        def body(self) -> ArticleBody | None:
            """Paragraphs and headings."""
            return extract_article_body_with_selector(
                self.precomputed.doc,
                paragraph_selector=self._paragraphs,
                subheadline_selector=self._headings,
            )

        @attribute
        def authors(self) -> list[str]:
            """Of JSON-LD."""
            return generic_author_parsing(self.precomputed.ld.bf_search("author"))

        @attribute
        def publishing_date(self) -> datetime.datetime | None:
            """Of JSON-LD."""
            return generic_date_parsing(self.precomputed.ld.bf_search("datePublished"))

        @attribute
        def title(self) -> str | None:
            """Of the meta tags."""
            return self.precomputed.meta.get("og:title")


def main(output: str, bases: list[str]) -> None:
    """One publisher for each site, each in a thread of its own as Fundus does it."""
    publishers = [
        Publisher(
            name=f"Site {number}",
            domain=base + "/",
            parser=SiteParser,
            sources=[Sitemap(base + "/sitemap.xml")],
        )
        for number, base in enumerate(bases)
    ]
    with Path(output).open("w", encoding="utf-8") as file:
        for article in Crawler(*publishers, delay=0.0).crawl(only_complete=False):
            record = {
                "url": article.html.requested_url,
                "title": article.title,
                "text": str(article.body or ""),
                "authors": article.authors,
                "date": article.publishing_date and article.publishing_date.isoformat(),
            }
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
