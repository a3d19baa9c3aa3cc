"""The official client of Elasticsearch, without what it offers besides.

It imports aiohttp, httpx and requests where they are installed, to let one choose among them, and
speaks through urllib3. They take 17 MiB of every process and a third of a second of its start; the
second client that it holds, for asyncio, takes 4 MiB, and features that nothing here uses take 3.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

from indexer.module_loading import as_if_missing, instead

_OFFERED = ("aiohttp", "httpx", "requests")
_PARTS = ("_sync", "client")
_ASYNC = ("elasticsearch._async", "elasticsearch._async.client", "elasticsearch._async.helpers")
_USED = frozenset({"cluster", "indices", "nodes", "utils"})
"""Parts of the client that are used."""


@contextmanager
def _as_if_empty(modules: tuple[str, ...]) -> Iterator[None]:
    """Whatever is imported from these modules meanwhile is None."""
    with instead({name: _Empty(name) for name in modules}):
        yield


class _NotLoaded:
    """Stands for a part of the client; of its functions there is none."""

    def __init__(self, client: object) -> None:
        """As a part of the client is made."""


@contextmanager
def _as_if_unable(modules: tuple[str, ...]) -> Iterator[None]:
    """Whatever is imported from these modules meanwhile is a class without functions."""
    with instead({name: _Unable(name) for name in modules}):
        yield


def _unused() -> tuple[str, ...]:
    """Modules of features that are not used: the client makes one object of each, and no more."""
    package = find_spec("elasticsearch")
    places = package.submodule_search_locations if package else None
    files = [file for place in places or () for file in Path(place, *_PARTS).glob("[!_]*.py")]
    names = [file.stem for file in files if file.stem not in _USED]
    return tuple(f"elasticsearch.{'.'.join(_PARTS)}.{name}" for name in names)


class _Unable(ModuleType):
    def __getattr__(self, name: str) -> type[_NotLoaded]:
        if name.startswith("__"):
            raise AttributeError(name)
        return _NotLoaded


class _Empty(ModuleType):
    def __getattr__(self, name: str) -> None:
        if name.startswith("__"):
            raise AttributeError(name)


with as_if_missing(_OFFERED), _as_if_empty(_ASYNC), _as_if_unable(_unused()):
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
