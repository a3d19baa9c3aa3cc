"""Fixtures over one node that all tests of a session share; imported by tests/conftest.py.

RADAR_TEST_ELASTICSEARCH=https://… takes an existing cluster instead of a node of our own
(user and password in the address, or RADAR_TEST_ELASTICSEARCH_KEY; RADAR_TEST_ELASTICSEARCH_CA).
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.stores.elastic.address import Connection
from indexer.stores.elastic.client import open_client
from tests.elasticsearch.archive import Missing
from tests.elasticsearch.node import Node, node, ready


@pytest.fixture(scope="session")
def elasticsearch_node() -> Iterator[Node]:
    """A node of our own; whoever stops it takes `elasticsearch_own`, which starts it again."""
    skip_unless_ready()
    with node() as one:
        yield one


@pytest.fixture(scope="session")
def elasticsearch_cluster(request: pytest.FixtureRequest) -> Connection:
    """A cluster to write to; skips where none can be had."""
    url = os.environ.get("RADAR_TEST_ELASTICSEARCH")
    if url:
        ca = os.environ.get("RADAR_TEST_ELASTICSEARCH_CA")
        key = os.environ.get("RADAR_TEST_ELASTICSEARCH_KEY")
        return Connection(url, api_key=key, ca=Path(ca) if ca else None)
    return Connection(request.getfixturevalue("elasticsearch_node").url)


@pytest.fixture
def elasticsearch_connection(elasticsearch_cluster: Connection) -> Iterator[Connection]:
    """A name of its own in the shared cluster; what is made under it is removed."""
    with named(elasticsearch_cluster) as one:
        yield one


@pytest.fixture
def elasticsearch_own(elasticsearch_node: Node) -> Iterator[Connection]:
    """The same in the node that may be stopped."""
    with named(Connection(elasticsearch_node.url)) as one:
        yield one
        if not elasticsearch_node.is_running:
            elasticsearch_node.start()
        elasticsearch_node.wait()


@contextmanager
def named(cluster: Connection) -> Iterator[Connection]:
    """A name of its own in a cluster; what was made under it is removed."""
    one = replace(cluster, name=f"radar-test-{uuid.uuid4().hex[:10]}")
    yield one
    remove_everything(one)


def skip_unless_ready() -> None:
    """For tests that start nodes of their own."""
    try:
        ready()
    except Missing as missing:
        pytest.skip(str(missing))


def remove_everything(connection: Connection) -> None:
    """Delete the indexes and the template of a test's name."""
    client = open_client(connection)
    found = client.indices.get(index=f"{connection.name}-index-*", filter_path="*.aliases")
    for index in found:
        client.indices.delete(index=index)
    client.options(ignore_status=404).indices.delete_index_template(name=connection.name)
    client.close()
