"""What is counted of all pages, or for later pages of a result, is kept by the cluster until
something is written.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.query import QueryCompiler
from indexer.records.reference import load_reference
from indexer.stores.base import SearchRequest, Sort
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
    request = SearchRequest("*", "newest", 1, facets=True, timeline=True)

    def languages() -> list[tuple[str, int]]:
        result = store.search(request)
        assert (len(result.hits), result.total) == (1, sum(v.count for v in result.facets["lang"]))
        return [(v.value, v.count) for v in result.facets["lang"]]

    def answers_kept() -> int:
        return _answers_kept(elasticsearch_connection)

    store.write([document(1, "Kupfer."), document(2, "Zinn.")])
    ((lang, number),) = languages()
    assert number == 2
    before = answers_kept()
    assert languages() == [(lang, 2)]
    assert answers_kept() == before + 1
    store.write([document(3, "Blei.")])
    assert languages() == [(lang, 3)]
    store.close()


@pytest.mark.parametrize("sort", ["relevance", "newest"])
def test_facets_of_later_pages_are_counted_once_until_a_write(
    elasticsearch_connection: Connection, sort: Sort
) -> None:
    store = ElasticStore(
        elasticsearch_connection, QueryCompiler(load_reference(), {}), writable=True
    )
    store.write([document(number, "Kupfer.") for number in range(4)])
    asked = SearchRequest("Kupfer", sort, 1, facets=True, filters={"lang": ("de", "en")})
    first = store.search(asked)
    second = store.search(replace(asked, cursor=first.next))
    before = _answers_kept(elasticsearch_connection)
    third = store.search(replace(asked, cursor=second.next))
    assert _answers_kept(elasticsearch_connection) == before + 1
    assert first.facets == second.facets == third.facets
    assert first.facets["source"][0].count == first.total == third.total == 4
    assert len({hit.id for result in (first, second, third) for hit in result.hits}) == 3
    store.write([document(4, "Kupfer.")])
    later = store.search(replace(asked, cursor=second.next))
    assert later.facets["source"][0].count == later.total == 5
    store.close()


def _answers_kept(connection: Connection) -> int:
    client = open_client(connection)
    stats = client.indices.stats(index=f"{connection.name}-*", metric="request_cache")
    client.close()
    return int(stats["_all"]["total"]["request_cache"]["hit_count"])
