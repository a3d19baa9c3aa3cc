"""Opens the official client and turns its failures into StoreError."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from indexer.records.errors import StoreError, StoreUnavailable
from indexer.stores.elastic.address import Connection
from indexer.stores.elastic.official_client import (
    ApiError,
    ConnectionTimeout,
    Elasticsearch,
    NoConnection,
    OrjsonSerializer,
    SerializationError,
    TlsError,
    TransportError,
    UnsupportedProductError,
)

BUSY = frozenset({429, 502, 503, 504})
"""Statuses after which a retry can succeed."""
BLOCKED = "cluster_block_exception"
"""Type of an error: somebody has made the cluster or an index read-only, as a disk was full."""
_REQUEST_SECONDS = 30.0
_CONNECTIONS = 40
"""To each node: as many as a server answers requests at once (the threads of anyio). With fewer,
requests wait for a free one, and not in turn: of 50 clients some waited three times as long as
others.
"""

# Its reports on failing nodes belong in the log, if there is one, not on the terminal.
logging.getLogger("elastic_transport").addHandler(logging.NullHandler())


def open_client(connection: Connection) -> Elasticsearch:
    """A client; it connects at its first request. Safe to share between threads."""
    given: dict[str, Any] = {}
    if connection.api_key:
        given["api_key"] = connection.api_key
    elif connection.user:
        given["basic_auth"] = connection.user
    if any(url.startswith("https:") for url in connection.nodes):
        given |= _trust(connection)
    return Elasticsearch(
        connection.nodes,
        request_timeout=_REQUEST_SECONDS,
        connections_per_node=_CONNECTIONS,
        retry_on_timeout=False,
        retry_on_status=(),  # callers decide how long to wait
        max_retries=len(connection.nodes),  # if a node is down, the next one is used
        serializers={"application/json": OrjsonSerializer()},
        **given,
    )


def _trust(connection: Connection) -> dict[str, Any]:
    if connection.fingerprint:
        return {"ssl_assert_fingerprint": connection.fingerprint.replace(":", "").lower()}
    trust: dict[str, Any] = {"verify_certs": True}
    if connection.ca:
        trust["ca_certs"] = str(connection.ca)
    return trust


@contextmanager
def cluster_errors(place: str) -> Iterator[None]:
    """Turn the client's failures into StoreError with a hint; messages name the `place`."""
    try:
        yield
    except ApiError as error:
        raise api_error(error, place) from error
    except TlsError as error:
        reason = _first_line(error)
        is_out_of_time = "expired" in reason or "not yet valid" in reason
        raise StoreUnavailable(
            f"the certificate of the search store at {place} is not trusted: {reason}",
            hint="renew it there, or set the clock of this machine"
            if is_out_of_time
            else "set `ca` or `fingerprint` of `store` in radar.yaml",
        ) from error
    except UnsupportedProductError as error:
        raise StoreUnavailable(
            f"the server at {place} is not Elasticsearch 9", hint="check `store` in radar.yaml"
        ) from error
    except ConnectionTimeout as error:
        raise StoreUnavailable(
            f"the search store at {place} did not answer in time", hint="try again later"
        ) from error
    except (NoConnection, SerializationError, TransportError) as error:
        raise StoreUnavailable(
            f"the search store at {place} does not answer: {_first_line(error)}",
            hint="start it, or check `store` in radar.yaml;"
            " documents that wait to be indexed are not lost",
        ) from error


def api_error(error: ApiError, place: str) -> StoreError:
    """The error for a reply with an error status."""
    reason = reason_of(error.body) or error.message
    if error.status_code not in BUSY and type_of(error.body) == BLOCKED:
        return StoreUnavailable(
            f"the search store at {place} is blocked: {reason}",
            hint="lift the block there; documents that wait to be indexed are not lost",
        )
    if error.status_code in (401, 403):
        refused = "does not know our key or user" if error.status_code == 401 else "forbids it"
        return StoreError(
            f"the search store at {place} {refused}: {reason}",
            hint="check api_key and search_api_key of `store`;"
            " docs/elasticsearch.md has the rights they need",
        )
    if error.status_code in BUSY:
        return StoreUnavailable(
            f"the search store at {place} can't answer now ({error.status_code}): {reason}",
            hint="try again later",
        )
    return StoreError(f"the search store at {place} refuses ({error.status_code}): {reason}")


def reason_of(body: Any) -> str:
    """The innermost reason that an error body of Elasticsearch gives."""
    found = ""
    while isinstance(body, dict):
        if body.get("reason"):
            found = str(body["reason"]) if not isinstance(body["reason"], dict) else found
        root = body.get("root_cause")
        body = body.get("error") or body.get("caused_by") or (root[0] if root else None)
        if isinstance(body, str):
            return found or body
    return found


def type_of(body: Any) -> str:
    """The type that an error body of Elasticsearch gives; empty: none."""
    error = body.get("error") if isinstance(body, dict) else None
    return str(error.get("type", "")) if isinstance(error, dict) else ""


def _first_line(error: Exception) -> str:
    text = str(getattr(error, "message", "") or error)
    return text.splitlines()[0][:300] if text else type(error).__name__
