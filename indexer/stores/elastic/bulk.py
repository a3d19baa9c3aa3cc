"""Writes many documents: each item of a bulk reply is handled by itself.

Elasticsearch answers a bulk request with 200 even if items of it failed. An item that meets a newer
version (409) is done. One that the mapping refuses (400, 413) is rejected with its reason. One for
which the cluster had no room or no shard (429, 502, 503, 504, no connection) is sent again after a
wait, in smaller chunks where size may be the reason. Sending it twice changes nothing: versions are
our revision numbers. One at which the cluster itself fails (500) is sent again, too; a few such are
rejected when each was alone in a request and all others were taken, else no document behind them
would ever be indexed.
"""

from __future__ import annotations

import itertools
import random
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from indexer.records.errors import StoreError, StoreUnavailable
from indexer.stores.elastic.client import (
    BLOCKED,
    BUSY,
    api_error,
    cluster_errors,
    reason_of,
    type_of,
)
from indexer.stores.elastic.official_client import (
    ApiError,
    ConnectionTimeout,
    Elasticsearch,
    NoConnection,
    TlsError,
    streaming_bulk,
)

CHUNK = 250
"""Documents in one request, at most."""
WRITES_AT_ONCE = 3
"""Batches: one is analysed here while the cluster takes two. This is a sixth faster than two
batches; four are no faster (measured with the cluster on the same two cores).
"""
_ANSWERED = "errors,items.*.status,items.*.error"
"""The part of a reply that is read."""
CHUNK_BYTES = 5 * 1024 * 1024
PATIENCE = 90.0
"""Seconds: electing a new master or restarting a node takes less than a minute."""
_AWAY = frozenset({0, 403, 503})
"""Statuses where a server, a shard or an alias is away: each of many small requests would wait."""
_FAILED = 500
"""Status of an item at which the cluster failed."""
_FEW = 5
"""Items that may be at fault themselves where the cluster fails at them and takes all others."""
_FIRST_WAIT = 0.2
_LONGEST_WAIT = 10.0
_SHARD_SECONDS = "5s"
"""How long the cluster itself waits for a shard. We wait here instead, where it uses none of the
cluster's memory.
"""

Reply = TypeVar("Reply")
VersionType = Literal["external", "external_gte"]


@dataclass(frozen=True, slots=True)
class Action:
    """A document to put into an index, or to take out of it."""

    target: str
    """Alias; it must exist."""
    id: str
    version: int
    source: bytes | dict[str, Any] | None
    """The body, as JSON or still to be serialised; None: the document is deleted."""


@dataclass(frozen=True, slots=True)
class BulkResult:
    """Result of a write."""

    rejected: dict[str, str]
    """Id → reason."""
    moved: bool = False
    """An alias no longer existed: resolve the aliases and write again."""
    created: int = 0
    """Number of new documents."""


class BulkWriter:
    """Writes actions through one client, and retries."""

    def __init__(
        self,
        client: Elasticsearch,
        place: str,
        *,
        patience: float = PATIENCE,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._client = client
        self._place = place
        self._patience = patience
        self._sleep = sleep

    def write(self, actions: Iterable[Action], version_type: VersionType) -> BulkResult:
        """Write all actions; StoreUnavailable when the cluster refuses the rest for longer than our
        patience.

        Actions are made while earlier ones are being sent.
        """
        rejected: dict[str, str] = {}
        moved, created = False, 0
        unsent, chunk, left, taken = iter(actions), CHUNK, CHUNK, 0
        waits = _growing_waits(self._patience)
        while True:
            again: list[Action] = []
            number = 0
            last: _ItemReply | None = None
            for action, reply in self._send(unsent, version_type, chunk):
                verdict = reply.decide(alone=chunk == 1, at_fault=taken > 0 and left <= _FEW)
                if verdict == "refused":
                    raise reply.error(self._place)
                if verdict == "rejected":
                    rejected[action.id] = reply.reason
                elif verdict == "again":
                    again.append(action)
                    last = reply
                moved = moved or verdict == "moved"
                created += reply.status == 201
                taken += verdict == "done"
                number += 1
            if last is None:
                return BulkResult(rejected, moved, created)
            left = len(again)
            self._wait(waits, left, last)
            if last.status not in _AWAY:
                chunk = max(1, min(chunk, number) // 2)
            unsent = itertools.chain(again, unsent)

    def _send(
        self, actions: Iterable[Action], version_type: VersionType, chunk: int
    ) -> Iterator[tuple[Action, _ItemReply]]:
        """Send until all is taken or the connection breaks; what was sent, with its reply."""
        sent: deque[Action] = deque()

        def operations() -> Iterator[dict[str, Any]]:
            for action in actions:
                sent.append(action)
                yield _operation(action, version_type)

        answers = streaming_bulk(
            self._client,
            operations(),
            chunk_size=chunk,
            max_chunk_bytes=CHUNK_BYTES,
            raise_on_error=False,
            raise_on_exception=False,
            require_alias=True,
            timeout=_SHARD_SECONDS,
            filter_path=_ANSWERED,
        )
        try:
            for _, item in answers:
                yield sent.popleft(), _ItemReply.of(next(iter(item.values())))
        except TlsError:
            raise
        except (NoConnection, ConnectionTimeout) as error:
            # The helper catches replies with an error status only. What it has taken and not
            # answered for is sent again; the rest has not been taken.
            lost = _ItemReply.of({"exception": error})
            yield from ((action, lost) for action in sent)

    def _wait(self, waits: Iterator[float], number: int, answer: _ItemReply) -> None:
        wait = next(waits, None)
        if wait is None:
            raise StoreUnavailable(
                f"the search store at {self._place} does not take {number} documents:"
                f" {answer.reason}",
                hint="nothing is lost: they wait for the next run",
            )
        self._sleep(wait)


@dataclass(frozen=True, slots=True)
class _ItemReply:
    """What the cluster replied about one item, or about the request that it was in."""

    status: int
    """0: no reply."""
    kind: str
    reason: str
    exception: Exception | None = None

    @classmethod
    def of(cls, item: dict[str, Any]) -> _ItemReply:
        exception = item.get("exception")
        if isinstance(exception, ApiError):
            status, body = exception.status_code, exception.body
            return cls(status, type_of(body), reason_of(body) or str(exception), exception)
        if exception is not None:
            return cls(0, "", str(exception).splitlines()[0][:300], exception)
        error = item.get("error")
        if not error:
            return cls(int(item["status"]), "", "")
        if isinstance(error, str):
            return cls(int(item["status"]), "", error)
        kind, reason = str(error.get("type", "")), reason_of({"error": error})
        return cls(int(item["status"]), kind, f"{kind}: {reason}")

    def decide(
        self, *, alone: bool, at_fault: bool = False
    ) -> Literal["done", "rejected", "again", "moved", "refused"]:
        """What to do with the item; `alone`: the request held nothing else; `at_fault`: others were
        taken, and few are left.
        """
        if self.status in (200, 201, 409) or self._had_gone():
            return "done"
        if self.status == 404:
            return "moved"
        if self.status in BUSY or self._no_connection() or self._is_blocked():
            return "again"
        if self.status == _FAILED and self.exception is None:
            return "rejected" if alone and at_fault else "again"
        if self.status == 413 or (self.status == 400 and self.exception is not None):
            return "rejected" if alone else "again"  # the whole request: which item is it?
        return "rejected" if self.status == 400 else "refused"

    def _had_gone(self) -> bool:
        """What is to be deleted is not there, which is no error; a missing index is one."""
        return self.status == 404 and not self.kind and self.exception is None

    def _no_connection(self) -> bool:
        return isinstance(self.exception, NoConnection | ConnectionTimeout)

    def _is_blocked(self) -> bool:
        """The index behind the alias takes no more writes, because the alias is being moved, or
        somebody has made the cluster read-only for now.
        """
        return self.status == 403 and self.kind == BLOCKED

    def error(self, place: str) -> StoreError:
        """The error for a request that can't succeed."""
        if isinstance(self.exception, ApiError):
            return api_error(self.exception, place)
        return StoreError(f"the search store at {place} rejects the write: {self.reason}")


def retry_while_unavailable(
    ask: Callable[[], Reply],
    place: str,
    patience: float,
    sleep: Callable[[float], None] = time.sleep,
) -> Reply:
    """Ask the cluster, and again while it is unavailable and our patience lasts."""
    waits = _growing_waits(patience)
    while True:
        try:
            with cluster_errors(place):
                return ask()
        except StoreUnavailable:
            wait = next(waits, None)
            if wait is None:
                raise
            sleep(wait)


def _operation(action: Action, version_type: VersionType) -> dict[str, Any]:
    if action.source is None:
        return {"_op_type": "delete", "_index": action.target, "_id": action.id}
    return {
        "_op_type": "index",
        "_index": action.target,
        "_id": action.id,
        "version": action.version,
        "version_type": version_type,
        "_source": action.source,
    }


def _growing_waits(patience: float) -> Iterator[float]:
    """Growing waits with jitter, until their sum reaches the patience."""
    wait, spent = _FIRST_WAIT, 0.0
    while spent < patience:
        jittered = wait * random.uniform(0.5, 1.0)  # noqa: S311  # spreads writers, nothing secret
        spent += jittered
        wait = min(wait * 2, _LONGEST_WAIT)
        yield jittered
