"""The reader of pages with the packaged tables: one for all tests of a process.

To make one, and to compile what the first page of each language asks for, takes two seconds of
processor time; pages leave nothing behind in it.
"""

from __future__ import annotations

from functools import cache

from crawler.parsers.page import PageReader
from indexer.records.reference import load_reference


@cache
def packaged_reader() -> PageReader:
    """Reads pages as an installation without tables of its own does."""
    return PageReader(load_reference())
