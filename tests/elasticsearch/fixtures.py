"""Fixtures over one node that all tests of a session share; imported by tests/conftest.py.

RADAR_TEST_ELASTICSEARCH=https://… takes an existing cluster instead of a node of our own
(user and password in the address, or RADAR_TEST_ELASTICSEARCH_KEY; RADAR_TEST_ELASTICSEARCH_CA).
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.stores.elastic.address import Connection
from indexer.stores.elastic.client import open_client
from tests.elasticsearch.archive import Missing
from tests.elasticsearch.node import node, ready


@pytest.fixture(scope="session")
def elasticsearch_cluster() -> Iterator[Connection]:
    """A cluster to write to; skips where none can be had."""
    url = os.environ.get("RADAR_TEST_ELASTICSEARCH")
    if url:
        ca = os.environ.get("RADAR_TEST_ELASTICSEARCH_CA")
        key = os.environ.get("RADAR_TEST_ELASTICSEARCH_KEY")
        yield Connection(url, api_key=key, ca=Path(ca) if ca else None)
        return
    skip_unless_ready()
    with node() as one:
        yield Connection(one.url)


@pytest.fixture
def elasticsearch_connection(elasticsearch_cluster: Connection) -> Iterator[Connection]:
    """A name of its own in the shared cluster; what is made under it is removed."""
    one = Connection(
        elasticsearch_cluster.url,
        elasticsearch_cluster.api_key,
        elasticsearch_cluster.ca,
        name=f"radar-test-{uuid.uuid4().hex[:10]}",
    )
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
