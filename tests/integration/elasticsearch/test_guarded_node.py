"""A node with security, https and hardly any room: keys, certificates, overload."""

from __future__ import annotations

import hashlib
import json
import ssl
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import trustme
from elasticsearch import Elasticsearch
from elasticsearch._sync.client.security import SecurityClient

from indexer.records.errors import StoreError, StoreUnavailable
from indexer.stores.base import SearchRequest
from indexer.stores.elastic.address import Connection
from indexer.stores.elastic.rebuild import ElasticRebuild
from indexer.stores.elastic.store import ElasticStore
from radar.configuration.settings import load_settings
from radar.installation.installation import Installation
from tests.elasticsearch.fixtures import skip_unless_ready
from tests.elasticsearch.node import PASSWORD, Node, node
from tests.integration.elasticsearch.documents import COMPILER, document

DOCS = Path(__file__).resolve().parents[3] / "docs" / "elasticsearch"


@pytest.fixture(scope="module")
def guarded() -> Iterator[Node]:
    skip_unless_ready()
    with node(secured=True, heap=256, settings={"indexing_pressure.memory.limit": "64kb"}) as one:
        yield one


@pytest.fixture(scope="module")
def admin(guarded: Node) -> Iterator[Elasticsearch]:
    client = Elasticsearch(
        guarded.url, ca_certs=str(guarded.ca), basic_auth=("elastic", PASSWORD), request_timeout=90
    )
    # The first key makes an index of its own, and until that answers nobody is known.
    SecurityClient(client).create_api_key(name="first")
    client.cluster.health(index=".security", wait_for_status="yellow", timeout="60s")
    yield client
    client.close()


@pytest.fixture(scope="module")
def key(admin: Elasticsearch) -> Callable[[str], str]:
    """Makes an API key with the rights of a role file of the documentation."""

    def made(role: str) -> str:
        rights = json.loads((DOCS / f"{role}-role.json").read_text())
        answer = SecurityClient(admin).create_api_key(name=role, role_descriptors={role: rights})
        return str(answer["encoded"])

    return made


def test_the_documented_rights_suffice_and_the_search_key_can_not_write(
    guarded: Node, key: Callable[[str], str]
) -> None:
    writing = Connection(guarded.url, key("indexer"), guarded.ca)
    writer = ElasticStore(writing, COMPILER, writable=True)
    writer.write([document(1), document(2)])
    writer.delete([document(2).id], for_good=True)
    rebuild = ElasticRebuild(writing, COMPILER)
    rebuild.write([document(1), document(3)])
    rebuild.finish()
    reading = replace(writing, api_key=key("search"))
    reader = ElasticStore(reading, COMPILER, writable=False)
    assert reader.search(SearchRequest("Kupfer", facets=True)).total == 2
    assert (reader.count(), len(reader.revisions()), reader.notes()) == (2, 2, ())
    with pytest.raises(StoreError) as caught:
        ElasticStore(reading, COMPILER, writable=True, patience=1).write([document(4)])
    assert not isinstance(caught.value, StoreUnavailable)
    assert "forbids it" in caught.value.message
    for store in (writer, reader):
        store.close()


def test_without_a_key_nothing_is_answered_and_no_secret_is_told(guarded: Node) -> None:
    wrong = Connection(guarded.url.replace("//", "//elastic:hunter2@"), None, guarded.ca)
    for connection in (Connection(guarded.url, None, guarded.ca), wrong):
        with pytest.raises(StoreError) as caught:
            ElasticStore(connection, COMPILER, writable=False)
        assert "does not know our key or user" in caught.value.message
        assert "hunter2" not in caught.value.message + repr(connection)


def test_the_certificate_is_checked_by_ca_and_by_fingerprint(
    guarded: Node, key: Callable[[str], str], tmp_path: Path
) -> None:
    assert guarded.ca is not None
    good = Connection(guarded.url, key("search"), guarded.ca)
    ElasticStore(good, COMPILER, writable=False).close()
    der = ssl.PEM_cert_to_DER_cert(ssl.get_server_certificate(("127.0.0.1", guarded.port)))
    prints = hashlib.sha256(der).hexdigest().upper()
    colons = ":".join(prints[i : i + 2] for i in range(0, 64, 2))
    ElasticStore(replace(good, ca=None, fingerprint=colons), COMPILER, writable=False).close()
    other = tmp_path / "other.crt"
    trustme.CA().cert_pem.write_to_path(str(other))
    for bad in (
        replace(good, ca=None),
        replace(good, ca=other),
        replace(good, ca=None, fingerprint="0" * 64),
    ):
        with pytest.raises(StoreUnavailable) as caught:
            ElasticStore(bad, COMPILER, writable=False)
        assert "certificate" in caught.value.message


def test_settings_lead_to_both_keys_and_show_neither(
    guarded: Node, key: Callable[[str], str], tmp_path: Path
) -> None:
    assert guarded.ca is not None
    (tmp_path / "ca.crt").write_bytes(guarded.ca.read_bytes())
    store_settings = {
        "url": guarded.url,
        "api_key": "${WRITE}",
        "search_api_key": "${SEARCH}",
        "ca": "ca.crt",
    }
    (tmp_path / "radar.yaml").write_text(json.dumps({"store": store_settings}))
    keys = {"WRITE": key("indexer"), "SEARCH": key("search")}
    settings = load_settings(tmp_path, keys, home=tmp_path)
    assert not any(secret in repr(settings) for secret in keys.values())
    installation = Installation(settings)
    with installation.store(writable=True) as store:
        store.write([document(1)])
    with installation.store(writable=False) as store:
        assert store.count() >= 1


def test_429_is_met_with_smaller_chunks(guarded: Node) -> None:
    store = ElasticStore(admitted(guarded), COMPILER, writable=True, patience=30)
    documents = [document(n, "Kupfer und Zink " * 20) for n in range(300)]
    store.write(documents)
    assert store.count() == 300
    store.close()


def test_a_document_that_never_fits_is_left_after_our_patience(guarded: Node) -> None:
    store = ElasticStore(
        replace(admitted(guarded), name="large"), COMPILER, writable=True, patience=1
    )
    with pytest.raises(StoreUnavailable, match="does not take 1 documents"):
        store.write([document(1, "Kupfer und Zink " * 9_000)])
    store.close()


@pytest.mark.filterwarnings(
    "ignore:.indices.breaker.total.limit"
)  # no operator would set it so low
def test_the_circuit_breaker_makes_a_search_wait_not_fail_for_good(
    guarded: Node, admin: Elasticsearch
) -> None:
    connection = admitted(guarded)
    store = ElasticStore(connection, COMPILER, writable=True)
    admin.cluster.put_settings(transient={"indices.breaker.total.limit": "1%"})
    try:
        with pytest.raises(StoreError) as caught:
            store.search(SearchRequest("Kupfer"))
        assert isinstance(caught.value, StoreUnavailable)
        assert "Data too large" in caught.value.message
    finally:
        admin.options(max_retries=20, retry_on_status=[429]).cluster.put_settings(
            transient={"indices.breaker.total.limit": None}
        )
    assert total(store) >= 0
    store.close()


def admitted(guarded: Node) -> Connection:
    """The node for whom it gave the password to; in an index of its own."""
    url = guarded.url.replace("//", f"//elastic:{PASSWORD}@")
    return Connection(url, None, guarded.ca, name="overload")


def total(store: ElasticStore) -> int:
    return store.search(SearchRequest("*", limit=1)).total
