"""Writing many documents: each item of a bulk answer is decided by itself.

A bulk request is answered with 200 even if items of it failed. An item that meets a newer version
(409) is done; one that the mapping refuses (400, 413) is rejected with its reason; one that the
cluster had no room or no shard for (429, 502, 503, 504, no connection) is sent again after a while,
in smaller chunks. Sending twice changes nothing: versions come from our revision numbers.
"""

from __future__ import annotations

import random
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from elastic_transport import ConnectionError as NoConnection
from elastic_transport import ConnectionTimeout
from elasticsearch import ApiError, Elasticsearch
from elasticsearch.helpers import streaming_bulk

from indexer.records.errors import StoreError, StoreUnavailable
from indexer.stores.elastic.client import BUSY, api_error, cluster_errors, reason_of

CHUNK = 250
"""Documents in one request, at most."""
WRITES_AT_ONCE = 3
"""Batches: one is analysed here while the cluster takes two. A sixth faster than two together; four
are no faster (measured with the cluster on the same two cores).
"""
_ANSWERED = "errors,items.*.status,items.*.error"
"""What is looked at of an answer."""
CHUNK_BYTES = 5 * 1024 * 1024
PATIENCE = 90.0
"""Seconds: an election of a new master and a node that starts again are over within a minute."""
_FIRST_WAIT = 0.2
_LONGEST_WAIT = 10.0
_SHARD_SECONDS = "5s"
"""How long the cluster itself waits for a shard; we wait outside, where it holds no memory there.
"""

Answered = TypeVar("Answered")
VersionType = Literal["external", "external_gte"]


@dataclass(frozen=True, slots=True)
class Action:
    """A document to put into an index."""

    target: str
    """Alias; it must exist."""
    id: str
    version: int
    source: bytes | dict[str, Any]
    """The body, as JSON already or to be made."""


@dataclass(frozen=True, slots=True)
class Written:
    """What came of a write."""

    rejected: dict[str, str]
    """Id → reason."""
    moved: bool = False
    """An alias was not there any more: resolve the aliases and write once more."""
    created: int = 0
    """Documents that were not there before."""


class BulkWriter:
    """Writes actions through one client, patiently."""

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

    def write(self, actions: Iterable[Action], version_type: VersionType) -> Written:
        """Write all; StoreUnavailable when the cluster can't take the rest for longer than our
        patience.

        Actions are made while those before them are on their way.
        """
        rejected: dict[str, str] = {}
        moved, created = False, 0
        waiting, chunk = actions, CHUNK
        waits = _waits(self._patience)
        while waiting:
            again: list[Action] = []
            number = 0
            last: _Answer | None = None
            for action, answer in self._send(waiting, version_type, chunk):
                verdict = answer.verdict(alone=chunk == 1)
                if verdict == "refused":
                    raise answer.error(self._place)
                if verdict == "rejected":
                    rejected[action.id] = answer.reason
                elif verdict == "again":
                    again.append(action)
                    last = answer
                moved = moved or verdict == "moved"
                created += answer.status == 201
                number += 1
            if again and last is not None:
                self._wait(waits, len(again), last)
                chunk = max(1, min(chunk, number) // 2)
            waiting = again
        return Written(rejected, moved, created)

    def _send(
        self, actions: Iterable[Action], version_type: VersionType, chunk: int
    ) -> Iterator[tuple[Action, _Answer]]:
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
        for _, item in answers:
            yield sent.popleft(), _Answer.of(item["index"])

    def _wait(self, waits: Iterator[float], number: int, answer: _Answer) -> None:
        wait = next(waits, None)
        if wait is None:
            raise StoreUnavailable(
                f"the search store at {self._place} does not take {number} documents: {answer.reason}",
                hint="nothing is lost: they wait for the next run",
            )
        self._sleep(wait)


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the cluster said of one item, or of the request that it was in."""

    status: int
    """0: no answer."""
    kind: str
    reason: str
    exception: Exception | None = None

    @classmethod
    def of(cls, item: dict[str, Any]) -> _Answer:
        exception = item.get("exception")
        if isinstance(exception, ApiError):
            body = exception.body
            return cls(exception.status_code, "", reason_of(body) or str(exception), exception)
        if exception is not None:
            return cls(0, "", str(exception).splitlines()[0][:300], exception)
        error = item.get("error")
        if not error:
            return cls(int(item["status"]), "", "")
        if isinstance(error, str):
            return cls(int(item["status"]), "", error)
        kind, reason = str(error.get("type", "")), reason_of({"error": error})
        return cls(int(item["status"]), kind, f"{kind}: {reason}")

    def verdict(self, *, alone: bool) -> Literal["done", "rejected", "again", "moved", "refused"]:
        """What to do about it; `alone`: the request held nothing else."""
        if self.status in (200, 201, 409):
            return "done"
        if self.status == 404:
            return "moved"
        if self.status in BUSY or self._no_connection() or self._blocked():
            return "again"
        if self.status == 413 or (self.status == 400 and self.exception is not None):
            return "rejected" if alone else "again"  # the request as a whole: which of them is it?
        return "rejected" if self.status == 400 else "refused"

    def _no_connection(self) -> bool:
        return isinstance(self.exception, NoConnection | ConnectionTimeout)

    def _blocked(self) -> bool:
        """An index behind the alias that takes no writes any more, while the alias is being moved."""
        return self.status == 403 and self.kind == "cluster_block_exception"

    def error(self, place: str) -> StoreError:
        """What to tell of a request that can't succeed."""
        if isinstance(self.exception, ApiError):
            return api_error(self.exception, place)
        return StoreError(f"the search store at {place} refuses to be written: {self.reason}")


def patiently(
    ask: Callable[[], Answered],
    place: str,
    patience: float,
    sleep: Callable[[float], None] = time.sleep,
) -> Answered:
    """What the cluster answers, asked again for as long as our patience lasts."""
    waits = _waits(patience)
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
    return {
        "_op_type": "index",
        "_index": action.target,
        "_id": action.id,
        "version": action.version,
        "version_type": version_type,
        "_source": action.source,
    }


def _waits(patience: float) -> Iterator[float]:
    """Growing waits with jitter, until they come to the patience."""
    wait, spent = _FIRST_WAIT, 0.0
    while spent < patience:
        jittered = wait * random.uniform(0.5, 1.0)  # noqa: S311  # spreads writers, nothing secret
        spent += jittered
        wait = min(wait * 2, _LONGEST_WAIT)
        yield jittered
