"""The search store in an Elasticsearch cluster."""

from __future__ import annotations

import struct
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from indexer.document import DocumentId, StoredDocument
from indexer.errors import DocumentRejected, StoreUnavailable
from indexer.query.compiled import CompiledNode, CompiledQuery, has_words
from indexer.query.compiler import QueryCompiler
from indexer.query.fields import FACET_FIELDS
from indexer.query.parser import parse_query
from indexer.stores.asked import MOST_FACET_VALUES, facets_of, restricted
from indexer.stores.base import Hit, SearchRequest, SearchResult
from indexer.stores.cursor import decode_cursor, encode_cursor
from indexer.stores.elastic.address import Connection
from indexer.stores.elastic.bulk import PATIENCE, Action, BulkWriter, VersionType
from indexer.stores.elastic.client import cluster_errors, open_client
from indexer.stores.elastic.document import source_of, tombstone, unwritable, view_from
from indexer.stores.elastic.indices import Indices
from indexer.stores.elastic.query import filtering, scored
from indexer.stores.hits import hit_of

PAGE = 1_000
"""Hits in one answer of the cluster; more are fetched in several."""
_SCAN = 10_000
_VERSION_SECONDS = 30.0
"""How long a long-lived search process trusts that the index in use has our version."""
_KEPT_OPEN = "2m"
_SORT_FIELDS = {"relevance": "newest", "newest": "newest", "event_date": "latest_event"}
"""Sort keys; a query without words has no relevance and shows the newest first."""
_SCORE_BITS = 64
_EMPTY = SearchResult(0, ())

_UNFINISHED = "a rebuild goes on, or was cut off: then run `radar rebuild` again"


class ElasticStore:
    """The store in a cluster.

    A writable store makes the index where there is none. A read-only one finds nothing until there
    is one. An index of another version is a SchemaMismatch, a cluster that does not answer
    StoreUnavailable.
    """

    def __init__(
        self,
        connection: Connection,
        compiler: QueryCompiler,
        *,
        writable: bool,
        patience: float = PATIENCE,
    ) -> None:
        self._place = connection.place
        self._compiler = compiler
        self._writable = writable
        self._client = open_client(connection)
        self._indices = Indices(self._client, connection.name, connection.shards)
        self._bulk = BulkWriter(self._client, self._place, patience=patience)
        self._one_shard = connection.shards == 1
        self._lock = threading.Lock()
        self._checked = float("-inf")
        with cluster_errors(self._place):
            if writable and not self._indices.check_versions():
                self._indices.make_first()
        self._usable()

    def write(self, documents: Sequence[StoredDocument]) -> None:
        """See the port."""
        self._for_writing()
        newest: dict[str, StoredDocument] = {}
        for document in documents:
            other = newest.get(document.id)
            if other is None or other.revision <= document.revision:
                newest[document.id] = document
        making = Making(newest.values(), self._compiler)
        rejected = self._put(making) | making.rejected
        if rejected:
            raise DocumentRejected.of(rejected)

    def delete(self, ids: Collection[DocumentId]) -> None:
        """See the port. A late writer of an older revision is refused; the same one may come again."""
        self._for_writing()
        with cluster_errors(self._place):
            known = self._known(list(ids))
        if known:
            self._put(
                lambda targets: (
                    Action(target, identity, revision, tombstone(revision))
                    for identity, revision in known.items()
                    for target in targets
                )
            )

    def search(self, request: SearchRequest) -> SearchResult:
        """See the port."""
        compiled = self._compiler.compile(parse_query(request.query))
        narrowed = restricted(compiled.root, request)
        after = decode_cursor(request, below=1 << 2 * _SCORE_BITS)
        if not self._usable():
            return _EMPTY
        search = _Search(self._compiler, compiled, request, one_shard=self._one_shard)
        with cluster_errors(self._place):
            return search.answer(self._ask, narrowed, after)

    def revisions(self) -> Mapping[DocumentId, int]:
        """See the port."""
        if not self._usable():
            return {}
        with cluster_errors(self._place):
            return dict(self._scan())

    def count(self) -> int:
        """See the port."""
        if not self._usable():
            return 0
        with cluster_errors(self._place):
            counted = self._client.search(
                index=self._indices.read,
                size=0,
                track_total_hits=True,
                allow_partial_search_results=False,
            )
        return int(counted["hits"]["total"]["value"])

    def notes(self) -> Sequence[str]:
        """See the port."""
        with cluster_errors(self._place):
            unfinished = self._indices.unfinished()
        return (_UNFINISHED,) if unfinished else ()

    def close(self) -> None:
        """See the port."""
        self._client.close()

    def _usable(self) -> bool:
        """Whether there is an index of our version; asked anew from time to time."""
        with self._lock:
            if time.monotonic() - self._checked < _VERSION_SECONDS:
                return True
            try:
                with cluster_errors(self._place):
                    there = self._indices.check_versions()
            except StoreUnavailable:
                # Shards may well answer while there is no master to ask: the search itself will tell.
                there = self._checked > float("-inf")
                if not there:
                    raise
            if there:
                self._checked = time.monotonic()
            return there

    def _for_writing(self) -> None:
        if not self._writable:
            raise StoreUnavailable("this search index was opened for reading only")

    def _put(
        self,
        actions: Callable[[Sequence[str]], Iterable[Action]],
        version_type: VersionType = "external_gte",
    ) -> dict[str, str]:
        """Write to the index in use and to one that is being filled; visible on return."""
        rejected: dict[str, str] = {}
        moved = True
        while moved:
            with cluster_errors(self._place):
                targets = self._indices.targets()
            if not targets:
                raise StoreUnavailable(
                    "the search index has gone while it was written", hint="run again"
                )
            written = self._bulk.write(actions(targets), version_type)
            rejected |= written.rejected
            moved = written.moved
            with cluster_errors(self._place):
                self._client.indices.refresh(index=targets, ignore_unavailable=True)
        return rejected

    def _known(self, ids: list[str]) -> dict[str, int]:
        """Revisions of those ids that are there, in the index in use or in one that is being filled."""
        found: dict[str, int] = {}
        for target in self._indices.targets():
            for some in _batches(ids, PAGE):
                answer = self._client.mget(index=target, ids=some, source_includes=["revision"])
                for entry in answer["docs"]:
                    if entry.get("found"):
                        revision = int(entry["_source"]["revision"])
                        found[entry["_id"]] = max(revision, found.get(entry["_id"], 0))
        return found

    def _scan(self) -> Iterator[tuple[DocumentId, int]]:
        """(id, revision) of all documents, as of one moment."""
        point = self._client.open_point_in_time(index=self._indices.read, keep_alive=_KEPT_OPEN)
        pit = {"id": point["id"], "keep_alive": _KEPT_OPEN}
        after: list[Any] | None = None
        try:
            while True:
                answer = self._client.search(
                    pit=pit,
                    size=_SCAN,
                    sort=[{"_shard_doc": {"order": "asc"}}],
                    search_after=after,
                    source=False,
                    docvalue_fields=[{"field": "revision"}],
                    track_total_hits=False,
                    allow_partial_search_results=False,
                )
                hits = answer["hits"]["hits"]
                for hit in hits:
                    yield DocumentId(hit["_id"]), int(hit["fields"]["revision"][0])
                if len(hits) < _SCAN:
                    return
                after = hits[-1]["sort"]
        finally:
            self._client.close_point_in_time(id=pit["id"])

    def _ask(self, body: dict[str, Any]) -> Mapping[str, Any]:
        """One search request; asked again if the index was swapped for another one meanwhile."""
        answer = self._client.search(index=self._indices.read, **body).body
        failures = answer["_shards"].get("failures", ())
        if any(f["reason"].get("type") in _SWAPPED for f in failures):
            answer = self._client.search(index=self._indices.read, **body).body
        return dict(answer)


_SWAPPED = frozenset({"index_not_found_exception", "search_context_missing_exception"})


class _Search:
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
        self._one_shard = one_shard
        self._ranked = request.sort == "relevance" and has_words(compiled.root)

    def answer(
        self,
        ask: Callable[[dict[str, Any]], Mapping[str, Any]],
        node: CompiledNode,
        after: int | None,
    ) -> SearchResult:
        body = self._body(node)
        wanted = self._request.limit
        place = None if after is None else self._after(after)
        hits: list[Hit] = []
        total, counted, incomplete = 0, None, False
        more = False
        while True:
            # One hit more than wanted tells whether there is a next page.
            size = min(PAGE, wanted - len(hits) + 1) if wanted else PAGE
            answer = ask({**body, "size": size, **({"search_after": place} if place else {})})
            incomplete = incomplete or bool(answer["_shards"]["failed"] or answer["timed_out"])
            if counted is None:
                total = int(answer["hits"]["total"]["value"])
                counted = answer.get("aggregations", {})
                body.pop("aggs", None)
            found = answer["hits"]["hits"]
            more = bool(wanted) and len(hits) + len(found) > wanted
            kept = found[: wanted - len(hits)] if wanted else found
            hits += [self._hit(hit) for hit in kept]
            place = kept[-1]["sort"] if kept else place
            if more or len(found) < size:
                break
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
        if self._ranked and not self._one_shard:
            body["search_type"] = "dfs_query_then_fetch"
        if self._request.facets:
            body["aggs"] = {
                field: {"terms": {"field": field, "size": MOST_FACET_VALUES}}
                for field in FACET_FIELDS
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
        return score << _SCORE_BITS | int(sort[1])

    def _after(self, place: int) -> list[Any]:
        if not self._ranked:
            return [place]
        score = (place >> _SCORE_BITS) & (2**_SCORE_BITS - 1)
        return [struct.unpack(">d", score.to_bytes(8))[0], place & (2**_SCORE_BITS - 1)]

    def _hit(self, found: Mapping[str, Any]) -> Hit:
        view = view_from(found["_id"], found["_source"], self._compiler.analyzer)
        return hit_of(view, self._compiled, float(found["_score"]) if self._ranked else None)


class Making:
    """Makes the actions of documents one after the other, each document analysed once."""

    def __init__(self, documents: Iterable[StoredDocument], compiler: QueryCompiler) -> None:
        self._documents = list(documents)
        self._compiler = compiler
        self.rejected: dict[str, str] = {}
        """Documents that can't be written at all: id → reason."""

    def __call__(self, targets: Sequence[str]) -> Iterator[Action]:
        """An action for each document and each of these aliases."""
        for document in self._documents:
            body = source_of(document, self._compiler.view(document))
            reason = unwritable(body)
            if reason is not None:
                self.rejected[document.id] = reason
                continue
            for target in targets:
                yield Action(target, document.id, document.revision, body)


def _batches(items: list[str], size: int) -> Iterator[list[str]]:
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some
