"""What is counted of all pages is kept by the cluster until something is written."""

from __future__ import annotations

from indexer.query import QueryCompiler
from indexer.records.reference import load_reference
from indexer.stores.base import SearchRequest
from indexer.stores.elastic.address import Connection
from indexer.stores.elastic.client import open_client
from indexer.stores.elastic.store import ElasticStore
from tests.integration.elasticsearch.documents import document


def test_facets_of_everything_are_counted_once_until_a_write(
    elasticsearch_connection: Connection,
) -> None:
    store = ElasticStore(
        elasticsearch_connection, QueryCompiler(load_reference(), {}), writable=True
    )
    client = open_client(elasticsearch_connection)
    request = SearchRequest("*", "newest", 1, facets=True, timeline=True)

    def languages() -> list[tuple[str, int]]:
        result = store.search(request)
        assert (len(result.hits), result.total) == (1, sum(v.count for v in result.facets["lang"]))
        return [(v.value, v.count) for v in result.facets["lang"]]

    def answers_kept() -> int:
        stats = client.indices.stats(
            index=f"{elasticsearch_connection.name}-*", metric="request_cache"
        )
        return int(stats["_all"]["total"]["request_cache"]["hit_count"])

    store.write([document(1, "Kupfer."), document(2, "Zinn.")])
    ((lang, number),) = languages()
    assert number == 2
    before = answers_kept()
    assert languages() == [(lang, 2)]
    assert answers_kept() == before + 1
    store.write([document(3, "Blei.")])
    assert languages() == [(lang, 3)]
    store.close()
