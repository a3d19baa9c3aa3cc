"""Kinds of the pages of made-up sites, read alone and without their site's profile; the floors only
rise.

`make bench BENCH_ARGS="kinds --pages FOLDER"` has real pages.
"""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.pages.labelled_kinds import OF_A_SORT, made_up_pages
from crawler.parsers.article import ArticleReader, PageWords
from crawler.parsers.dates import DateReader
from crawler.parsers.html import HtmlDocument
from indexer.records.document import NOT_NEWS
from indexer.records.reference import load_reference

NEWS_KEPT = 0.94
OTHERS_REFUSED = {2: 0.8, OF_A_SORT: 0.88}
"""By how many pages are read of a sort: of two, in every run, one page set aside is 0.03."""
Counts = tuple[int, Counter[tuple[bool, str, bool]]]
"""Pages of a sort; set aside, labelled kind, told to be no news → pages."""


@pytest.fixture(scope="module", params=[2, pytest.param(OF_A_SORT, marks=pytest.mark.endurance)])
def counts(request: pytest.FixtureRequest) -> Counts:
    languages = load_reference().languages
    reader = ArticleReader(PageWords(languages), DateReader(languages))
    found: Counter[tuple[bool, str, bool]] = Counter()
    for page in made_up_pages(request.param):
        told = reader.read(HtmlDocument(page.html()), page.url).kind
        found[page.aside, page.kind, told in NOT_NEWS] += 1
    return request.param, found


@pytest.mark.parametrize("aside", [False, True], ids=["open", "aside"])
def test_news_is_kept_and_other_pages_are_told_from_it(counts: Counts, aside: bool) -> None:
    of_a_sort, of_kind = counts

    def refused(kind: str) -> float:
        no, yes = (of_kind[aside, kind, told] for told in (False, True))
        return yes / (no + yes)

    assert refused("article") <= 1 - NEWS_KEPT
    assert refused("listing") >= OTHERS_REFUSED[of_a_sort]
    assert refused("not-an-article") >= OTHERS_REFUSED[of_a_sort]
