"""One search in a cluster: its requests, and the hits, facets and cursor of its answer."""

from __future__ import annotations

import struct
import sys
from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any, TypeAlias

from indexer.query.compiled import CompiledNode, CompiledQuery, has_words
from indexer.query.compiler import QueryCompiler
from indexer.query.fields import FACETS
from indexer.stores.base import Hit, SearchRequest, SearchResult, cursor_error
from indexer.stores.cursor import MOST_KEY, encode_cursor
from indexer.stores.elastic.document import view_from
from indexer.stores.elastic.query import filtering, scored
from indexer.stores.hits import hit_of
from indexer.stores.request_checks import MOST_FACET_VALUES, facets_of

PAGE = 1_000
"""Hits in one answer of the cluster; more are fetched in several."""
SCORE_BITS = 64
"""Of a cursor's place: the score stands above as many bits, the sort key below."""
_SORT_FIELDS = {"relevance": "newest", "newest": "newest", "event_date": "latest_event"}
"""Sort keys; a query without words has no relevance and shows the newest first."""

Ask: TypeAlias = Callable[[dict[str, Any], str | None], Mapping[str, Any]]
"""Takes the body of a request and its search type (None: the cluster's own), gives the answer."""


class Search:
    """One search, in as many requests as its limit needs."""

    def __init__(
        self,
        compiler: QueryCompiler,
        compiled: CompiledQuery,
        request: SearchRequest,
        *,
        one_shard: bool,
    ) -> None:
        self._compiler = compiler
        self._compiled = compiled
        self._request = request
        self._ranked = request.sort == "relevance" and has_words(compiled.root)
        self._search_type = "dfs_query_then_fetch" if self._ranked and not one_shard else None
        """Scores as if all documents stood in one shard."""

    def answer(self, ask: Ask, node: CompiledNode, after: int | None) -> SearchResult:
        """All that was asked for; `ask` sends a request, `after` is the place of the cursor."""
        body = self._body(node)
        place = None if after is None else self._after(after)
        wanted = self._request.limit or sys.maxsize
        # The total tells whether a first page is followed by another; for a later one, whose rank
        # nobody knows, it is one hit more than wanted.
        needed = wanted + (after is not None)
        hits: list[Hit] = []
        counted: Mapping[str, Any] = {}
        total, incomplete = 0, False
        fetched, full = 0, True
        while full and fetched < needed:
            size = min(PAGE, needed - fetched)
            page = {**body, "size": size, **({"search_after": place} if place else {})}
            answer = ask(page, self._search_type)
            incomplete = incomplete or bool(answer["_shards"]["failed"] or answer["timed_out"])
            if not fetched:
                total = int(answer["hits"]["total"]["value"])
                counted = answer.get("aggregations", {})
                body.pop("aggs", None)
            found = answer["hits"]["hits"]
            fetched += len(found)
            full = len(found) == size
            kept = found[: wanted - len(hits)]
            hits += [self._hit(hit) for hit in kept]
            place = kept[-1]["sort"] if kept else place
        more = full and (fetched > wanted or total > fetched)
        return SearchResult(
            total,
            tuple(hits),
            facets_of(counted, self._compiler) if self._request.facets else {},
            next=encode_cursor(self._request, self._place(place)) if more and place else None,
            incomplete=incomplete,
        )

    def _body(self, node: CompiledNode) -> dict[str, Any]:
        body: dict[str, Any] = {
            "query": scored(node)
            if self._ranked
            else {"constant_score": {"filter": filtering(node)}},
            "sort": self._order(),
            "track_total_hits": True,
        }
        if self._request.facets:
            body["aggs"] = {
                field: {"terms": {"field": field, "size": MOST_FACET_VALUES}} for field in FACETS
            }
        return body

    def _order(self) -> list[dict[str, str]]:
        """Best first; `newest` differs in every document, so that no two stand in one place."""
        if self._ranked:
            return [{"_score": "desc"}, {"newest": "desc"}]
        return [{_SORT_FIELDS[self._request.sort]: "desc"}]

    def _place(self, sort: list[Any]) -> int:
        """Sort values as one number, for the cursor."""
        if not self._ranked:
            return int(sort[0])
        score = int.from_bytes(struct.pack(">d", float(sort[0])))
        return score << SCORE_BITS | int(sort[1])

    def _after(self, place: int) -> list[Any]:
        """The inverse; QueryError for what no hit has as its sort values."""
        bits, key = divmod(place, 1 << SCORE_BITS)
        (score,) = struct.unpack(">d", bits.to_bytes(8))
        if key >= MOST_KEY or not isfinite(score) or (bits and not self._ranked):
            raise cursor_error()
        return [score, key] if self._ranked else [key]

    def _hit(self, found: Mapping[str, Any]) -> Hit:
        view = view_from(found["_id"], found["_source"], self._compiler.analyzer)
        return hit_of(view, self._compiled, float(found["_score"]) if self._ranked else None)
