"""Pages of an answer of a search store."""

from __future__ import annotations

import pytest

from benchmarks.search.documents import DocumentMaker, Vocabulary
from indexer.records.errors import QueryError
from indexer.stores.base import SORTS, SearchRequest, Sort, Store
from indexer.stores.cursor import encode_cursor
from tests.contract.stores.samples import REFERENCE, document, float_bits, found


@pytest.mark.parametrize("sort", SORTS)
def test_pages_of_an_answer_join_without_gap_or_repetition(store: Store, sort: str) -> None:
    maker = DocumentMaker(REFERENCE, Vocabulary.of(30), length=20)
    store.write(list(maker.documents(40)))
    whole = found(store, "*", sort=sort)
    paged: list[str] = []
    cursor = None
    while True:
        answer = store.search(SearchRequest("*", sort, 7, cursor))  # type: ignore[arg-type]
        assert answer.total == 40
        paged += [hit.url.rsplit("/", 1)[1] for hit in answer.hits]
        cursor = answer.next
        if cursor is None:
            break
    assert paged == whole


@pytest.mark.parametrize("sort", SORTS)
def test_a_page_that_ends_with_the_last_hit_has_none_after_it(store: Store, sort: Sort) -> None:
    store.write([document("Erz", number=n) for n in range(4)])
    assert store.search(SearchRequest("Erz", sort, 4)).next is None
    first = store.search(SearchRequest("Erz", sort, 2))
    last = store.search(SearchRequest("Erz", sort, 2, first.next))
    assert len({hit.id for hit in (*first.hits, *last.hits)}) == 4
    assert last.next is None


@pytest.mark.parametrize("cursor", ["", "x", "###", "WzEsICJhYmMiXQ", "bnVsbA"])
def test_a_foreign_cursor_is_refused(store: Store, cursor: str) -> None:
    with pytest.raises(QueryError) as caught:
        store.search(SearchRequest("*", cursor=cursor))
    assert caught.value.reason == "bad-cursor"


@pytest.mark.parametrize("place", [2**63, float_bits("nan") << 64])
@pytest.mark.parametrize("sort", SORTS)
def test_a_cursor_with_a_place_that_no_hit_has_is_refused(
    store: Store, sort: Sort, place: int
) -> None:
    store.write([document("Erz")])
    cursor = encode_cursor(SearchRequest("Erz", sort), place)
    with pytest.raises(QueryError) as caught:
        store.search(SearchRequest("Erz", sort, cursor=cursor))
    assert caught.value.reason == "bad-cursor"


def test_a_cursor_of_another_query_is_refused(store: Store) -> None:
    store.write([document("a", number=1), document("a", number=2)])
    cursor = store.search(SearchRequest("a", limit=1)).next
    with pytest.raises(QueryError):
        store.search(SearchRequest("*", limit=1, cursor=cursor))
