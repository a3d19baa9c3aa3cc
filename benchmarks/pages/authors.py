"""Authors of labelled pages: ours and trafilatura's, in one process.

The data sets are folders laid out as wcxb-dev, of which the articles with a labelled author count.
A third of their hosts is set aside: nothing was learnt from their pages, and nobody read them.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from trafilatura import bare_extraction

from benchmarks.measuring.table import Section, Table
from benchmarks.pages.labelled_authors import authored_pages
from crawler.parsers.article import ArticleReader, PageWords
from crawler.parsers.article.authorship.marks import name_key
from crawler.parsers.dates import DateReader
from crawler.parsers.html import HtmlDocument
from indexer.records.errors import ParseError
from indexer.records.reference import load_reference

QUICK_PAGES = 40
OUTCOMES = ("right", "wrong", "none")
COLUMNS = ("reader", "open", *OUTCOMES, "aside", *OUTCOMES, "told without a label")

Reader = Callable[[str, str], frozenset[str]]
"""Markup and address of a page to the keys of its authors."""


def benchmark(corpus: Path, *, quick: bool) -> Section:
    """Both readers over the same pages; `quick` takes a few."""
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    readers = {"ours": _ours(), "trafilatura": _trafilatura}
    counts: dict[tuple[str, bool], Counter[str]] = {
        (name, aside): Counter() for name in readers for aside in (False, True)
    }
    silent: Counter[str] = Counter()
    told: Counter[str] = Counter()
    for page in islice(authored_pages(corpus), QUICK_PAGES if quick else None):
        html = page.html()
        for name, read in readers.items():
            found = read(html, page.url)
            if page.authors:
                counts[name, page.aside][outcome(found, page.authors)] += 1
            else:
                silent[name] += 1
                told[name] += bool(found)
    rows = tuple(
        (
            name,
            *_cells(counts[name, False]),
            *_cells(counts[name, True]),
            f"{told[name]} of {silent[name]}",
        )
        for name in readers
    )
    note = (
        "Share of articles whose set of authors is exactly right, and numbers; degrees are no part "
        "of a name. `open`: pages of the hosts that our parameters were learnt from, so that only "
        "the others, `aside`, tell how ours does on pages never seen. Told without a label: pages "
        "whose label names nobody, which many of them do all the same."
    )
    return Section(
        "authors", "Authors: labelled pages", [Table(COLUMNS, rows, corpus.name)], [note]
    )


def outcome(read: frozenset[str], label: frozenset[str]) -> str:
    """One of OUTCOMES."""
    if not read:
        return "none"
    return "right" if read == label else "wrong"


def _cells(counted: Counter[str]) -> tuple[str, ...]:
    share = counted["right"] / max(1, counted.total())
    return (f"{share:.3f}", *(str(counted[each]) for each in OUTCOMES))


def _ours() -> Reader:
    languages = load_reference().languages
    reader = ArticleReader(PageWords(languages), DateReader(languages))

    def read(html: str, url: str) -> frozenset[str]:
        try:
            return frozenset(map(name_key, reader.read(HtmlDocument(html), url).authors))
        except ParseError:
            return frozenset()

    return read


def _trafilatura(html: str, url: str) -> frozenset[str]:
    found = bare_extraction(html, url=url, with_metadata=True)
    authors = getattr(found, "author", None) or ""
    return frozenset(map(name_key, authors.split(";"))) - {""}
