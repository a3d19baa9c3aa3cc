"""One reader of pages for all tests of trainers: each trainer makes its own, of the same tables,
which takes a second and a half of processor time, and most tests of them train several times.
"""

from __future__ import annotations

import pytest

from crawler.parsers.page import PageReader
from indexer.records.reference import Reference, load_reference
from radar.training import labelled_pages, training
from tests.page_reader import packaged_reader


def _page_reader(reference: Reference) -> PageReader:
    """The reader of the packaged tables; another one where others are asked for."""
    return packaged_reader() if reference is load_reference() else PageReader(reference)


@pytest.fixture(autouse=True)
def _shared_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (labelled_pages, training):
        monkeypatch.setattr(module, "PageReader", _page_reader)
