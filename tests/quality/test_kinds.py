"""Kinds of the pages of made-up sites, read alone and without their site's profile; the floors only
rise.

`make bench BENCH_ARGS="kinds --pages FOLDER"` has real pages.
"""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.labelled_kinds import made_up_pages
from crawler.parsers.article import ArticleReader, PageWords
from crawler.parsers.dates import DateReader
from crawler.parsers.html import HtmlDocument
from indexer.records.document import NOT_NEWS
from indexer.records.reference import load_reference

NEWS_KEPT, OTHERS_REFUSED = 0.94, 0.88


@pytest.fixture(scope="module")
def counts() -> Counter[tuple[bool, str, bool]]:
    """Set aside, labelled kind, told to be no news → pages."""
    languages = load_reference().languages
    reader = ArticleReader(PageWords(languages), DateReader(languages))
    found: Counter[tuple[bool, str, bool]] = Counter()
    for page in made_up_pages():
        told = reader.read(HtmlDocument(page.html()), page.url).kind
        found[page.aside, page.kind, told in NOT_NEWS] += 1
    return found


@pytest.mark.parametrize("aside", [False, True], ids=["open", "aside"])
def test_news_is_kept_and_other_pages_are_told_from_it(
    counts: Counter[tuple[bool, str, bool]], aside: bool
) -> None:
    def refused(kind: str) -> float:
        no, yes = (counts[aside, kind, told] for told in (False, True))
        return yes / (no + yes)

    assert refused("article") <= 1 - NEWS_KEPT
    assert refused("listing") >= OTHERS_REFUSED
    assert refused("not-an-article") >= OTHERS_REFUSED
