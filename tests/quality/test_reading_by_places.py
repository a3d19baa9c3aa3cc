"""Articles of whole made-up sites, read by the places that their own pages teach, beside reading in
full: the same values.
"""

from __future__ import annotations

from collections import Counter

import pytest

from crawler.parsers.article import ArticleReader, PageWords
from crawler.parsers.dates import DateReader
from crawler.parsers.raw_page import RawPage
from crawler.profiles.learning import SamplePage, learn
from crawler.profiles.learning.sample import html_document
from indexer.records.reference import load_reference
from tests.loopback.site import LoopbackSite
from tests.sites.contents import NIGHTS
from tests.sites.site import SITES, Site

_LANGUAGES = load_reference().languages
ARTICLES = ArticleReader(PageWords(_LANGUAGES), DateReader(_LANGUAGES))
PROVEN = [site for site in SITES if site.name in {"contao-de", "bitrix-ru", "liferay-en"}]
VALUES = ("title", "teaser", "text", "authors", "published", "published_at", "kind", "lang")
LEAST_BY_PLACES, LEAST_SAME = 0.8, 0.99
"""Share of the articles that are read by places; share of these that are the same."""


@pytest.mark.parametrize("site", PROVEN, ids=lambda site: site.name)
def test_articles_read_the_same_by_places_as_in_full(site: Site) -> None:
    raws = _pages(site)
    profile = learn([SamplePage(raw, NIGHTS[2].date()) for raw in raws], ARTICLES)
    assert profile is not None
    assert profile.articles is not None
    assert profile.articles.is_proven
    counts: Counter[str] = Counter()
    for raw in raws:
        document = html_document(raw)
        assert document is not None
        full, _ = ARTICLES.read_with_content(document, raw.url, None, profile)
        quick = ARTICLES.read_by_places(document, raw.url, None, profile)
        counts["articles"] += full.kind == "article"
        if quick is not None:
            counts["by places"] += 1
            counts["same"] += all(getattr(quick, n) == getattr(full, n) for n in VALUES)
    assert counts["by places"] >= LEAST_BY_PLACES * counts["articles"]
    assert counts["same"] >= LEAST_SAME * counts["by places"]


def _pages(site: Site) -> list[RawPage]:
    server = LoopbackSite()
    try:
        site.serve(server, 2)
        return [
            RawPage(
                body=server.body(page.path),
                url=f"https://{site.name}.example{page.path}",
                content_type=site.content_type,
            )
            for page in site.pages(2)
        ]
    finally:
        server._server.server_close()
