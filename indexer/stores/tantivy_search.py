"""One search over one state of a tantivy index: its hits in their order, and where they go on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from tantivy import DocAddress, Order, Query

from indexer.query.compiled import CompiledQuery, has_words
from indexer.stores.base import Hit, SearchRequest, SearchResult
from indexer.stores.cursor import decode_cursor, encode_cursor
from indexer.stores.entry import SORT_FIELDS
from indexer.stores.hits import make_hit
from indexer.stores.mapped_files import give_back
from indexer.stores.prepared import PreparedQuery
from indexer.stores.request_checks import RestrictedQuery
from indexer.stores.tantivy_query import below, count_of
from indexer.stores.tantivy_state import IndexState

READ_AT_ONCE = 50
"""Documents of an export, after which the pages of files that these took are given back."""

_ScoredAddress: TypeAlias = tuple[float | None, DocAddress]
"""Score and address of a found document."""


def run_search(state: IndexState, query: PreparedQuery, request: SearchRequest) -> SearchResult:
    """A search over a state of the index."""
    return _IndexSearch(state, query.compiled, request).run(query.restricted(request))


class _IndexSearch:
    """Runs one search over one state of the index."""

    def __init__(self, state: IndexState, compiled: CompiledQuery, request: SearchRequest) -> None:
        self._state = state
        self._searcher = state.searcher
        self._compiled = compiled
        self._request = request
        # Bounded: the engine reserves memory for as many hits as are requested.
        self._documents = state.documents
        self._wanted = min(request.limit, self._documents) if request.limit > 0 else self._documents

    def run(self, restricted: RestrictedQuery) -> SearchResult:
        query = self._state.queries.query(restricted.whole()) or Query.empty_query()
        counted = self._state.counted(restricted, self._request)
        sort = self._request.sort
        if sort == "relevance" and has_words(self._compiled.root):
            total, found, more = self._by_relevance(query)
        else:
            total, found, more = self._by_date(query, SORT_FIELDS[sort])
        return SearchResult(
            total=total,
            hits=tuple(self._hits(found)),
            facets=counted.facets,
            days=counted.days,
            chosen=restricted.chosen,
            next=encode_cursor(self._request, more) if more is not None else None,
        )

    def _by_relevance(self, query: Query) -> tuple[int, list[_ScoredAddress], int | None]:
        offset = min(decode_cursor(self._request) or 0, self._documents)
        found = self._searcher.search(query, limit=self._wanted, offset=offset, count=True)
        reached = offset + len(found.hits)
        total = count_of(found)
        more = reached if found.hits and reached < total else None
        return total, [(float(score), address) for score, address in found.hits], more

    def _by_date(self, query: Query, field: str) -> tuple[int, list[_ScoredAddress], int | None]:
        after = decode_cursor(self._request)
        page = query
        if after is not None:
            page = query.and_must_match(below(self._state.schema, field, after))
        found = self._searcher.search(
            page, limit=self._wanted + 1, order_by_field=field, order=Order.Desc, count=True
        )
        hits = found.hits[: self._wanted]
        more = int(hits[-1][0]) if len(found.hits) > self._wanted else None
        total = count_of(found)
        if after is not None and not self._request.once:
            total = count_of(self._searcher.search(query, limit=1, count=True))
        return total, [(None, address) for _, address in hits], more

    def _hits(self, found: Sequence[_ScoredAddress]) -> Iterator[Hit]:
        for number, (score, address) in enumerate(found, 1):
            yield make_hit(self._state.view(address), self._compiled, score, self._request)
            if self._request.once and number % READ_AT_ONCE == 0:
                give_back(self._state.index.folder, scattered=True)
