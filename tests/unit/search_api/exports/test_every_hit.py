from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from typing import TYPE_CHECKING, cast

import pytest

from indexer.records.document import DocumentId
from indexer.records.errors import StoreUnavailable
from indexer.stores.base import Hit, SearchRequest, SearchResult
from search_api.events.event_list import EventList
from search_api.events.parameters import EventParameters
from search_api.exports.every_hit import CHUNK, STRETCH, begun, every_hit
from search_api.exports.formats import Export
from search_api.names.series import SeriesReader
from search_api.parameters import SearchParameters
from search_api.ports import EventStretch

if TYPE_CHECKING:
    from indexer.query.naming import Naming
    from search_api.ports import DocumentArchive, SearchStore


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


def port(store: CountingStore) -> SearchStore:
    """The store, of which nothing but searches is asked."""
    return cast("SearchStore", store)


class NoEvents:
    """An archive without events."""

    def events(self, *asked: object, latest_first: bool) -> EventStretch:
        del asked, latest_first
        return EventStretch(0, ())

    def events_told_by(self, documents: object) -> tuple[()]:
        del documents
        return ()


def test_all_hits_are_read_in_stretches() -> None:
    store = CountingStore(2 * STRETCH + 7)
    found = [hit.id for hit in every_hit(port(store), SearchRequest("x", limit=20), None)]
    assert found == [str(n) for n in range(2 * STRETCH + 7)]
    assert [request.limit for request in store.requests] == [STRETCH] * 3


@pytest.mark.parametrize(("once", "after"), [(False, []), (True, [0, 1, 2])])
def test_programs_are_given_back_before_and_after_each_stretch_that_is_read_once(
    monkeypatch: pytest.MonkeyPatch, once: bool, after: list[int]
) -> None:
    store, given = CountingStore(STRETCH + 7), list[int]()
    monkeypatch.setattr(
        "search_api.exports.every_hit.give_back_again", lambda: given.append(len(store.requests))
    )
    list(every_hit(port(store), SearchRequest("x"), None, once=once))
    assert given == after


@pytest.mark.parametrize("once", [False, True])
def test_the_store_keeps_what_it_read_unless_it_is_read_once(once: bool) -> None:
    store = CountingStore(STRETCH + 7)
    list(every_hit(port(store), SearchRequest("x"), None, once=once))
    assert [request.once for request in store.requests] == [once] * 2


def test_pages_of_the_site_are_asked_for_again_and_exports_are_not() -> None:
    store = CountingStore(1)
    archive = cast("DocumentArchive", NoEvents())
    EventList(port(store), archive, UTC).stretch(EventParameters.model_validate({"q": "x"}))
    SeriesReader(port(store), archive, cast("Naming", None)).editions("s")
    assert [request.once for request in store.requests] == [False, False]
    list(Export(port(store), archive, SearchParameters.model_validate({"q": "x"}), "").hits())
    assert [request.once for request in store.requests] == [False, False, True]


def test_no_more_hits_are_read_than_asked_for() -> None:
    store = CountingStore(500)
    assert len(list(every_hit(port(store), SearchRequest("x"), 30))) == 30
    assert [request.limit for request in store.requests] == [30]


def test_what_is_not_complete_is_an_error() -> None:
    hits = every_hit(port(CountingStore(600, incomplete_at=STRETCH)), SearchRequest("x"), None)
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
