"""Rebuilds the index without downtime: searches and writes continue while the new index is filled.

While the alias `next` exists, every writer writes to the index in use and to the new one. A writer
that looked for the alias before it existed has read its documents from the database before, so the
rebuild, which reads the database in ingest order until it has caught up, reads them too. External
versions make the order of writes irrelevant. At the end both aliases move in one step.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import ClassVar

from indexer.query.compiler import QueryCompiler
from indexer.records.document import StoredDocument
from indexer.records.errors import DocumentRejected, StoreUnavailable
from indexer.records.origin import Origin
from indexer.stores.elastic.address import Connection
from indexer.stores.elastic.bulk import (
    PATIENCE,
    WRITES_AT_ONCE,
    BulkWriter,
    retry_while_unavailable,
)
from indexer.stores.elastic.client import cluster_errors, open_client
from indexer.stores.elastic.indices import Indices
from indexer.stores.elastic.store import ActionMaker


class ElasticRebuild:
    """A new index beside the one in use; see the port.

    An index in use that a newer version made is left alone (SchemaMismatch).
    """

    writes_at_once: ClassVar[int] = WRITES_AT_ONCE

    def __init__(
        self, connection: Connection, compiler: QueryCompiler, *, patience: float = PATIENCE
    ) -> None:
        self._place = connection.place
        self._compiler = compiler
        self._client = open_client(connection)
        self._indices = Indices(self._client, connection.name, connection.shards)
        self._patience = patience
        self._bulk = BulkWriter(self._client, self._place, patience=patience)
        self._created = 0
        self._counting = threading.Lock()
        with cluster_errors(self._place):
            self._indices.refuse_newer()
            self._index = self._indices.begin_next()

    def write(self, documents: Sequence[StoredDocument]) -> None:
        """See the port. Newer revisions and deletions by other writers stay."""
        self._check_still_ours()
        making = ActionMaker(documents, self._compiler)
        written = self._bulk.write(making((self._indices.next,)), "external")
        if written.moved:
            self._check_still_ours()
        # Nested documents make lengths sparse. Lucene looks them up more slowly the more documents
        # a new segment has, up to some thousands. Small segments, merged later, are written twice
        # as fast.
        retry_while_unavailable(self._refresh, self._place, self._patience)
        with self._counting:
            self._created += written.created
        rejected = written.rejected | making.rejected
        if rejected:
            raise DocumentRejected.of(rejected)

    def _refresh(self) -> None:
        self._client.indices.refresh(index=self._index, ignore_unavailable=True)

    def mark(self, origin: Origin) -> None:
        """See the port."""
        retry_while_unavailable(
            lambda: self._indices.mark([self._index], origin), self._place, self._patience
        )

    def finish(self) -> None:
        """See the port. The old index is removed after the new one has been checked and answers."""
        self._check_still_ours()
        with cluster_errors(self._place):
            self._refresh()
            self._check_complete(self._index)
            old = self._indices.swap(self._index)
            self._check_complete(self._indices.read, tombstones=False)
            self._indices.remove(old)
            self._indices.merge(self._index)
            self._client.close()

    def abandon(self) -> None:
        """See the port."""
        with cluster_errors(self._place):
            self._indices.remove([self._index])
            self._client.close()

    def _check_still_ours(self) -> None:
        # The restart of a node should not end a rebuild of hours.
        if not retry_while_unavailable(
            lambda: self._indices.is_next(self._index), self._place, self._patience
        ):
            raise StoreUnavailable(
                "another rebuild has taken over", hint="wait for it to end, then look again"
            )

    def _check_complete(self, index: str, *, tombstones: bool = True) -> None:
        """Check that all shards answer and that nothing that we wrote is missing."""
        answer = self._client.search(
            index=index, size=0, track_total_hits=True, allow_partial_search_results=False
        )
        number = answer["hits"]["total"]["value"]
        if tombstones and number < self._created:
            raise StoreUnavailable(
                f"the new index holds {number} documents, but {self._created} were written: "
                "it is not put in use",
                hint="look at the cluster's health, then run `radar rebuild` again",
            )
