"""Writing to a real node: versions, deletions, refused documents, an overloaded cluster."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

import pytest

from indexer.records.document import Event, Place
from indexer.records.errors import DocumentRejected, SchemaMismatch, StoreError, StoreUnavailable
from indexer.stores.base import SearchRequest
from indexer.stores.elastic.address import Connection
from indexer.stores.elastic.bulk import Action, BulkWriter
from indexer.stores.elastic.client import open_client
from indexer.stores.elastic.indices import Indices
from indexer.stores.elastic.mapping import VERSIONS
from indexer.stores.elastic.store import ElasticStore
from tests.integration.elasticsearch.documents import COMPILER, document


@pytest.fixture
def store(elasticsearch_connection: Connection) -> Iterator[ElasticStore]:
    made = ElasticStore(elasticsearch_connection, COMPILER, writable=True, patience=5)
    yield made
    made.close()


def total(store: ElasticStore) -> int:
    return store.search(SearchRequest("*", limit=1)).total


def test_a_late_writer_does_not_bring_a_deleted_document_back(store: ElasticStore) -> None:
    store.write([document(1, revision=3)])
    store.delete([document(1).id])
    store.write([document(1, revision=2)])
    assert total(store) == store.count() == len(store.revisions()) == 0
    store.write([document(1, revision=4)])
    assert store.revisions() == {document(1).id: 4}


def test_refused_documents_are_told_and_the_others_written(
    store: ElasticStore, elasticsearch_connection: Connection
) -> None:
    nowhere = Event("Treffen", place=Place(city="Astana", lat=400.0, lon=71.4))
    bad = dataclasses.replace(
        document(2), page=dataclasses.replace(document(2).page, events=(nowhere,))
    )
    half = dataclasses.replace(document(4), source="\ud800")
    with pytest.raises(DocumentRejected) as caught:
        store.write([document(1), bad, document(3), half])
    assert set(caught.value.reasons) == {bad.id, half.id}
    assert "400" in caught.value.reasons[bad.id]
    assert set(store.revisions()) == {document(1).id, document(3).id}


def test_half_characters_in_texts_are_replaced_and_marks_stay_in_place(store: ElasticStore) -> None:
    store.write([document(1, "halb \ud800 Kupfer")])
    (hit,) = store.search(SearchRequest("Kupfer")).hits
    (passage,) = hit.passages
    assert [passage.text[a:b] for a, b in passage.marks] == ["Kupfer"]


def test_an_unknown_field_is_refused_and_no_index_comes_to_be_by_mistake(
    store: ElasticStore, elasticsearch_connection: Connection
) -> None:
    client = open_client(elasticsearch_connection)
    bulk = BulkWriter(client, "here", patience=1)
    indices = Indices(client, elasticsearch_connection.name, 1)
    written = bulk.write([Action(indices.write, "a", 1, {"surprise": 1})], "external")
    assert "strict_dynamic_mapping_exception" in written.rejected["a"]
    before = set(indices.aliases())
    assert bulk.write([Action(indices.next, "a", 1, {"revision": 1})], "external").moved
    assert set(indices.aliases()) == before
    client.close()


def test_other_clients_find_ordinary_fields(
    store: ElasticStore, elasticsearch_connection: Connection
) -> None:
    place = Place(city="Astana", country="KZ", lat=51.1, lon=71.4)
    event = Event("Rohstoffforum", start="2026-03-02", end="2026-03-04", place=place)
    page = dataclasses.replace(document(1).page, events=(event,))
    store.write([dataclasses.replace(document(1), page=page), document(2)])
    store.delete([document(2).id])
    client = open_client(elasticsearch_connection)
    asked: list[dict[str, Any]] = [
        {"match": {"text": "kasachstan"}},
        {"range": {"event_date": {"gte": "2026-03-01", "lt": "2026-04-01"}}},
        {"range": {"published": {"gte": "2026-02-01", "lte": "2026-02-28"}}},
        {"geo_distance": {"distance": "10km", "location": {"lat": 51.1, "lon": 71.4}}},
        {"nested": {"path": "events", "query": {"match": {"events.name": "rohstoffforum"}}}},
    ]
    for query in asked:
        found = client.search(index=elasticsearch_connection.name, query=query)
        assert [hit["_source"]["url"] for hit in found["hits"]["hits"]] == [document(1).url], query
    client.close()


@pytest.mark.parametrize(("schema", "told"), [(99, "a newer version"), (0, "another version")])
def test_an_index_of_another_version_is_refused(
    store: ElasticStore, elasticsearch_connection: Connection, schema: int, told: str
) -> None:
    client = open_client(elasticsearch_connection)
    meta = {"rohstoffradar": {**VERSIONS, "schema": schema}}
    client.indices.put_mapping(index=f"{elasticsearch_connection.name}-write", meta=meta)
    client.close()
    for writable in (True, False):
        with pytest.raises(SchemaMismatch) as caught:
            ElasticStore(elasticsearch_connection, COMPILER, writable=writable)
        assert told in caught.value.message
        assert ("rebuild" in caught.value.hint) == (schema == 0)


def test_a_read_only_store_finds_nothing_until_there_is_an_index(
    elasticsearch_connection: Connection,
) -> None:
    reader = ElasticStore(elasticsearch_connection, COMPILER, writable=False)
    assert total(reader) == reader.count() == 0
    with pytest.raises(StoreUnavailable):
        reader.write([document(1)])
    writer = ElasticStore(elasticsearch_connection, COMPILER, writable=True)
    writer.write([document(1)])
    assert total(reader) == 1
    reader.close()
    writer.close()


def test_nobody_answers() -> None:
    with pytest.raises(StoreUnavailable) as caught:
        ElasticStore(Connection("http://me:hunter2@127.0.0.1:1"), COMPILER, writable=False)
    assert "127.0.0.1:1" in caught.value.message
    assert "hunter2" not in str(caught.value) + repr(caught.value.__cause__)


def test_a_template_of_the_cluster_and_an_index_restored_beside(
    elasticsearch_connection: Connection,
) -> None:
    name, client = elasticsearch_connection.name, open_client(elasticsearch_connection)
    theirs = {"mappings": {"dynamic": False, "properties": {"title": {"type": "binary"}}}}
    client.indices.put_index_template(
        name=f"{name}-of-operators", index_patterns=[f"{name}-*"], priority=5_000, template=theirs
    )
    store = ElasticStore(elasticsearch_connection, COMPILER, writable=True, patience=1)
    try:
        store.write([document(1)])
        assert store.search(SearchRequest("title:Meldung")).total == total(store) == 1
        aliases: dict[str, dict[str, object]] = {name: {}, f"{name}-write": {}}
        Indices(client, name, 1).create(aliases)
        with pytest.raises(StoreError, match="several indexes"):
            store.write([document(2)])
        with pytest.raises(StoreError, match="several indexes"):
            ElasticStore(elasticsearch_connection, COMPILER, writable=False)
    finally:
        store.close()
        client.indices.delete_index_template(name=f"{name}-of-operators")
