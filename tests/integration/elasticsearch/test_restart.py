"""A single node that is killed and starts again, or is away, while an index is being rebuilt."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from indexer.records.errors import StoreUnavailable
from indexer.stores.base import SearchRequest
from indexer.stores.elastic.address import Connection
from indexer.stores.elastic.client import open_client
from indexer.stores.elastic.rebuild import ElasticRebuild
from indexer.stores.elastic.store import ElasticStore
from tests.elasticsearch.node import START_SECONDS, Node
from tests.integration.elasticsearch.documents import COMPILER, document
from tests.loopback.forwarder import forwarder

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("away", ["road", pytest.param("node", marks=pytest.mark.endurance)])
def test_a_rebuild_outlasts_a_node_that_is_away(
    elasticsearch_node: Node, elasticsearch_own: Connection, away: str
) -> None:
    """Cut off for a moment; or killed, and started again, which takes most of a minute."""
    with forwarder(elasticsearch_node.port) as road:
        connection = elasticsearch_own
        if away == "road":
            connection = replace(connection, url=f"http://127.0.0.1:{road.port}")
        store = ElasticStore(connection, COMPILER, writable=True)
        store.write([document(n) for n in range(40)])
        store.write([document(0, "Zink", revision=2)])
        rebuild = ElasticRebuild(connection, COMPILER, patience=START_SECONDS)
        rebuild.write([document(0, "Zink", revision=2), *(document(n) for n in range(1, 20))])
        if away == "node":
            elasticsearch_node.kill()
        else:
            road.cut()
        with pytest.raises(StoreUnavailable):
            store.search(SearchRequest("Kupfer"))
        if away == "node":
            elasticsearch_node.start()
        else:
            threading.Timer(1, road.restore).start()
        rebuild.write([document(n) for n in range(20, 40)])  # waits until writes are taken
        store.delete([document(1).id])
        store.write([document(40)])
        assert store.search(SearchRequest("Kupfer")).total == 39
        rebuild.finish()
        wanted = {document(n).id: 1 for n in range(2, 41)} | {document(0).id: 2}
        assert store.revisions() == wanted
        assert store.search(SearchRequest("Zink")).total == 1
        client = open_client(connection)
        assert len(client.indices.get_alias(index=f"{connection.name}-index-*")) == 1
        client.close()
        store.close()


def test_a_rebuild_whose_node_stays_away_ends_and_the_next_one_begins_anew(
    elasticsearch_node: Node, elasticsearch_own: Connection
) -> None:
    with forwarder(elasticsearch_node.port) as road:
        connection = replace(elasticsearch_own, url=f"http://127.0.0.1:{road.port}")
        store = ElasticStore(connection, COMPILER, writable=True)
        store.write([document(n) for n in range(10)])
        rebuild = ElasticRebuild(connection, COMPILER, patience=1)
        rebuild.write([document(n) for n in range(5)])
        road.cut()
        with pytest.raises(StoreUnavailable, match="does not answer"):
            rebuild.write([document(n) for n in range(5, 10)])
        road.restore()
        assert store.count() == 10
        assert store.notes() != ()
        again = ElasticRebuild(connection, COMPILER)
        again.write([document(n) for n in range(10)])
        again.finish()
        assert (store.count(), store.notes()) == (10, ())
        store.close()
