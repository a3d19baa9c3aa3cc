"""The official client of Elasticsearch, without what it offers besides.

It imports aiohttp, httpx and requests where they are installed, to let one choose among them, and
speaks through urllib3. They take 17 MiB of every process and a third of a second of its start; the
second client that it holds, for asyncio, takes 4 MiB.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import ModuleType

_OFFERED = ("aiohttp", "httpx", "requests")
_ASYNC = ("elasticsearch._async", "elasticsearch._async.client", "elasticsearch._async.helpers")
_MISSING = object()


@contextmanager
def _as_if_missing(modules: tuple[str, ...]) -> Iterator[None]:
    """An import of these modules fails meanwhile; afterwards everything is as it was."""
    # documented: None makes an import fail
    with _instead(dict.fromkeys(modules)):
        yield


@contextmanager
def _as_if_empty(modules: tuple[str, ...]) -> Iterator[None]:
    """Whatever is imported from these modules meanwhile is None."""
    with _instead({name: _Empty(name) for name in modules}):
        yield


class _Empty(ModuleType):
    def __getattr__(self, name: str) -> None:
        if name.startswith("__"):
            raise AttributeError(name)


@contextmanager
def _instead(modules: Mapping[str, ModuleType | None]) -> Iterator[None]:
    before = {name: sys.modules.get(name, _MISSING) for name in modules}
    sys.modules.update(modules)  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name, module in before.items():
            if module is _MISSING:
                del sys.modules[name]
            else:
                sys.modules[name] = module  # type: ignore[assignment]  # it came from there


with _as_if_missing(_OFFERED), _as_if_empty(_ASYNC):
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
