"""The kinds of search stores that an installation can have: how each is opened and described.

A new kind without a server is a class here, its line in `WITHOUT_SERVER`, and its name in
`radar.configuration.values.STORES_WITHOUT_SERVER`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal, Protocol

from indexer.query import QueryCompiler
from indexer.stores.base import Rebuild, Store
from radar.configuration.settings import ElasticSettings, Settings

Level = Literal["ok", "note"]

# What opens a store imports it then: the client of a cluster takes a good part of a second, the
# embedded store 3 MB, and a command that only crawls needs none of it.


class StoreKind(Protocol):
    """A search store as configured."""

    runs_beside_rebuild: ClassVar[bool]
    """Whether a run may write while a rebuild fills a new index."""

    @property
    def place(self) -> str:
        """Where the index is, for messages."""

    @property
    def remedy(self) -> str:
        """What to do where it belongs to another installation."""

    def open(self, *, writable: bool) -> Store:
        """The store; the caller closes it."""

    def open_rebuild(self) -> Rebuild:
        """A new index beside the one in use."""

    def describe(self) -> Iterator[tuple[Level, str]]:
        """What `radar check` says of its configuration."""


@dataclass(frozen=True, slots=True)
class EmbeddedKind:
    """The index in the data folder. It has one writer."""

    settings: Settings
    compiler: QueryCompiler
    runs_beside_rebuild: ClassVar[bool] = False

    @property
    def place(self) -> str:
        """Its folder."""
        return f"in {self.settings.index}"

    @property
    def remedy(self) -> str:
        """It is a view of the database, so that it can be made again."""
        return (
            f"move {self.settings.index} away and run `radar rebuild`, or name this installation's "
            "own data folder with RADAR_HOME"
        )

    def open(self, *, writable: bool) -> Store:
        """The store; the caller closes it."""
        from indexer.stores.embedded import EmbeddedStore  # noqa: PLC0415  # see above

        return EmbeddedStore(self.settings.index, self.compiler, writable=writable)

    def open_rebuild(self) -> Rebuild:
        """A new index beside the one in use."""
        from indexer.stores.embedded import open_rebuild  # noqa: PLC0415  # see above

        return open_rebuild(self.settings.index, self.compiler)

    def describe(self) -> Iterator[tuple[Level, str]]:
        """Nothing is configured."""
        return iter(())


@dataclass(frozen=True, slots=True)
class ElasticKind:
    """An Elasticsearch cluster. It takes several writers."""

    cluster: ElasticSettings
    compiler: QueryCompiler
    runs_beside_rebuild: ClassVar[bool] = True

    @property
    def place(self) -> str:
        """Its names in the cluster."""
        return f"{self.cluster.writing.name}-* at {self.cluster.writing.place}"

    @property
    def remedy(self) -> str:
        """Installations that share a cluster need names of their own."""
        return (
            "give this installation a `name` of its own under `store` in radar.yaml, or delete the "
            f"indexes {self.cluster.writing.name}-index-* if nobody needs them"
        )

    def open(self, *, writable: bool) -> Store:
        """The store; the caller closes it."""
        from indexer.stores.elastic.store import ElasticStore  # noqa: PLC0415  # see above

        connection = self.cluster.writing if writable else self.cluster.reading
        return ElasticStore(connection, self.compiler, writable=writable)

    def open_rebuild(self) -> Rebuild:
        """A new index beside the one in use."""
        from indexer.stores.elastic.rebuild import ElasticRebuild  # noqa: PLC0415  # see above

        return ElasticRebuild(self.cluster.writing, self.compiler)

    def describe(self) -> Iterator[tuple[Level, str]]:
        """Its address, and whether searches have a key of their own."""
        reading = self.cluster.reading
        yield "ok", f"Elasticsearch at {reading.place}, indexes {reading.name}-*"
        if self.cluster.writing.api_key and self.cluster.one_key:
            yield "note", "no search_api_key: searches use the key that may write"


WITHOUT_SERVER: Mapping[str, Callable[[Settings, QueryCompiler], StoreKind]] = {
    "embedded": EmbeddedKind,
}
"""Kinds that are configured by their name alone."""


def store_kind(settings: Settings, compiler: QueryCompiler) -> StoreKind:
    """The configured kind."""
    if isinstance(settings.store, ElasticSettings):
        return ElasticKind(settings.store, compiler)
    return WITHOUT_SERVER[settings.store](settings, compiler)
