"""What can stand in for a page that needs a browser: its feed's article, its AMP version. Pure.

The article in the data of the page itself is found by `crawler.parsers.embedded_article`.
"""

from __future__ import annotations

import re
from html import unescape

from crawler.discovery.feeds import FeedArticle
from crawler.parsers.embedded_article import EmbeddedArticle, insert_article

_LINK = re.compile(r"<link\b[^<>]{0,500}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"\b(rel|href)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+))", re.IGNORECASE
)


def with_feed_article(html: str, article: FeedArticle) -> str:
    """The page with the article from its feed as markup."""
    return insert_article(html, EmbeddedArticle(article.title, article.body, article.published))


def amp_version(html: str) -> str | None:
    """The address of the page's AMP version as written; None: the page names none."""
    for link in _LINK.finditer(html):
        pairs = {m[1].lower(): m[2] or m[3] or m[4] or "" for m in _ATTRIBUTE.finditer(link[0])}
        if pairs.get("rel", "").lower() == "amphtml" and pairs.get("href"):
            return unescape(pairs["href"])
    return None
