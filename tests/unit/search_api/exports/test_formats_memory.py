from __future__ import annotations

import tracemalloc

import pytest

from indexer.records.document import DocumentId
from indexer.records.marked_passage import MarkedPassage
from indexer.stores.base import Hit, SearchRequest, SearchResult
from search_api.exports.every_hit import STRETCH, begun
from search_api.exports.formats import FORMAT, Export
from search_api.parameters import SearchParameters
from tests.web.sample_site import SampleArchive, SampleStore

ROWS = 6_000
MOST = 4 * 1024 * 1024
"""Bytes in memory at a time; the files have three times as many."""


class LongStore(SampleStore):
    """Finds many hits with texts of their own."""

    def search(self, request: SearchRequest) -> SearchResult:
        first = int(request.cursor or 0)
        last = min(first + request.limit, ROWS)
        hits = tuple(map(hit, range(first, last)))
        return SearchResult(ROWS, hits, next=str(last) if last < ROWS else None)


def hit(number: int) -> Hit:
    text = f"{number:06} Zinnstein & Wolfram " * 70
    passages = (MarkedPassage(text, ()),)
    identity = DocumentId(f"{number:016x}")
    return Hit(identity, "https://a.example/", text, "s", "de", "article", None, None, passages)


@pytest.mark.parametrize("name", ["csv", "ndjson", "xlsx"])
def test_an_export_holds_no_more_than_a_stretch(name: str) -> None:
    parameters = SearchParameters.model_validate({"q": "Zinnstein"})
    export = Export(LongStore(), SampleArchive(), parameters, "https://radar.example")
    tracemalloc.start()
    try:
        size = sum(map(len, begun(FORMAT[name].write(export))))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert size > 100_000
    assert peak < MOST
    assert STRETCH < ROWS / 20
