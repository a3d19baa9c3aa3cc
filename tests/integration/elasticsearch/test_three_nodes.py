"""A cluster of three while its nodes die. The tests go on where the one before has ended.

Stores that meet a cluster which stays incomplete try each request twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from elasticsearch import Elasticsearch
from elasticsearch._sync.client.cat import CatClient

from indexer.records.errors import StoreUnavailable
from indexer.stores.base import SearchRequest
from indexer.stores.elastic.address import Connection
from indexer.stores.elastic.client import open_client
from indexer.stores.elastic.rebuild import ElasticRebuild
from indexer.stores.elastic.store import ElasticStore
from search_api.api.answers import search_answer
from tests.elasticsearch.fixtures import skip_unless_ready
from tests.elasticsearch.node import Node, cluster
from tests.integration.elasticsearch.documents import COMPILER, document

# The first one has the start of all nodes in its fixture, the last one that of two.
pytestmark = [pytest.mark.endurance, pytest.mark.timeout(900)]

TWICE = 0.05
"""Seconds of patience: less than the first wait."""


@pytest.fixture(scope="module")
def three() -> Iterator[list[Node]]:
    skip_unless_ready()
    with cluster(3) as nodes:
        yield nodes


@pytest.fixture(scope="module")
def connection(three: list[Node]) -> Connection:
    return Connection(",".join(one.url for one in three))


@pytest.fixture(scope="module")
def admin(connection: Connection) -> Iterator[Elasticsearch]:
    client = open_client(connection)
    yield client
    client.close()


def wait_for(admin: Elasticsearch, status: str, index: str) -> None:
    admin.options(request_timeout=90).cluster.health(
        index=index, wait_for_status=status, wait_for_no_initializing_shards=True, timeout="80s"
    )


def node_of(admin: Elasticsearch, three: list[Node], index: str) -> Node:
    """The node that holds the primary copy of the index."""
    shards: Any = CatClient(admin).shards(index=index, format="json", h="prirep,node,state")
    name = next(s["node"] for s in shards if s["prirep"] == "p" and s["state"] == "STARTED")
    return next(one for one in three if one.settings["node.name"] == name)


@pytest.fixture(scope="module")
def parted(connection: Connection, admin: Elasticsearch) -> Iterator[ElasticStore]:
    """60 documents in three shards without a copy, one shard on each node."""
    store = ElasticStore(
        replace(connection, name="parted", shards=3), COMPILER, writable=True, patience=TWICE
    )
    admin.indices.put_settings(
        index="parted-write",
        settings={"auto_expand_replicas": False, "number_of_replicas": 0},
    )
    wait_for(admin, "green", "parted-write")
    store.write([document(n) for n in range(60)])
    yield store
    store.close()


@pytest.fixture(scope="module")
def everywhere(connection: Connection, admin: Elasticsearch) -> Iterator[ElasticStore]:
    """20 documents with a copy on each node."""
    store = ElasticStore(
        replace(connection, name="everywhere"), COMPILER, writable=True, patience=TWICE
    )
    admin.indices.put_settings(index="everywhere-write", settings={"auto_expand_replicas": "0-all"})
    store.write([document(n) for n in range(20)])
    wait_for(admin, "green", "everywhere-write")
    yield store
    store.close()


@pytest.mark.usefixtures("everywhere")  # made while all nodes live
def test_the_node_of_the_primary_dies_during_indexing_and_a_rebuild(
    three: list[Node], connection: Connection, admin: Elasticsearch, parted: ElasticStore
) -> None:
    whole = parted.search(SearchRequest("Kupfer", facets=True))
    assert (whole.total, whole.incomplete) == (60, False)
    store = ElasticStore(connection, COMPILER, writable=True)
    store.write([document(n) for n in range(50)])
    rebuild = ElasticRebuild(connection, COMPILER)
    rebuild.write([document(n) for n in range(50)])
    wait_for(admin, "green", f"{connection.name}-index-*")
    dying = node_of(admin, three, f"{connection.name}-write")
    for start in range(50, 350, 25):
        if start == 150:
            dying.kill()
        store.write([document(n) for n in range(start, start + 25)])
        rebuild.write([document(n) for n in range(start, start + 25)])
    assert len(store.revisions()) == 350
    rebuild.finish()
    assert len(store.revisions()) == 350
    store.close()


def test_a_red_shard_makes_answers_incomplete_not_silently_shorter(
    admin: Elasticsearch, parted: ElasticStore
) -> None:
    admin.options(request_timeout=60).cluster.health(wait_for_nodes="2", timeout="50s")
    answer = parted.search(SearchRequest("Kupfer", facets=True))
    assert answer.incomplete
    assert 0 < answer.total < 60
    assert search_answer(answer, (), (), {}, None)["incomplete"]
    for ask in (parted.count, parted.revisions):
        with pytest.raises(StoreUnavailable):
            ask()
    with pytest.raises(StoreUnavailable, match="does not take"):
        parted.write([document(n) for n in range(60, 90)])


def test_with_two_of_three_dead_searches_answer_and_writes_wait(
    three: list[Node], everywhere: ElasticStore
) -> None:
    next(one for one in three if one.is_running).kill()
    with pytest.raises(StoreUnavailable):
        everywhere.write([document(20)])
    # The node that is left may have taken it before the others were found to be gone.
    assert everywhere.search(SearchRequest("Kupfer")).total in (20, 21)


def test_when_they_are_back_all_is_there_and_writes_go_on(
    three: list[Node], admin: Elasticsearch, parted: ElasticStore, everywhere: ElasticStore
) -> None:
    back = [one for one in three if not one.is_running]
    assert len(back) == 2
    for one in back:
        one.start()
    for one in back:
        one.wait("/_cluster/health?wait_for_nodes=3&timeout=2s")
    for store, name, there, after in (
        (parted, "parted", 60, 90),
        (everywhere, "everywhere", 20, 21),
    ):
        wait_for(admin, "green", f"{name}-write")
        store.write([document(n) for n in range(there, after)])
        assert store.search(SearchRequest("Kupfer")).total == store.count() == after
