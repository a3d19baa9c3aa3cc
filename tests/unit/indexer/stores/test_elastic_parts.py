"""The parts of the Elasticsearch store that need no cluster."""

from __future__ import annotations

import json
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from indexer.query import QueryCompiler
from indexer.query.fields import FIELDS, VALUE_FIELDS, WORD_FIELDS
from indexer.records.errors import StoreError, StoreUnavailable
from indexer.records.reference import load_reference
from indexer.stores.base import SearchRequest
from indexer.stores.cursor import encode_cursor
from indexer.stores.elastic import store as elastic_store
from indexer.stores.elastic.address import Connection, is_fingerprint
from indexer.stores.elastic.bulk import _growing_waits, _ItemReply, retry_while_unavailable
from indexer.stores.elastic.document import document_body, tombstone
from indexer.stores.elastic.indices import _NOT_DELETED, Indices
from indexer.stores.elastic.mapping import VERSIONS, index_settings
from indexer.stores.elastic.official_client import ConnectionTimeout
from indexer.stores.entry import STREAMS, token_field
from tests.integration.elasticsearch.documents import document


def test_a_connection_shows_no_secret() -> None:
    connection = Connection("https://me:hunter2@a.example,http://b.example:9200/es/", "hunter2")
    assert connection.nodes == ["https://a.example:443", "http://b.example:9200/es"]
    assert connection.user == ("me", "hunter2")
    assert "hunter2" not in repr(connection) + connection.place


@pytest.mark.parametrize(
    ("text", "good"), [("AB:" * 31 + "AB", True), ("0" * 64, True), ("0" * 63, False), ("", False)]
)
def test_fingerprints(text: str, good: bool) -> None:
    assert is_fingerprint(text) == good


def test_the_mapping_has_every_field_of_the_table() -> None:
    mapping = index_settings(1)["mappings"]
    assert mapping["dynamic"] == "strict"
    assert mapping["_meta"] == {"rohstoffradar": VERSIONS}
    fields = set(mapping["properties"])
    assert {token_field(f, s) for f in WORD_FIELDS for s in STREAMS} <= fields
    assert set(VALUE_FIELDS) | {f.name for f in FIELDS if f.days} <= fields


@pytest.mark.parametrize(
    ("item", "verdict"),
    [
        ({"status": 201}, "done"),
        ({"status": 409, "error": {"type": "version_conflict_engine_exception"}}, "done"),
        ({"status": 400, "error": {"type": "document_parsing_exception"}}, "rejected"),
        ({"status": 404, "error": {"type": "index_not_found_exception"}}, "moved"),
        ({"status": 403, "error": {"type": "cluster_block_exception"}}, "again"),
        ({"status": 403, "error": {"type": "security_exception"}}, "refused"),
        *(({"status": s, "error": {"type": "x"}}, "again") for s in (429, 502, 503, 504)),
    ],
)
def test_every_item_of_a_bulk_answer_is_decided(item: dict[str, Any], verdict: str) -> None:
    assert _ItemReply.of(item).decide(alone=False) == verdict


def test_waits_grow_and_end_with_the_patience() -> None:
    waits = list(_growing_waits(60))
    assert 60 <= sum(waits) < 70
    assert waits[0] < 1 < max(waits) <= 10


def test_a_question_is_asked_again_while_the_patience_lasts() -> None:
    answers = [StoreUnavailable("down"), StoreUnavailable("down"), True]
    waited: list[float] = []

    def ask() -> bool:
        answer = answers.pop(0)
        if isinstance(answer, StoreUnavailable):
            raise answer
        return bool(answer)

    assert retry_while_unavailable(ask, "here", 60, waited.append)
    assert len(waited) == 2
    answers[:] = [StoreUnavailable("down")] * 9
    with pytest.raises(StoreUnavailable):
        retry_while_unavailable(ask, "here", 1, waited.append)


def test_documents_and_tombstones_are_told_apart_by_what_the_alias_filters() -> None:
    ((field, live),) = _NOT_DELETED["term"].items()
    page = document(1)
    body = json.loads(document_body(page, QueryCompiler(load_reference(), {}).view(page)))
    assert body[field] is live
    assert tombstone(3)[field] is not live


class _EmptyCluster:
    """Finds nothing, and notes which copies of the shards were to answer."""

    def __init__(self) -> None:
        self.copies: list[str] = []

    def search(self, *, preference: str, **_: object) -> SimpleNamespace:
        self.copies.append(preference)
        hits = {"total": {"value": 0}, "hits": []}
        return SimpleNamespace(
            body={"hits": hits, "_shards": {"failed": 0}, "timed_out": False},
        )


def test_all_pages_of_a_result_are_asked_of_the_same_copies(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cluster = _EmptyCluster()
    monkeypatch.setattr(elastic_store, "open_client", lambda _: cluster)
    monkeypatch.setattr(Indices, "check_versions", lambda _: True)
    store = elastic_store.ElasticStore(
        Connection("http://127.0.0.1:9"),
        QueryCompiler(load_reference(), {}),
        writable=False,
    )
    first = SearchRequest("kupfer", sort="newest")
    second = replace(first, limit=100, cursor=encode_cursor(first, 7))
    for request in (first, second, replace(first, query="zink")):
        store.search(request)
    one, same, other = cluster.copies
    assert one == same != other


class _Cluster:
    """Indexes with their aliases."""

    def __init__(self, **aliases: list[str]) -> None:
        self.aliases = {f"radar-index-{index}": names for index, names in aliases.items()}
        self.made: dict[str, Any] = {}

    @property
    def indices(self) -> _Cluster:
        return self

    def get_alias(self, **_: object) -> dict[str, Any]:
        return {i: {"aliases": {n: {} for n in names}} for i, names in self.aliases.items()}

    def get_mapping(self, *, index: str, **_: object) -> dict[str, Any]:
        meta = {"_meta": {"rohstoffradar": VERSIONS}}
        return {i: {"mappings": meta} for i, names in self.aliases.items() if index in names}

    def put_index_template(self, **template: Any) -> None:
        self.made["template"] = template

    def create(self, **index: Any) -> None:
        self.made["index"] = index

    def forcemerge(self, **asked: Any) -> None:
        self.made["merge"] = asked
        raise ConnectionTimeout("no answer")


def test_a_rebuild_does_not_fail_for_segments_that_stay_small() -> None:
    cluster = _Cluster()
    Indices(cluster, "radar", 1).merge("radar-index-a")  # type: ignore[arg-type]
    assert cluster.made["merge"]["index"] == "radar-index-a"


def test_an_index_that_was_restored_beside_the_one_in_use_is_told() -> None:
    """The cluster would find each document twice, and refuse every write as it refuses bad ones."""
    both = ["radar", "radar-write"]
    indices = Indices(_Cluster(a=both, b=["radar-next"]), "radar", 1)  # type: ignore[arg-type]
    assert indices.check_versions()
    assert indices.targets() == ["radar-write", "radar-next"]
    indices = Indices(_Cluster(a=both, b=both), "radar", 1)  # type: ignore[arg-type]
    for ask in (indices.check_versions, indices.targets):
        with pytest.raises(StoreError, match=r"several indexes: radar-index-a, radar-index-b"):
            ask()


def test_templates_of_the_cluster_do_not_decide_what_an_index_is() -> None:
    cluster = _Cluster()
    Indices(cluster, "radar", 1).create({"radar": {}})  # type: ignore[arg-type]
    assert cluster.made["index"]["mappings"] == index_settings(1)["mappings"]
    assert cluster.made["template"]["priority"] > 500
    assert cluster.made["template"]["template"] == {}
