"""One search over one state of a tantivy index: its hits in their order, and where they go on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import merge
from itertools import islice
from operator import itemgetter
from typing import TypeAlias

from tantivy import DocAddress, Order, Query

from indexer.query.compiled import CompiledQuery, Interval, has_words
from indexer.query.days import LAST_DAY
from indexer.stores.base import Hit, SearchRequest, SearchResult
from indexer.stores.cursor import decode_cursor, encode_cursor
from indexer.stores.entry import SORT_FIELDS, day_of_key, keys_until
from indexer.stores.event_order import (
    EVENT_ORDERS,
    NEVER,
    EventPlace,
    Rank,
    decode_place,
    encode_place,
    rank_stretches,
    spans_read,
)
from indexer.stores.hits import make_hit
from indexer.stores.prepared import PreparedQuery
from indexer.stores.request_checks import RestrictedQuery
from indexer.stores.tantivy_index import EVENT_SPANS
from indexer.stores.tantivy_query import below, count_of
from indexer.stores.tantivy_state import IndexState

FEW = 500
"""Documents with events to come whose days are read at once: it takes 20 µs for each."""
_STRETCHES = (0, 16, 128, 1_024, LAST_DAY)
"""Days from today at which those of more begin and end: two weeks, four months …"""

_ScoredAddress: TypeAlias = tuple[float | None, DocAddress]
"""Score and address of a found document."""
_Placed: TypeAlias = tuple[Rank, EventPlace, DocAddress]
_Found: TypeAlias = tuple[int, list[_ScoredAddress], str | None]
"""Number of all hits, those that are wanted, and the cursor behind them."""


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
        elif sort in EVENT_ORDERS:
            total, found, more = self._by_events(query)
        else:
            total, found, more = self._by_date(query, SORT_FIELDS[sort])
        return SearchResult(
            total=total,
            hits=tuple(self._hits(found)),
            facets=counted.facets,
            days=counted.days,
            chosen=restricted.chosen,
            next=more,
        )

    def _by_relevance(self, query: Query) -> _Found:
        offset = min(decode_cursor(self._request) or 0, self._documents)
        found = self._searcher.search(query, limit=self._wanted, offset=offset, count=True)
        reached = offset + len(found.hits)
        total = count_of(found)
        more = encode_cursor(self._request, reached) if found.hits and reached < total else None
        return total, [(float(score), address) for score, address in found.hits], more

    def _by_date(self, query: Query, field: str) -> _Found:
        after = decode_cursor(self._request)
        page = query
        if after is not None:
            page = query.and_must_match(below(self._state.schema, field, after))
        found = self._searcher.search(
            page, limit=self._wanted + 1, order_by_field=field, order=Order.Desc, count=True
        )
        hits = found.hits[: self._wanted]
        more = None
        if len(found.hits) > self._wanted:
            more = encode_cursor(self._request, int(hits[-1][0]))
        total = count_of(found)
        if after is not None and not self._request.once:
            total = self._count(query)
        return total, [(None, address) for _, address in hits], more

    def _by_events(self, query: Query) -> _Found:
        """Documents with events to come are ranked by what a column has of their days; the others
        stand as `latest_event` has them. Both are merged.
        """
        after = decode_place(self._request)
        days = Interval("event_date", self._request.today.toordinal(), LAST_DAY, "")
        to_come = self._state.queries.query(days) or Query.empty_query()
        places = merge(
            self._with_events_to_come(query.and_must_match(to_come), after),
            self._with_none_to_come(query.and_must_not_match(to_come), after),
            key=itemgetter(0),
        )
        found = list(islice(places, self._wanted + 1))
        hits = found[: self._wanted]
        more = encode_place(self._request, hits[-1][1]) if len(found) > self._wanted else None
        return self._count(query), [(None, address) for _, _, address in hits], more

    def _with_events_to_come(self, query: Query, after: EventPlace | None) -> Iterator[_Placed]:
        """Those behind a place, in their order; many are read stretch by stretch, as hardly anybody
        asks for all.
        """
        sort, today = self._request.sort, self._request.today.toordinal()
        days = (0, LAST_DAY) if self._count(query) <= FEW else _STRETCHES
        low = after.rank(sort) if after else (-LAST_DAY, 0, 0)
        for first, last, high in rank_stretches(sort, today, days):
            if low < high:
                within = Interval("event_date", first, last, "")
                told = self._state.queries.query(within) or Query.empty_query()
                found = self._read_places(query.and_must_match(told), today)
                yield from sorted(
                    (each for each in found if low < each[0] <= high), key=itemgetter(0)
                )
                low = high

    def _read_places(self, query: Query, today: int) -> Iterator[_Placed]:
        count = max(1, self._count(query))
        found = self._searcher.search(query, count, count=False, order_by_field=EVENT_SPANS).hits
        keys = self._searcher.fast_field_values("latest_event", [address for _, address in found])
        for (spans, address), key in zip(found, keys, strict=True):
            place = EventPlace.of(spans_read(str(spans)), today, int(key or 0))
            yield self._placed(place, address)

    def _with_none_to_come(self, query: Query, after: EventPlace | None) -> Iterator[_Placed]:
        """Those behind a place, in their order, as many as are wanted."""
        field = "latest_event"
        if after is not None and after.next == NEVER:
            query = query.and_must_match(below(self._state.schema, field, after.key))
        elif after is not None and self._request.sort == "past":
            key = keys_until(after.last)
            query = query.and_must_match(below(self._state.schema, field, key))
        found = self._searcher.search(query, self._wanted + 1, count=False, order_by_field=field)
        for key, address in found.hits:
            yield self._placed(EventPlace(NEVER, day_of_key(int(key)), int(key)), address)

    def _placed(self, place: EventPlace, address: DocAddress) -> _Placed:
        return place.rank(self._request.sort), place, address

    def _count(self, query: Query) -> int:
        return count_of(self._searcher.search(query, limit=1, count=True))

    def _hits(self, found: Sequence[_ScoredAddress]) -> Iterator[Hit]:
        if self._request.once:
            self._state.index.let_go()  # what the search itself took
        for score, address in found:
            if self._request.once:
                self._state.index.let_go_of_much()
            yield make_hit(self._state.view(address), self._compiled, score, self._request)
