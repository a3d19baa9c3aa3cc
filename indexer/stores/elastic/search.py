"""One search in a cluster: its requests, and the hits, facets and cursor of the replies."""

from __future__ import annotations

import json
import struct
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from math import isfinite
from typing import Any, TypeAlias

from indexer.query.compiled import (
    AllOf,
    CompiledNode,
    CompiledQuery,
    Everything,
    ExactValue,
    has_words,
)
from indexer.query.compiler import QueryCompiler
from indexer.query.fields import MERGED_FIELDS
from indexer.query.naming import split_form
from indexer.query.same_passage import ID
from indexer.query.view import PageView
from indexer.records.document import DocumentId
from indexer.stores.base import FacetValue, Hit, SearchRequest, SearchResult, cursor_error
from indexer.stores.cursor import MOST_KEY, decode_cursor, encode_cursor
from indexer.stores.elastic.document import IDS_ALONE, PLACES_ALONE, id_of, place_of, read_view
from indexer.stores.elastic.event_sort import event_order, event_place, event_sort_values
from indexer.stores.elastic.query import filter_clause, scoring_clause
from indexer.stores.entry import SORT_FIELDS, form_field
from indexer.stores.event_order import EVENT_ORDERS, decode_place, encode_place
from indexer.stores.facets import (
    CHOSEN,
    bucket_counts,
    facet_aggregations,
    facet_groups,
    read_facets,
)
from indexer.stores.hits import bare_hit, make_hit
from indexer.stores.request_checks import NEWS, RestrictedQuery
from indexer.stores.timeline import (
    day_aggregation,
    read_days,
    read_value_days,
    value_days_aggregation,
)

PAGE = 1_000
"""Hits in one reply of the cluster; more are fetched with further requests."""
SCORE_BITS = 64
"""Layout of a cursor's place: the score stands above so many bits, the sort key below."""
PLACES = 1 << 2 * SCORE_BITS
"""Greater than any such place."""

_ALL_FILTERS = "*"
"""Name of the aggregation over what all filters leave; the others have the name of a field."""

_FORMS = "forms"
MOST_FORMS = 250
"""Forms that are counted among the pages of one name: its own, and those of names beside it. To
count the most frequent ones of all pages of a result took a third of the time of a search over
100,000 pages with 67,000 names.
"""

_BITS = 24
"""Whole numbers of so many bits are scores without a loss."""

VALUES = 5_000
"""Values of a field in one reply."""

SendRequest: TypeAlias = Callable[[dict[str, Any], str | None], Mapping[str, Any]]
"""Takes the body of a request and its search type (None: the cluster's default), returns the reply.
"""

Explain: TypeAlias = Callable[[Sequence[DocumentId]], CompiledQuery]
"""The query as hits for some documents are explained by it: with the passages that are near."""


class Asked:
    """Sends requests, and tells whether all that was asked for was there to answer."""

    def __init__(self, send: SendRequest) -> None:
        self._send = send
        self.is_whole = True

    def __call__(self, body: dict[str, Any], search_type: str | None) -> Mapping[str, Any]:
        """Send one."""
        answer = self._send(body, search_type)
        self.is_whole = self.is_whole and not _is_incomplete(answer)
        return answer


class ClusterSearch:
    """Runs one search, in as many requests as its limit needs."""

    def __init__(
        self,
        compiler: QueryCompiler,
        compiled: CompiledQuery,
        request: SearchRequest,
        *,
        one_shard: bool,
        explain: Explain,
    ) -> None:
        self._explain = explain
        self._compiler = compiler
        self._compiled = compiled
        self._request = request
        self._ranked = request.sort == "relevance" and has_words(compiled.root)
        self._search_type = "dfs_query_then_fetch" if self._ranked and not one_shard else None
        """Scores as if all documents stood in one shard."""
        self._incomplete = False

    def answer(self, send: SendRequest, restricted: RestrictedQuery) -> SearchResult:
        """The result; `send` sends a request."""
        body = self._body(restricted)
        counting = body.pop("aggs", None) if self._is_counted_apart() else None
        place = after = self._after()
        wanted = self._request.limit or sys.maxsize
        # The total shows whether a first page has a next one. The rank of a later page is unknown:
        # there one hit more than wanted shows it.
        needed = wanted + (after is not None)
        hits: list[Hit] = []
        counted: Mapping[str, Any] = {}
        total = 0
        fetched, full = 0, True
        while full and fetched < needed:
            size = min(PAGE, needed - fetched)
            page = {**body, "size": size, **({"search_after": place} if place else {})}
            answer = send(page, self._search_type)
            self._incomplete = self._incomplete or _is_incomplete(answer)
            if not fetched:
                total = int(answer["hits"]["total"]["value"])
                counted = answer.get("aggregations", {})
                body.pop("aggs", None)
                if counting:
                    counted = self._counted_apart(send, restricted.base, counting)
            found = answer["hits"]["hits"]
            fetched += len(found)
            full = len(found) == size
            kept = found[: wanted - len(hits)]
            hits += self._hits(kept)
            place = kept[-1]["sort"] if kept else place
        more = full and (fetched > wanted or total > fetched)
        return SearchResult(
            total,
            tuple(hits),
            self._facets(counted, restricted) if self._request.facets else {},
            chosen=restricted.chosen,
            days=read_days(counted[_ALL_FILTERS]) if self._request.timeline else {},
            next=self._cursor(place) if more and place else None,
            incomplete=self._incomplete,
        )

    def _is_counted_apart(self) -> bool:
        """Whether facets and days have a request of their own, to which the cluster keeps the
        answer until something is written. What is counted of all pages takes longest, and the start
        page asks for it each time; later pages of a result ask for the same again and again.
        """
        return self._request.cursor is not None or isinstance(self._compiled.root, Everything)

    def _counted_apart(
        self, send: SendRequest, base: CompiledNode, counting: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        """Facets and days of the pages that match. Answers with hits or scores are not kept."""
        body = {
            "query": {"constant_score": {"filter": filter_clause(base)}},
            "aggs": counting,
            "size": 0,
            "track_total_hits": False,
        }
        answer = send(body, None)
        self._incomplete = self._incomplete or _is_incomplete(answer)
        counted: Mapping[str, Any] = answer["aggregations"]
        return counted

    def _body(self, restricted: RestrictedQuery) -> dict[str, Any]:
        """The request. Where anything is counted, filters come after the query, so that each facet
        can be counted without its own.
        """
        counting = self._request.facets or self._request.timeline
        filters = restricted.filters_but() if counting else ()
        node = restricted.base if counting else restricted.whole()
        body: dict[str, Any] = {
            "query": scoring_clause(node)
            if self._ranked
            else {"constant_score": {"filter": filter_clause(node)}},
            "sort": self._order(),
            "track_total_hits": True,
        }
        if not self._request.marked:
            body |= IDS_ALONE
        if filters:
            body["post_filter"] = filter_clause(AllOf(filters))
        if counting:
            body["aggs"] = self._aggregations(restricted)
        return body

    def _aggregations(self, restricted: RestrictedQuery) -> dict[str, Any]:
        """What is counted, by the filters that hold for it."""
        groups = facet_groups(restricted.filters) if self._request.facets else [(None, ())]
        days = day_aggregation() if self._request.timeline else {}
        return {
            without or _ALL_FILTERS: {
                "filter": filter_clause(AllOf(restricted.filters_but(without))),
                "aggs": _counted(fields, restricted.chosen) | ({} if without else days),
            }
            for without, fields in groups
        }

    def _facets(
        self, counted: Mapping[str, Mapping[str, Any]], restricted: RestrictedQuery
    ) -> Mapping[str, tuple[FacetValue, ...]]:
        groups = {field: found for group in counted.values() for field, found in group.items()}
        return read_facets(
            groups,
            self._compiler,
            restricted.chosen,
            partial(_forms, groups),
        )

    def _order(self) -> list[dict[str, Any]]:
        """Best first; sort keys are unique to each document, so that there are no ties."""
        if self._ranked:
            return [{"_score": "desc"}, {"newest": "desc"}]
        if self._request.sort in EVENT_ORDERS:
            return event_order(self._request)
        return [{SORT_FIELDS[self._request.sort]: "desc"}]

    def _cursor(self, sort: list[Any]) -> str:
        """The cursor that continues after these sort values."""
        if self._request.sort in EVENT_ORDERS:
            return encode_place(self._request, event_place(self._request, sort))
        if not self._ranked:
            return encode_cursor(self._request, int(sort[0]))
        score = int.from_bytes(struct.pack(">d", float(sort[0])))
        return encode_cursor(self._request, score << SCORE_BITS | int(sort[1]))

    def _after(self) -> list[Any] | None:
        """The sort values after which to continue; None at the beginning; QueryError for what can't
        be those of a hit.
        """
        if self._request.sort in EVENT_ORDERS:
            after = decode_place(self._request)
            return after and event_sort_values(self._request, after)
        place = decode_cursor(self._request, PLACES)
        if place is None:
            return None
        bits, key = divmod(place, 1 << SCORE_BITS)
        (score,) = struct.unpack(">d", bits.to_bytes(8))
        if key >= MOST_KEY or not isfinite(score) or (bits and not self._ranked):
            raise cursor_error()
        return [score, key] if self._ranked else [key]

    def _hits(self, found: Sequence[Mapping[str, Any]]) -> Iterator[Hit]:
        scores = [float(hit["_score"]) if self._ranked else None for hit in found]
        if not self._request.marked:
            yield from map(bare_hit, map(id_of, found), scores)
            return
        explained = self._explain([DocumentId(hit["_id"]) for hit in found]) if found else None
        for hit, score in zip(found, scores, strict=True):
            view = read_view(hit["_id"], hit["_source"], self._compiler.analyzer)
            yield make_hit(view, explained or self._compiled, score, self._request)


def _is_incomplete(answer: Mapping[str, Any]) -> bool:
    """Whether a shard is missing in it."""
    return bool(answer["_shards"]["failed"] or answer["timed_out"])


def _counted(fields: Sequence[str], chosen: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """The aggregations of facets; merged names are counted by their forms, too, of which the most
    frequent one is shown.
    """
    found = facet_aggregations(fields, chosen)
    for field in {*fields} & {*MERGED_FIELDS}:
        forms = {"terms": {"field": form_field(field), "size": MOST_FORMS}}
        for name in {field, field + CHOSEN} & {*found}:
            # Breadth first: names that are not among the most frequent have none counted.
            terms = {**found[name]["terms"], "collect_mode": "breadth_first"}
            found[name] = {"terms": terms, "aggs": {_FORMS: forms}}
    return found


def _forms(
    counted: Mapping[str, Mapping[str, Any]], field: str, values: Collection[str]
) -> Iterator[tuple[str, int]]:
    """The forms of some of the names that were counted; among the pages of a name stand others."""
    buckets = {
        bucket["key"]: bucket[_FORMS]
        for name in (field, field + CHOSEN)
        for bucket in counted.get(name, {"buckets": ()})["buckets"]
    }
    for value in values:
        for form, number in bucket_counts(buckets[value]):
            if split_form(form)[0] == value:
                yield form, number


def find_views(
    compiler: QueryCompiler, send: SendRequest, node: CompiledNode
) -> Iterator[PageView]:
    """All documents that match, the newest first."""
    for hit in _every_hit(send, node, {}):
        yield read_view(hit["_id"], hit["_source"], compiler.analyzer)


def find_places(send: SendRequest, stories: Sequence[str]) -> Iterator[Hit]:
    """All documents of some stories, the newest first."""
    node = ExactValue("story", tuple(stories), "story")
    return map(place_of, _every_hit(send, node, PLACES_ALONE))


def _every_hit(
    send: SendRequest, node: CompiledNode, read: Mapping[str, Any]
) -> Iterator[Mapping[str, Any]]:
    body: dict[str, Any] = {
        "query": {"constant_score": {"filter": filter_clause(node)}},
        "sort": [{"newest": "desc"}],
        "size": PAGE,
        **read,
    }
    full = True
    while full:
        hits = send(body, None)["hits"]["hits"]
        yield from hits
        full = len(hits) == PAGE
        if full:
            body["search_after"] = hits[-1]["sort"]


def which_match(
    nodes: Sequence[CompiledNode], documents: Sequence[DocumentId], send: SendRequest
) -> list[list[DocumentId]]:
    """For each query, those of the documents that match."""
    some = (nodes[start : start + _BITS] for start in range(0, len(nodes), _BITS))
    return [found for each in some for found in _which_of_few(each, documents, send)]


def _which_of_few(
    nodes: Sequence[CompiledNode], documents: Sequence[DocumentId], send: SendRequest
) -> list[list[DocumentId]]:
    """One search for all: what a document scores has a bit for each query. Asked by name, each
    would be begun anew for each hit.
    """
    among = filter_clause(ExactValue(ID, tuple(documents), ID))
    bits = [
        {"constant_score": {"filter": filter_clause(node), "boost": 2.0**number}}
        for number, node in enumerate(nodes)
    ]
    body = {
        "query": {"bool": {"filter": among, "should": bits, "minimum_should_match": 1}},
        "size": len(documents),
        **IDS_ALONE,
        "track_total_hits": False,
    }
    found: list[list[DocumentId]] = [[] for _ in nodes]
    for hit in send(body, None)["hits"]["hits"]:
        for number, of_node in enumerate(found):
            if int(hit["_score"]) >> number & 1:
                of_node.append(id_of(hit))
    return found


def index_state(send: SendRequest) -> str:
    """What searches find in the index, as a text that every write and every other index changes: a
    document that is written gets the highest sequence number of its shard. Shards number apart, so
    numbers alone may add up to the same for other documents; their sort keys do not.
    """
    numbers = {
        "written": {"stats": {"field": "_seq_no"}},
        "documents": {"stats": {"field": "newest"}},
    }
    indices = {"indices": {"terms": {"field": "_index"}, "aggs": numbers}}
    return json.dumps(send({"size": 0, "aggs": indices}, None)["aggregations"])


def every_value(field: str, among: CompiledNode, send: SendRequest) -> Iterator[tuple[str, int]]:
    """Every value of a field in the pages that match, with their number."""
    values: dict[str, Any] = {"size": VALUES, "sources": [{"value": {"terms": {"field": field}}}]}
    while True:
        body = {
            "size": 0,
            "query": filter_clause(among),
            "aggs": {"values": {"composite": values}},
        }
        counted = send(body, None)["aggregations"]["values"]
        for bucket in counted["buckets"]:
            yield bucket["key"]["value"], bucket["doc_count"]
        if "after_key" not in counted:
            return
        values["after"] = counted["after_key"]


def days_of_values(
    field: str, values: Sequence[str], send: SendRequest
) -> dict[str, dict[int, int]]:
    """Value → day → number of pages that tell news."""
    wanted = AllOf((ExactValue(field, tuple(values), field), NEWS))
    body = {
        "size": 0,
        "query": filter_clause(wanted),
        "aggs": value_days_aggregation(field, values),
    }
    return read_value_days(send(body, None)["aggregations"])
