"""The reader of pages with the packaged tables: one for all tests of a process.

To make one, and to compile what the first page of each language asks for, takes two seconds of
processor time; pages leave nothing behind in it.
"""

from __future__ import annotations

from functools import cache

from crawler.parsers.article import PageWords
from crawler.parsers.dates import DateReader
from crawler.parsers.page import PageReader
from indexer.records.reference import load_reference


@cache
def packaged_reader() -> PageReader:
    """Reads pages as an installation without tables of its own does."""
    return PageReader(load_reference())


@cache
def packaged_dates() -> DateReader:
    """Reads dates in all languages of the program: a fifth of a second to make."""
    return DateReader(load_reference().languages)


@cache
def packaged_words() -> PageWords:
    """The words of pages in all languages of the program."""
    return PageWords(load_reference().languages)
