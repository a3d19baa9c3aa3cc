"""The search store in an Elasticsearch cluster."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Any, ClassVar

from indexer.query.compiler import QueryCompiler
from indexer.query.parser import parse_query
from indexer.records.document import DocumentId, StoredDocument
from indexer.records.errors import DocumentRejected, StoreUnavailable
from indexer.stores.base import SearchRequest, SearchResult
from indexer.stores.cursor import decode_cursor
from indexer.stores.elastic.address import Connection
from indexer.stores.elastic.bulk import (
    PATIENCE,
    WRITES_AT_ONCE,
    Action,
    Answered,
    BulkWriter,
    VersionType,
    patiently,
)
from indexer.stores.elastic.client import cluster_errors, open_client
from indexer.stores.elastic.document import source_of, tombstone
from indexer.stores.elastic.indices import Indices
from indexer.stores.elastic.search import PAGE, SCORE_BITS, Search
from indexer.stores.request_checks import restricted

_SCAN = 10_000
_VERSION_SECONDS = 30.0
"""How long a long-lived search process trusts that the index in use has our version."""
_KEPT_OPEN = "2m"
_EMPTY = SearchResult(0, ())

_UNFINISHED = "a rebuild goes on, or was cut off: then run `radar rebuild` again"


class ElasticStore:
    """The store in a cluster.

    A writable store makes the index where there is none. A read-only one finds nothing until there
    is one. An index of another version is a SchemaMismatch, a cluster that does not answer
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
        after = decode_cursor(request, below=1 << 2 * SCORE_BITS)
        if not self._usable():
            return _EMPTY
        search = Search(self._compiler, compiled, request, one_shard=self._one_shard)
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
                # Shards may well answer while there is no master to ask: the search itself will
                # tell.
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
            targets = self._patiently(self._indices.targets)
            if not targets:
                raise StoreUnavailable(
                    "the search index has gone while it was written", hint="run again"
                )
            written = self._bulk.write(actions(targets), version_type)
            rejected |= written.rejected
            moved = written.moved
            self._patiently(partial(self._refresh, targets))
        return rejected

    def _patiently(self, ask: Callable[[], Answered]) -> Answered:
        """A busy cluster that takes documents may be late with other answers."""
        return patiently(ask, self._place, self._patience)

    def _refresh(self, targets: Sequence[str]) -> None:
        self._client.indices.refresh(index=targets, ignore_unavailable=True)

    def _known(self, ids: list[str]) -> dict[str, int]:
        """Revisions of those ids that are there, in the index in use or in one that is being
        filled.
        """
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

    def _ask(self, body: dict[str, Any], search_type: str | None) -> Mapping[str, Any]:
        """One search request; asked again if the index was swapped for another one meanwhile."""
        ask = partial(
            self._client.search, index=self._indices.read, search_type=search_type, body=body
        )
        answer: Mapping[str, Any] = ask().body
        failures = answer["_shards"].get("failures", ())
        if any(f["reason"].get("type") in _SWAPPED for f in failures):
            answer = ask().body
        return answer


_SWAPPED = frozenset({"index_not_found_exception", "search_context_missing_exception"})


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
            try:
                body = source_of(document, self._compiler.view(document))
            except UnicodeEncodeError as error:
                self.rejected[document.id] = str(error)
                continue
            for target in targets:
                yield Action(target, document.id, document.revision, body)


def _batches(items: list[str], size: int) -> Iterator[list[str]]:
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some
