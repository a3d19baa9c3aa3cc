"""Authors of articles of made-up sites, each read alone; the floors only rise.

`make bench BENCH_ARGS="authors --pages FOLDER"` has real pages.
"""

from __future__ import annotations

from collections import Counter
from itertools import islice

import pytest

from benchmarks.pages.labelled_authors import made_up_authors
from crawler.parsers.article import ArticleReader, PageWords
from crawler.parsers.article.authorship.marks import name_key
from crawler.parsers.dates import DateReader
from crawler.parsers.html import HtmlDocument
from indexer.records.reference import load_reference

EACH = 4
"""One of so many pages is read."""
RIGHT, SILENT = 0.8, 0.95
"""Share of pages with authors that are all right, and of those without that are told to have none.
"""


@pytest.fixture(scope="module")
def counts() -> Counter[tuple[bool, bool, bool]]:
    """Set aside, has authors, right → pages."""
    languages = load_reference().languages
    reader = ArticleReader(PageWords(languages), DateReader(languages))
    found: Counter[tuple[bool, bool, bool]] = Counter()
    for page in islice(made_up_authors(), 0, None, EACH):
        told = frozenset(map(name_key, reader.read(HtmlDocument(page.html()), page.url).authors))
        found[page.aside, bool(page.authors), told == page.authors] += 1
    return found


@pytest.mark.parametrize("aside", [False, True], ids=["open", "aside"])
def test_authors_are_right_and_none_is_made_up(
    counts: Counter[tuple[bool, bool, bool]], aside: bool
) -> None:
    def right(*, named: bool) -> float:
        yes, no = (counts[aside, named, outcome] for outcome in (True, False))
        return yes / (yes + no)

    assert right(named=True) >= RIGHT
    assert right(named=False) >= SILENT
