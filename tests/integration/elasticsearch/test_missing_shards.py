"""What a store keeps of an answer in which a shard is missing."""

from __future__ import annotations

from typing import Any

import pytest
from elasticsearch import Elasticsearch

from indexer.query import QueryCompiler
from indexer.query.topics import Topic
from indexer.records.reference import load_reference
from indexer.stores.base import SearchRequest
from indexer.stores.elastic.address import Connection
from indexer.stores.elastic.store import ElasticStore
from tests.integration.elasticsearch.documents import document


def test_what_holds_in_passages_is_decided_anew_once_all_shards_answer(
    elasticsearch_connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    topic = Topic("cluster", "Cluster", {"de": ("Cluster AND Politik",)})
    compiler = QueryCompiler(load_reference(), {"cluster": topic})
    store = ElasticStore(elasticsearch_connection, compiler, writable=True)
    store.write([document(1, "Cluster und Politik."), document(2, "Cluster.\n\nPolitik.")])
    search, fails = Elasticsearch.search, True

    def lossy(client: Elasticsearch, **asked: Any) -> Any:
        answer = search(client, **asked)
        if fails and "aggs" not in asked["body"]:
            answer["_shards"]["failed"] = 1
            answer["hits"]["hits"] = []
        return answer

    monkeypatch.setattr(Elasticsearch, "search", lossy)
    request = SearchRequest("topic:cluster")
    lost = store.search(request)
    assert (lost.total, lost.incomplete) == (2, True)
    fails = False
    assert store.search(request).total == 1
    store.close()
