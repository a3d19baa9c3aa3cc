"""A rebuild without a gap: searches and writers go on while the new index is filled.

While the alias `next` exists, every writer writes to the index in use and to the new one. A writer
that looked for it before it came to be has read its documents from the database before, so the
filling, which reads the database in ingest order until it has caught up, meets them too. External
versions make it all the same who comes first. Then both aliases move in one step.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import ClassVar

from indexer.query.compiler import QueryCompiler
from indexer.records.document import StoredDocument
from indexer.records.errors import DocumentRejected, StoreUnavailable
from indexer.stores.elastic.address import Connection
from indexer.stores.elastic.bulk import PATIENCE, WRITES_AT_ONCE, BulkWriter, patiently
from indexer.stores.elastic.client import cluster_errors, open_client
from indexer.stores.elastic.indices import Indices
from indexer.stores.elastic.store import Making


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
        """See the port. What a writer has put there meanwhile, newer or deleted, stays."""
        self._still_ours()
        making = Making(documents, self._compiler)
        written = self._bulk.write(making((self._indices.next,)), "external")
        if written.moved:
            self._still_ours()
        # Nested documents make lengths sparse; Lucene looks them up the slower the more documents a
        # new segment has, up to some thousands: small ones, merged later, are written twice as
        # fast.
        patiently(self._refresh, self._place, self._patience)
        with self._counting:
            self._created += written.created
        rejected = written.rejected | making.rejected
        if rejected:
            raise DocumentRejected.of(rejected)

    def _refresh(self) -> None:
        self._client.indices.refresh(index=self._index, ignore_unavailable=True)

    def finish(self) -> None:
        """See the port. The old index is removed when the new one has been checked and answers."""
        self._still_ours()
        with cluster_errors(self._place):
            self._refresh()
            self._check(self._index)
            old = self._indices.swap(self._index)
            self._check(self._indices.read, tombstones=False)
            self._indices.remove(old)
            self._client.close()

    def abandon(self) -> None:
        """See the port."""
        with cluster_errors(self._place):
            self._indices.remove([self._index])
            self._client.close()

    def _still_ours(self) -> None:
        # A node that starts again need not end a rebuild of hours.
        if not patiently(lambda: self._indices.is_next(self._index), self._place, self._patience):
            raise StoreUnavailable(
                "another rebuild has taken over", hint="wait for it to end, then look again"
            )

    def _check(self, index: str, *, tombstones: bool = True) -> None:
        """All shards answer, and nothing that we wrote is missing."""
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
