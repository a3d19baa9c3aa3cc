"""Kinds of pages: which real pages of labelled types pass for an article, beside what their own
`og:type` says.

The data set is a folder laid out as wcxb-dev: ground-truth.jsonl.gz and html/*.html.gz. A third of
its hosts is set aside: no rule was written and nothing learnt from their pages.
"""

from __future__ import annotations

from collections import Counter
from itertools import islice
from pathlib import Path

from benchmarks.measuring.table import Section, Table
from benchmarks.pages.labelled_kinds import LabelledPage, labelled_pages
from crawler.parsers.article import ArticleReader, PageWords
from crawler.parsers.dates import DateReader
from crawler.parsers.html import HtmlDocument
from indexer.records.document import NOT_NEWS
from indexer.records.errors import ParseError
from indexer.records.reference import load_reference

QUICK_PAGES = 40
COLUMNS = ("labelled", "pages", "news", "og:type article", "aside", "news", "og:type article")


def benchmark(corpus: Path, *, quick: bool) -> Section:
    """All pages; `quick` takes a few."""
    languages = load_reference().languages
    reader = ArticleReader(PageWords(languages), DateReader(languages))
    counts: Counter[tuple[str, bool, str]] = Counter()
    for page in islice(labelled_pages(corpus), QUICK_PAGES if quick else None):
        for what in ("pages", *_passes(reader, page)):
            for kind in (page.type, "no article" if page.kind != "article" else ""):
                counts[kind, page.aside, what] += 1
    section = Section("kinds", f"Kinds: {len(list(labelled_pages(corpus)))} labelled pages")
    kinds = sorted({kind for kind, _, _ in counts} - {"", "no article"})
    rows = (
        (kind, *(str(counts[kind, *column]) for column in _COUNTED))
        for kind in (*kinds, "no article")
    )
    section.parts.append(Table(COLUMNS, tuple(rows)))
    section.notes.append(
        "Pages that pass as news (no `listing`, no `not-an-article`), of hosts that were open to "
        "whoever wrote the rules, and of those that were set aside. `no article` is the sum of all "
        "types but `article`."
    )
    return section


_COUNTED = tuple(
    (aside, what) for aside in (False, True) for what in ("pages", "news", "og:type article")
)


def _passes(reader: ArticleReader, page: LabelledPage) -> list[str]:
    """By what the page passes as an article; a page that can't be read passes by nothing."""
    try:
        draft = reader.read(HtmlDocument(page.html()), page.url)
    except ParseError:
        return []
    said = (draft.markup.first_meta("og:type") or "").lower() == "article"
    return ["news"] * (draft.kind not in NOT_NEWS) + ["og:type article"] * said
