"""A rebuild in a real cluster: no document missing or stale, no read failed, while others go on."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from itertools import count
from typing import Self

import pytest

from indexer.records.document import DocumentId, StoredDocument
from indexer.records.errors import SchemaMismatch, StoreError, StoreUnavailable
from indexer.stores.base import SearchRequest
from indexer.stores.elastic.address import Connection
from indexer.stores.elastic.client import open_client
from indexer.stores.elastic.indices import SEGMENTS
from indexer.stores.elastic.mapping import VERSIONS
from indexer.stores.elastic.rebuild import ElasticRebuild
from indexer.stores.elastic.store import ElasticStore
from tests.integration.elasticsearch.documents import COMPILER, document


class Record:
    """What a database keeps of documents: the current revision of each, in ingest order."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._numbers = count(1)
        self.current: dict[DocumentId, tuple[int, StoredDocument]] = {}

    def keep(self, one: StoredDocument) -> None:
        with self._lock:
            self.current[one.id] = (next(self._numbers), one)

    def forget(self, identity: DocumentId) -> None:
        with self._lock:
            self.current.pop(identity, None)

    def after(self, number: int, limit: int) -> list[tuple[int, StoredDocument]]:
        with self._lock:
            later = sorted((n, d) for n, d in self.current.values() if n > number)
        return later[:limit]

    def revisions(self) -> dict[DocumentId, int]:
        return {identity: d.revision for identity, (_, d) in self.current.items()}


@pytest.fixture
def store(elasticsearch_connection: Connection) -> Iterator[ElasticStore]:
    made = ElasticStore(elasticsearch_connection, COMPILER, writable=True, patience=20)
    yield made
    made.close()


def fill(rebuild: ElasticRebuild, record: Record) -> None:
    last = 0
    while batch := record.after(last, 50):
        rebuild.write([d for _, d in batch])
        last = batch[-1][0]


class Traffic:
    """A writer, somebody who deletes and a reader, each a thread."""

    def __init__(self, store: ElasticStore, record: Record, connection: Connection) -> None:
        self._store = store
        self._record = record
        self._connection = connection
        self._stop = threading.Event()
        self.failed: list[Exception] = []
        self.reads: list[int] = []
        work = (self._write, self._delete, self._read)
        self._threads = [threading.Thread(target=self._run_guarded, args=(w,)) for w in work]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _run_guarded(self, work: Callable[[], None]) -> None:
        try:
            work()
        except (AssertionError, StoreError) as error:
            self.failed.append(error)

    def _write(self) -> None:
        chance = random.Random(5)
        newest = dict.fromkeys(range(300), 1)
        fresh = count(300)
        while not self._stop.is_set():
            batch = []
            for _ in range(5):
                number = next(fresh) if chance.random() < 0.4 else chance.randrange(20, 300)
                newest[number] = newest.get(number, 0) + 1
                batch.append(document(number, f"Fassung {newest[number]}", newest[number]))
                self._record.keep(batch[-1])
            self._store.write(batch)

    def _delete(self) -> None:
        for number in range(20):
            identity = document(number).id
            self._record.forget(identity)
            self._store.delete([identity])

    def _read(self) -> None:
        reader = ElasticStore(self._connection, COMPILER, writable=False)
        while not self._stop.is_set():
            answer = reader.search(SearchRequest("*", "newest", limit=5))
            assert not answer.incomplete
            self.reads.append(answer.total)
        reader.close()


def test_no_gap_while_a_writer_and_a_reader_go_on(
    store: ElasticStore, elasticsearch_connection: Connection
) -> None:
    record = Record()
    first = [document(n) for n in range(300)]
    for one in first:
        record.keep(one)
    store.write(first)
    with Traffic(store, record, elasticsearch_connection) as traffic:
        for _ in range(2):
            rebuild = ElasticRebuild(elasticsearch_connection, COMPILER, patience=20)
            fill(rebuild, record)
            rebuild.finish()
    assert traffic.failed == []
    assert len(traffic.reads) > 5
    assert min(traffic.reads) >= 280
    assert store.revisions() == record.revisions()
    assert len(indexes(elasticsearch_connection)) == 1


def test_a_rebuild_that_was_killed_leaves_the_index_in_use_and_is_begun_anew(
    store: ElasticStore, elasticsearch_connection: Connection
) -> None:
    store.write([document(n) for n in range(10)])
    killed = ElasticRebuild(elasticsearch_connection, COMPILER)
    killed.write([document(n) for n in range(4)])
    assert store.notes() != ()
    store.write([document(10)])
    assert store.count() == 11
    again = ElasticRebuild(elasticsearch_connection, COMPILER)
    with pytest.raises(StoreUnavailable, match="another rebuild"):
        killed.write([document(5)])
    again.write([document(n) for n in range(11)])
    again.finish()
    assert (store.count(), store.notes()) == (11, ())
    assert len(indexes(elasticsearch_connection)) == 1


def test_an_abandoned_rebuild_leaves_nothing(
    store: ElasticStore, elasticsearch_connection: Connection
) -> None:
    store.write([document(1)])
    rebuild = ElasticRebuild(elasticsearch_connection, COMPILER)
    rebuild.write([document(2)])
    rebuild.abandon()
    assert store.count() == 1
    assert len(indexes(elasticsearch_connection)) == 1


def test_the_many_segments_of_a_rebuild_are_joined(elasticsearch_connection: Connection) -> None:
    rebuild = ElasticRebuild(elasticsearch_connection, COMPILER)
    for number in range(2 * SEGMENTS):
        rebuild.write([document(number)])
    assert segments(elasticsearch_connection) > SEGMENTS
    rebuild.finish()
    last = time.monotonic() + 60  # the cluster goes on by itself
    while segments(elasticsearch_connection) > SEGMENTS:
        assert time.monotonic() < last
        time.sleep(0.02)


@pytest.mark.parametrize("schema", [0, 99])
def test_an_older_index_is_rebuilt_and_a_newer_one_left_alone(
    store: ElasticStore, elasticsearch_connection: Connection, schema: int
) -> None:
    store.write([document(1)])
    client = open_client(elasticsearch_connection)
    meta = {"rohstoffradar": {**VERSIONS, "schema": schema}}
    client.indices.put_mapping(index=f"{elasticsearch_connection.name}-write", meta=meta)
    client.close()
    if schema > VERSIONS["schema"]:
        with pytest.raises(SchemaMismatch, match="a newer version"):
            ElasticRebuild(elasticsearch_connection, COMPILER)
        return
    rebuild = ElasticRebuild(elasticsearch_connection, COMPILER)
    rebuild.write([document(1), document(2)])
    rebuild.finish()
    assert ElasticStore(elasticsearch_connection, COMPILER, writable=False).count() == 2


def segments(connection: Connection) -> int:
    client = open_client(connection)
    found = client.indices.segments(index=f"{connection.name}-index-*")["indices"]
    client.close()
    return sum(len(c["segments"]) for i in found.values() for s in i["shards"].values() for c in s)


def indexes(connection: Connection) -> list[str]:
    client = open_client(connection)
    found = list(client.indices.get_alias(index=f"{connection.name}-index-*"))
    client.close()
    return found
