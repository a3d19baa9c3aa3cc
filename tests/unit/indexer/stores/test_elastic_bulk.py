"""Writing over connections that break: everything arrives once, or the error says what waits."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from elastic_transport import ApiResponseMeta, HttpHeaders, NodeConfig

from indexer.records.errors import StoreUnavailable
from indexer.stores.elastic.address import Connection
from indexer.stores.elastic.bulk import CHUNK, Action, BulkWriter, _ItemReply
from indexer.stores.elastic.client import api_error, open_client
from indexer.stores.elastic.official_client import ApiError

NUMBER = 3 * CHUNK + 17


class Cluster(ThreadingHTTPServer):
    """Takes bulk requests; those with the numbers in `broken` end without a reply.

    `late`: it does so after it has taken the documents. `refused`: number of a request → status
    with which each of its documents is refused. At those of the ids `fatal` it fails.
    """

    fatal: frozenset[str] = frozenset()

    def __init__(
        self, broken: frozenset[int], *, late: bool, refused: Mapping[int, int] | None = None
    ) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.broken, self.late = broken, late
        self.refused = refused or {}
        self.sizes: list[int] = []
        """Documents in each request."""
        self.held: dict[str, int] = {}

    @property
    def requests(self) -> int:
        """How many there were."""
        return len(self.sizes)


class Handler(BaseHTTPRequestHandler):
    server: Cluster

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        lines = body.splitlines()[::2]
        number = self.server.requests
        self.server.sizes.append(len(lines))
        breaks = number in self.server.broken
        if breaks and not self.server.late:
            self.close_connection = True
            return
        status = self.server.refused.get(number)
        refusal = {"index": {"status": status, "error": {"type": "refused"}}}
        items = [refusal if status else self._take(json.loads(line)["index"]) for line in lines]
        if breaks:
            self.close_connection = True
            return
        answer = json.dumps({"errors": status is not None, "items": items}).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("x-elastic-product", "Elasticsearch")
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_POST = do_PUT  # noqa: N815  # the name that the base class looks for

    def _take(self, item: dict[str, str]) -> dict[str, dict[str, object]]:
        if item["_id"] in self.server.fatal:
            return {"index": {"status": 500, "error": {"type": "null_pointer_exception"}}}
        known = item["_id"] in self.server.held
        self.server.held.setdefault(item["_id"], self.server.requests)
        return {"index": {"status": 409 if known else 201, **({"error": "old"} if known else {})}}

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # as in the base class
        """Say nothing."""


@contextmanager
def cluster(
    broken: frozenset[int] = frozenset(),
    *,
    late: bool = False,
    refused: Mapping[int, int] | None = None,
) -> Iterator[Cluster]:
    server = Cluster(broken, late=late, refused=refused)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def writer(server: Cluster, waited: list[float], patience: float = 90.0) -> BulkWriter:
    place = f"http://127.0.0.1:{server.server_address[1]}"
    client = open_client(Connection(place))
    return BulkWriter(client, place, patience=patience, sleep=waited.append)


def actions() -> Iterator[Action]:
    for number in range(NUMBER):
        yield Action("alias", str(number), 1, b'{"a": 1}')


@pytest.mark.parametrize("late", [False, True])
def test_a_connection_that_breaks_loses_no_document(late: bool) -> None:
    waited: list[float] = []
    # The client itself tries each request twice: two breaks in a row are one that it reports.
    with cluster(frozenset({1, 2, 5, 6}), late=late) as server:
        result = writer(server, waited).write(actions(), "external")
    assert sorted(server.held, key=int) == [str(number) for number in range(NUMBER)]
    assert not result.rejected
    assert len(waited) == 2
    assert late or result.created == NUMBER


@pytest.mark.parametrize(
    ("status", "sizes"),
    [(429, [CHUNK, CHUNK // 2, CHUNK // 2]), (503, [CHUNK, CHUNK])],
)
def test_requests_get_smaller_where_there_is_no_room_not_where_a_shard_is_away(
    status: int, sizes: list[int]
) -> None:
    waited: list[float] = []
    with cluster(refused={0: status}) as server:
        result = writer(server, waited).write(itertools.islice(actions(), CHUNK), "external")
    assert (result.created, server.sizes) == (CHUNK, sizes)
    assert len(waited) == 1


def test_a_document_at_which_the_cluster_fails_holds_up_no_other() -> None:
    """It would keep all documents behind it out of the index, night after night."""
    waited: list[float] = []
    with cluster() as server:
        server.fatal = frozenset({"3", str(CHUNK + 4)})
        result = writer(server, waited).write(actions(), "external")
    assert set(result.rejected) == server.fatal
    assert "null_pointer_exception" in result.rejected["3"]
    assert result.created == len(server.held) == NUMBER - 2
    assert server.sizes[-2:] == [1, 1]
    assert len(waited) < 5


@pytest.mark.parametrize("number", [6, 12])
def test_a_cluster_that_fails_at_many_is_waited_for(number: int) -> None:
    """No document is set aside because of a shard whose disk is broken."""
    with cluster() as server:
        server.fatal = frozenset(str(each) for each in range(6))
        writing = writer(server, [])
        with pytest.raises(StoreUnavailable, match="does not take 6 documents: null_pointer"):
            writing.write(itertools.islice(actions(), number), "external")


def test_a_cluster_that_stays_away_is_said_and_the_rest_is_not_asked_for() -> None:
    taken = []

    def counted() -> Iterator[Action]:
        for action in actions():
            taken.append(action)
            yield action

    waited: list[float] = []
    with (
        cluster(frozenset(range(1000))) as server,
        pytest.raises(StoreUnavailable, match=f"does not take {CHUNK + 1} ") as told,
    ):
        writer(server, waited, patience=3).write(counted(), "external")
    assert "nothing is lost" in str(told.value.hint)
    assert 3 <= sum(waited) <= 6.2  # the patience, and at most one wait more
    assert len(taken) == CHUNK + 1  # the client looks one ahead


def test_a_deletion_that_was_done_before_is_done_and_a_missing_index_has_moved() -> None:
    gone = _ItemReply.of({"status": 404})
    missing = _ItemReply.of({"status": 404, "error": {"type": "index_not_found_exception"}})
    assert gone.decide(alone=False) == "done"
    assert missing.decide(alone=False) == "moved"


def test_a_cluster_that_is_read_only_as_a_whole_is_waited_for() -> None:
    """It refuses the request, with the status of a missing right."""
    reason = "blocked by: [FORBIDDEN/6/cluster read-only (api)];"
    error = blocked(403, reason)
    assert _ItemReply.of({"exception": error}).decide(alone=False) == "again"
    told = api_error(error, "http://127.0.0.1:9200")
    assert isinstance(told, StoreUnavailable)
    assert told.message.endswith(f"is blocked: {reason}")


def test_a_cluster_that_is_starting_is_blocked_by_nobody() -> None:
    error = blocked(503, "blocked by: [SERVICE_UNAVAILABLE/1/state not recovered / initialized];")
    told = api_error(error, "http://127.0.0.1:9200")
    assert isinstance(told, StoreUnavailable)
    assert told.hint == "try again later"


def blocked(status: int, reason: str) -> ApiError:
    meta = ApiResponseMeta(status, "1.1", HttpHeaders(), 0.0, NodeConfig("http", "127.0.0.1", 9200))
    return ApiError("", meta, {"error": {"type": "cluster_block_exception", "reason": reason}})
