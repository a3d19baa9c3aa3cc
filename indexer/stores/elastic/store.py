"""The search store in an Elasticsearch cluster."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import Any, ClassVar

from indexer.query.compiled import CompiledNode, CompiledQuery, ExactValue
from indexer.query.compiler import QueryCompiler
from indexer.query.fields import MERGED_FIELDS
from indexer.query.same_passage import ID, decide, has_same_passage
from indexer.records.document import DocumentId, StoredDocument
from indexer.records.errors import DocumentRejected, StoreUnavailable
from indexer.records.origin import Origin
from indexer.stores.base import FacetValue, Hit, SearchRequest, SearchResult
from indexer.stores.cursor import digest_of
from indexer.stores.elastic.address import Connection
from indexer.stores.elastic.bulk import (
    PATIENCE,
    WRITES_AT_ONCE,
    Action,
    BulkWriter,
    Reply,
    retry_while_unavailable,
)
from indexer.stores.elastic.client import cluster_errors, open_client
from indexer.stores.elastic.document import document_body, tombstone
from indexer.stores.elastic.indices import Indices
from indexer.stores.elastic.nearest import NearestDocuments
from indexer.stores.elastic.search import (
    PAGE,
    PLACES,
    Asked,
    ClusterSearch,
    Explain,
    SendRequest,
    days_of_values,
    every_value,
    find_places,
    find_views,
    index_state,
    which_match,
)
from indexer.stores.entry import form_field
from indexer.stores.event_order import with_cursor_checked
from indexer.stores.facets import labelled
from indexer.stores.hits import make_hit
from indexer.stores.meanings import with_meanings_found
from indexer.stores.prepared import FindViews, PreparedQuery, prepare
from indexer.stores.remembered import Remembered
from indexer.stores.request_checks import NEWS, checked_query, restrict
from indexer.stores.story_groups import with_places, with_stories
from indexer.stores.timeline import VALUES_AT_ONCE

_SCAN = 10_000
_VERSION_SECONDS = 30.0
"""How long a search process assumes that the index in use has our version."""
_KEPT_OPEN = "2m"
_CLOCK_STEP = 0.5
"""Seconds: the clock by which the cluster forgets deletions goes in steps of 0.2."""
_EMPTY = SearchResult(0, ())

_UNFINISHED = "a rebuild is in progress, or was interrupted: then run `radar rebuild` again"


class ElasticStore:
    """The store in a cluster.

    A writable store creates the index if there is none. A read-only store finds nothing until there
    is one. An index of another version raises SchemaMismatch, a cluster that does not answer
    StoreUnavailable.
    """

    writes_at_once: ClassVar[int] = WRITES_AT_ONCE

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
        self._patience = patience
        self._bulk = BulkWriter(self._client, self._place, patience=patience)
        self._one_shard = connection.shards == 1
        self._decisions: Remembered[CompiledNode] = Remembered(20)
        self._lock = threading.Lock()
        self._checked = float("-inf")
        with cluster_errors(self._place):
            if writable and not self._indices.check_versions():
                self._indices.create_first()
        self._has_index()

    def write(self, documents: Sequence[StoredDocument]) -> None:
        """See the port."""
        self._require_writable()
        newest: dict[str, StoredDocument] = {}
        for document in documents:
            other = newest.get(document.id)
            if other is None or other.revision <= document.revision:
                newest[document.id] = document
        making = ActionMaker(newest.values(), self._compiler)
        rejected = self._put(making) | making.rejected
        if rejected:
            raise DocumentRejected.of(rejected)

    def delete(self, ids: Collection[DocumentId], *, for_good: bool = False) -> None:
        """See the port. A late write of an older revision is refused; the same one is accepted.
        Beside a rebuild, which may be about to write them, nothing is removed for good.
        """
        self._require_writable()
        with cluster_errors(self._place):
            known = self._stored_revisions(list(ids))
            for_good = for_good and self._indices.targets() == [self._indices.write]
        if not known:
            return
        if for_good:
            self._retry(self._indices.forget_deletions_at_once)
        self._put(
            lambda targets: (
                Action(target, identity, revision, None if for_good else tombstone(revision))
                for identity, revision in known.items()
                for target in targets
            )
        )
        if for_good:
            time.sleep(_CLOCK_STEP)

    def search(self, request: SearchRequest) -> SearchResult:
        """See the port."""
        compiled = checked_query(self._compiler, request)
        request = with_cursor_checked(request, PLACES)
        if not self._has_index():
            return _EMPTY
        with cluster_errors(self._place):
            send = self._sender(digest_of(request))
            query = self._prepared(send, compiled, request)
            explain = partial(self._explained, send, compiled, request)
            run = partial(self._run, send, query, explain)
            return with_stories(run, partial(find_places, send), request)

    def found_among(
        self, queries: Sequence[str], documents: Sequence[DocumentId]
    ) -> Sequence[Collection[DocumentId]]:
        """See the port."""
        requests = [SearchRequest(query, only=tuple(documents)) for query in queries]
        compiled = [checked_query(self._compiler, request) for request in requests]
        if not self._has_index() or not documents or not queries:
            return [()] * len(queries)
        with cluster_errors(self._place):
            send = self._sender(digest_of(requests[0]))
            asked = zip(compiled, requests, strict=True)
            nodes = [self._prepared(send, c, r).restricted(r).whole("kind") for c, r in asked]
            return which_match(nodes, documents, send)

    def nearest(self, text: str, request: SearchRequest) -> Mapping[DocumentId, float]:
        """See the port."""
        compiled, vector = checked_query(self._compiler, request), self._compiler.meaning(text)
        if not self._has_index():
            return {}
        with cluster_errors(self._place):
            send = self._sender(digest_of(request))
            among = self._prepared(send, compiled, request).restricted(request).whole()
            found = NearestDocuments(send)(vector, among, passages=False)
            return {page: near.cosine for page, near in found.items()}

    def hits_of(self, request: SearchRequest, documents: Sequence[DocumentId]) -> Sequence[Hit]:
        """See the port."""
        compiled = checked_query(self._compiler, request)
        if not self._has_index() or not documents:
            return ()
        with cluster_errors(self._place):
            send = self._sender(digest_of(request))
            query = self._explained(send, compiled, request, documents)
            found = find_views(self._compiler, send, ExactValue(ID, tuple(documents), ID))
            hits = [make_hit(view, query, None, request) for view in found]
            return with_places(hits, partial(find_places, send), request)

    def _prepared(
        self, send: SendRequest, compiled: CompiledQuery, request: SearchRequest
    ) -> PreparedQuery:
        asked, nearest = Asked(send), NearestDocuments(send)
        return prepare(
            compiled,
            request,
            self._compiler.naming,
            near=partial(nearest, passages=has_same_passage(compiled.root)),
            views=partial(find_views, self._compiler, asked),
            say=lambda documents, nodes: which_match(nodes, documents, asked),
            stories=nearest.stories,
            decided=partial(self._decided, asked),
        )

    def _explained(
        self,
        send: SendRequest,
        compiled: CompiledQuery,
        request: SearchRequest,
        documents: Sequence[DocumentId],
    ) -> CompiledQuery:
        """The query with the passages of some documents that its questions are near to."""
        some = ExactValue(ID, tuple(documents), ID)
        alone = replace(request, filters={}, facets=False)  # what matches is known
        return with_meanings_found(
            compiled,
            restrict(compiled.root, alone, self._compiler.naming),
            alone,
            lambda question, _: NearestDocuments(send)(question, some, passages=True),
            lambda documents, nodes: which_match(nodes, documents, Asked(send)),
        )

    def _decided(self, asked: Asked, base: CompiledNode, views: FindViews) -> CompiledNode:
        """What holds within passages, decided once for all pages of a result; but not for good from
        what only some shards have answered.
        """
        if not has_same_passage(base):
            return base
        question = index_state(asked), base
        decided = self._decisions.find(question, partial(decide, base, views))
        if not asked.is_whole:
            self._decisions.forget(question)
        return decided

    def _run(
        self, send: SendRequest, query: PreparedQuery, explain: Explain, request: SearchRequest
    ) -> SearchResult:
        search = ClusterSearch(
            self._compiler, query.compiled, request, one_shard=self._one_shard, explain=explain
        )
        return search.answer(send, query.restricted(request))

    def values(self, field: str, request: SearchRequest | None = None) -> Sequence[FacetValue]:
        """See the port."""
        compiled = checked_query(self._compiler, request) if request else None
        if not self._has_index():
            return ()
        with cluster_errors(self._place):
            send = self._sender(digest_of(request) if request else field)
            among: CompiledNode = NEWS
            chosen: Sequence[str] = ()
            if request is not None and compiled is not None:
                request = replace(request, facets=True)
                restricted = self._prepared(send, compiled, request).restricted(request)
                among, chosen = restricted.whole(field), restricted.chosen.get(field, ())
            counted = dict.fromkeys(chosen, 0) | dict(every_value(field, among, send))
            merged = field in MERGED_FIELDS
            forms = list(every_value(form_field(field), among, send)) if merged else []
        return labelled(field, counted.items(), forms, self._compiler)

    def days(self, field: str, values: Sequence[str]) -> Mapping[str, Mapping[int, int]]:
        """See the port."""
        if not self._has_index():
            return {}
        found: dict[str, dict[int, int]] = {}
        send = self._sender(field)
        with cluster_errors(self._place):
            for some in _batches(list(values), VALUES_AT_ONCE):
                found |= days_of_values(field, some, send)
        return found

    def revisions(self) -> Mapping[DocumentId, int]:
        """See the port."""
        if not self._has_index():
            return {}
        with cluster_errors(self._place):
            return dict(self._scan())

    def iter_revisions(self) -> Iterator[tuple[DocumentId, int]]:
        """See the port."""
        if self._has_index():
            with cluster_errors(self._place):
                yield from self._scan()

    def damage(self) -> Iterator[str]:
        """See the port: the cluster checks what it reads."""
        return iter(())

    def count(self) -> int:
        """See the port."""
        if not self._has_index():
            return 0
        with cluster_errors(self._place):
            counted = self._client.search(
                index=self._indices.read,
                size=0,
                track_total_hits=True,
                allow_partial_search_results=False,
            )
        return int(counted["hits"]["total"]["value"])

    def origin(self) -> Origin | None:
        """See the port."""
        with cluster_errors(self._place):
            return self._indices.origin()

    def mark(self, origin: Origin) -> None:
        """See the port."""
        self._require_writable()
        self._retry(lambda: self._indices.mark(self._indices.targets(), origin))

    def notes(self) -> Sequence[str]:
        """See the port."""
        with cluster_errors(self._place):
            has_unfinished_rebuild = self._indices.has_unfinished_rebuild()
        return (_UNFINISHED,) if has_unfinished_rebuild else ()

    def close(self) -> None:
        """See the port."""
        self._client.close()

    def _has_index(self) -> bool:
        """Whether there is an index of our version; checked again from time to time."""
        with self._lock:
            if time.monotonic() - self._checked < _VERSION_SECONDS:
                return True
            try:
                with cluster_errors(self._place):
                    there = self._indices.check_versions()
            except StoreUnavailable:
                # Shards may still answer while the cluster has no master: the search will tell.
                there = self._checked > float("-inf")
                if not there:
                    raise
            if there:
                self._checked = time.monotonic()
            return there

    def _require_writable(self) -> None:
        if not self._writable:
            raise StoreUnavailable("this search index was opened for reading only")

    def _put(self, actions: Callable[[Sequence[str]], Iterable[Action]]) -> dict[str, str]:
        """Write to the index in use and to one that is being filled; visible on return."""
        rejected: dict[str, str] = {}
        moved = True
        while moved:
            targets = self._retry(self._indices.targets)
            if not targets:
                raise StoreUnavailable(
                    "the search index disappeared during a write", hint="run again"
                )
            written = self._bulk.write(actions(targets), "external_gte")
            rejected |= written.rejected
            moved = written.moved
            self._retry(partial(self._refresh, targets))
        return rejected

    def _retry(self, ask: Callable[[], Reply]) -> Reply:
        """Retry: a cluster that is busy with documents may be late with other replies."""
        return retry_while_unavailable(ask, self._place, self._patience)

    def _refresh(self, targets: Sequence[str]) -> None:
        self._client.indices.refresh(index=targets, ignore_unavailable=True)

    def _stored_revisions(self, ids: list[str]) -> dict[str, int]:
        """Revisions of those ids that exist, in the index in use or in one that is being filled."""
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
        """(id, revision) of all documents at one moment."""
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

    def _sender(self, question: str) -> SendRequest:
        """Sends the requests that a question takes, for all pages of its result, to the same copies
        of the shards: each copy shows what was written at another moment.
        """
        return partial(self._ask, question)

    def _ask(
        self, preference: str, body: dict[str, Any], search_type: str | None
    ) -> Mapping[str, Any]:
        """Send one search request; send it again if the index was swapped meanwhile. `preference`:
        any text, of which the cluster chooses the copies.
        """
        ask = partial(
            self._client.search,
            index=self._indices.read,
            search_type=search_type,
            preference=preference,
            body=body,
        )
        answer: Mapping[str, Any] = ask().body
        failures = answer["_shards"].get("failures", ())
        if any(f["reason"].get("type") in _SWAPPED for f in failures):
            answer = ask().body
        return answer


_SWAPPED = frozenset({"index_not_found_exception", "search_context_missing_exception"})


class ActionMaker:
    """Makes the actions of documents one after the other; analyses each document once."""

    def __init__(self, documents: Iterable[StoredDocument], compiler: QueryCompiler) -> None:
        self._documents = list(documents)
        self._compiler = compiler
        self.rejected: dict[str, str] = {}
        """Documents that can't be written: id → reason."""

    def __call__(self, targets: Sequence[str]) -> Iterator[Action]:
        """Yield an action for each document and each of these aliases."""
        for document in self._documents:
            try:
                body = document_body(document, self._compiler.view(document))
            except UnicodeEncodeError as error:
                self.rejected[document.id] = str(error)
                continue
            for target in targets:
                yield Action(target, document.id, document.revision, body)


def _batches(items: list[str], size: int) -> Iterator[list[str]]:
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some
