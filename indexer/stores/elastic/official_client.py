"""The official client of Elasticsearch, without the HTTP libraries that it offers besides.

It imports aiohttp, httpx and requests where they are installed, to let one choose among them, and
speaks through urllib3. They take 17 MiB of every process and a third of a second of its start.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

_OFFERED = ("aiohttp", "httpx", "requests")
_MISSING = object()


@contextmanager
def _as_if_missing(modules: tuple[str, ...]) -> Iterator[None]:
    """An import of these modules fails meanwhile; afterwards everything is as it was."""
    before = {name: sys.modules.get(name, _MISSING) for name in modules}
    for name in modules:
        sys.modules[name] = None  # type: ignore[assignment]  # documented: makes an import fail
    try:
        yield
    finally:
        for name, module in before.items():
            if module is _MISSING:
                del sys.modules[name]
            else:
                sys.modules[name] = module  # type: ignore[assignment]  # it came from there


with _as_if_missing(_OFFERED):
    from elastic_transport import ConnectionError as NoConnection
    from elastic_transport import (
        ConnectionTimeout,
        SerializationError,
        TlsError,
        TransportError,
    )
    from elasticsearch import (
        ApiError,
        Elasticsearch,
        NotFoundError,
        OrjsonSerializer,
        UnsupportedProductError,
    )
    from elasticsearch.helpers import streaming_bulk

__all__ = (
    "ApiError",
    "ConnectionTimeout",
    "Elasticsearch",
    "NoConnection",
    "NotFoundError",
    "OrjsonSerializer",
    "SerializationError",
    "TlsError",
    "TransportError",
    "UnsupportedProductError",
    "streaming_bulk",
)
