"""How a cluster is reached, and what its failures mean.

Certificates are always checked: by the given CA, by a fingerprint, or by the system's CAs. There
is no setting that switches this off. Keys and passwords appear in no message and no repr.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

from elastic_transport import ConnectionError as NoConnection
from elastic_transport import ConnectionTimeout, SerializationError, TlsError, TransportError
from elasticsearch import ApiError, Elasticsearch, UnsupportedProductError

from indexer.errors import StoreError, StoreUnavailable

BUSY = frozenset({429, 502, 503, 504})
"""Statuses that waiting can heal."""
_REQUEST_SECONDS = 30.0
_FINGERPRINT = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Connection:
    """Where a cluster is and how we make ourselves known to it."""

    url: str = field(repr=False)
    """`https://[user:password@]host:9200`; several nodes parted by commas."""
    api_key: str | None = field(default=None, repr=False)
    """As Elasticsearch gives it out (`encoded`)."""
    ca: Path | None = None
    """PEM file of the authority that signed the cluster's certificate."""
    fingerprint: str | None = None
    """SHA-256 of the certificate or of its authority, 64 hex digits, with or without colons."""
    name: str = "rohstoffradar"
    """Beginning of the names of indexes and aliases: two installations may share a cluster."""
    shards: int = 1
    """Of a new index; one holds some 30 GB well."""

    @property
    def place(self) -> str:
        """The addresses, without user and password, for messages."""
        return ",".join(_without_user(url) for url in addresses(self.url))

    def open(self) -> Elasticsearch:
        """A client; it connects at its first request. Safe to share between threads."""
        urls = addresses(self.url)
        given: dict[str, Any] = {}
        if self.api_key:
            given["api_key"] = self.api_key
        elif user := _user(urls[0]):
            given["basic_auth"] = user
        if any(url.startswith("https:") for url in urls):
            given |= self._trust()
        return Elasticsearch(
            [_without_user(url) for url in urls],
            request_timeout=_REQUEST_SECONDS,
            retry_on_timeout=False,
            retry_on_status=(),  # who waits and how long is decided where it is known what is at stake
            max_retries=len(urls),  # a node that is down: the next one is asked
            **given,
        )

    def _trust(self) -> dict[str, Any]:
        if self.fingerprint:
            return {"ssl_assert_fingerprint": self.fingerprint.replace(":", "").lower()}
        trust: dict[str, Any] = {"verify_certs": True, "ssl_assert_hostname": True}
        if self.ca:
            trust["ca_certs"] = str(self.ca)
        return trust


def addresses(url: str) -> list[str]:
    """The addresses of the nodes."""
    return [part.strip() for part in url.split(",") if part.strip()]


def is_fingerprint(text: str) -> bool:
    """Whether this can be a SHA-256 fingerprint."""
    return bool(_FINGERPRINT.fullmatch(text.replace(":", "").lower()))


def _user(url: str) -> tuple[str, str] | None:
    parts = urlsplit(url)
    if parts.username is None:
        return None
    return unquote(parts.username), unquote(parts.password or "")


def _without_user(url: str) -> str:
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    if (
        parts.port is None
    ):  # the client wants to be told; an address without port means the scheme's
        host = f"{host}:{443 if parts.scheme == 'https' else 80}"
    return urlunsplit((parts.scheme, host, parts.path.rstrip("/"), "", ""))


@contextmanager
def cluster_errors(place: str) -> Iterator[None]:
    """Turn the client's failures into StoreError with what to do; `place` is told to the reader."""
    try:
        yield
    except ApiError as error:
        raise api_error(error, place) from error
    except TlsError as error:
        raise StoreUnavailable(
            f"the certificate of the search store at {place} is not trusted: {_first_line(error)}",
            hint="set `ca` or `fingerprint` of `store` in radar.yaml",
        ) from error
    except UnsupportedProductError as error:
        raise StoreUnavailable(
            f"what answers at {place} is no Elasticsearch 9", hint="check `store` in radar.yaml"
        ) from error
    except ConnectionTimeout as error:
        raise StoreUnavailable(
            f"the search store at {place} did not answer in time", hint="try again later"
        ) from error
    except (NoConnection, SerializationError, TransportError) as error:
        raise StoreUnavailable(
            f"the search store at {place} does not answer: {_first_line(error)}",
            hint="start it, or check `store` in radar.yaml; nothing that waits to be indexed is lost",
        ) from error


def api_error(error: ApiError, place: str) -> StoreError:
    """What an answer with an error status means."""
    reason = reason_of(error.body) or error.message
    if error.status_code in (401, 403):
        refused = "does not know our key or user" if error.status_code == 401 else "forbids it"
        return StoreError(
            f"the search store at {place} {refused}: {reason}",
            hint="check api_key and search_api_key of `store`; the README has the rights they need",
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


def _first_line(error: Exception) -> str:
    text = str(getattr(error, "message", "") or error)
    return text.splitlines()[0][:300] if text else type(error).__name__
