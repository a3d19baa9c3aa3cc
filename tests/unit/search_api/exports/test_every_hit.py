from __future__ import annotations

from collections.abc import Iterator

import pytest

from indexer.records.document import DocumentId
from indexer.records.errors import StoreUnavailable
from indexer.stores.base import Hit, SearchRequest, SearchResult
from search_api.exports.every_hit import CHUNK, STRETCH, begun, every_hit


class CountingStore:
    """Has a number of hits, and one stretch of them that is incomplete."""

    def __init__(self, hits: int, *, incomplete_at: int | None = None) -> None:
        self.hits = hits
        self.incomplete_at = incomplete_at
        self.requests: list[SearchRequest] = []

    def search(self, request: SearchRequest) -> SearchResult:
        self.requests.append(request)
        first = int(request.cursor or 0)
        last = min(first + request.limit, self.hits)
        found = tuple(
            Hit(DocumentId(str(n)), "", None, "s", None, "article", None, None)
            for n in range(first, last)
        )
        return SearchResult(
            self.hits,
            found,
            next=str(last) if last < self.hits else None,
            incomplete=first == self.incomplete_at,
        )


def test_all_hits_are_read_in_stretches() -> None:
    store = CountingStore(2 * STRETCH + 7)
    found = [hit.id for hit in every_hit(store, SearchRequest("x", limit=20), None)]
    assert found == [str(n) for n in range(2 * STRETCH + 7)]
    assert [request.limit for request in store.requests] == [STRETCH] * 3
    assert all(request.once for request in store.requests)


def test_no_more_hits_are_read_than_asked_for() -> None:
    store = CountingStore(500)
    assert len(list(every_hit(store, SearchRequest("x"), 30))) == 30
    assert [request.limit for request in store.requests] == [30]


def test_what_is_not_complete_is_an_error() -> None:
    hits = every_hit(CountingStore(600, incomplete_at=STRETCH), SearchRequest("x"), None)
    with pytest.raises(StoreUnavailable):
        list(hits)


def test_an_error_at_the_beginning_is_raised_before_anything_is_sent() -> None:
    def failing() -> Iterator[bytes]:
        raise StoreUnavailable("no answer")
        yield b""

    with pytest.raises(StoreUnavailable):
        begun(failing())


def test_pieces_are_sent_in_chunks() -> None:
    chunks = list(begun(bytes(1000) for _ in range(200)))
    assert sum(map(len, chunks)) == 200_000
    assert all(CHUNK <= len(chunk) < CHUNK + 1000 for chunk in chunks[:-1])
    assert list(begun(iter(()))) == [b""]
