"""Dates of publication of labelled pages: ours, htmldate's and trafilatura's, in one process.

The data sets are folders laid out as htmldate-half or wcxb-dev (of which the articles count). A
third of their hosts is set aside: nothing was learnt from their pages, and nobody read them.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

from htmldate import find_date
from trafilatura import bare_extraction

from benchmarks.measuring.table import Section, Table
from benchmarks.pages.labelled_dates import dated_pages
from crawler.parsers.article import ArticleReader, PageWords
from crawler.parsers.dates import DateReader
from crawler.parsers.html import HtmlDocument
from indexer.records.errors import ParseError
from indexer.records.reference import load_reference

QUICK_PAGES = 40
OUTCOMES = ("right", "wrong", "none")
COLUMNS = ("reader", "open", *OUTCOMES, "aside", *OUTCOMES)

Reader = Callable[[str, str], str | None]
"""Markup and address of a page to the day of its publication."""


def benchmark(corpora: Sequence[Path], *, quick: bool) -> Section:
    """A table for each corpus; `quick` takes a few pages of it."""
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    readers = {"ours": _ours(), "htmldate": _htmldate, "trafilatura": _trafilatura}
    section = Section("publication", "Dates of publication: labelled pages")
    for corpus in corpora:
        counts: dict[tuple[str, bool], Counter[str]] = {
            (name, aside): Counter() for name in readers for aside in (False, True)
        }
        labelled = (page for page in dated_pages(corpus) if page.day is not None)
        for page in islice(labelled, QUICK_PAGES if quick else None):
            html = page.html()
            for name, read in readers.items():
                counts[name, page.aside][outcome(read(html, page.url), page.day or "")] += 1
        rows = tuple(
            (name, *_cells(counts[name, False]), *_cells(counts[name, True])) for name in readers
        )
        section.parts.append(Table(COLUMNS, rows, corpus.name))
    section.notes.append(
        "Share of right days, and numbers. `open`: pages of the hosts that our parameters were "
        "learnt from, so that only the others, `aside`, tell how ours does on pages never seen. "
        "htmldate searches for the day of first publication (`original_date`), as trafilatura has "
        "it search."
    )
    return section


def outcome(read: str | None, label: str) -> str:
    """One of OUTCOMES; a date that is coarser than its label is wrong."""
    if not read:
        return "none"
    return "right" if read[: len(label)] == label else "wrong"


def _cells(counted: Counter[str]) -> tuple[str, ...]:
    share = counted["right"] / max(1, counted.total())
    return (f"{share:.3f}", *(str(counted[each]) for each in OUTCOMES))


def _ours() -> Reader:
    languages = load_reference().languages
    reader = ArticleReader(PageWords(languages), DateReader(languages))

    def read(html: str, url: str) -> str | None:
        try:
            return reader.read(HtmlDocument(html), url).published
        except ParseError:
            return None

    return read


def _htmldate(html: str, url: str) -> str | None:
    return find_date(html, url=url, original_date=True)


def _trafilatura(html: str, url: str) -> str | None:
    found = bare_extraction(html, url=url, with_metadata=True)
    day = getattr(found, "date", None)
    return str(day) if day else None
