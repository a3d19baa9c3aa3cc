"""Every search store that the contract holds for: how it is opened, and how it is rebuilt."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.query import QueryCompiler
from indexer.stores.base import Rebuild, Store
from indexer.stores.elastic.rebuild import ElasticRebuild
from indexer.stores.elastic.store import ElasticStore
from indexer.stores.embedded import EmbeddedStore, open_rebuild

KINDS = ("embedded", "elasticsearch")


class StorePlace:
    """Where the index of a store lies: a folder, or a server of the tests."""

    def __init__(
        self, kind: str, request: pytest.FixtureRequest, folder: Path, compiler: QueryCompiler
    ) -> None:
        self.kind, self.folder = kind, folder / "index"
        self._compiler = compiler
        if kind == "elasticsearch":
            self.connection = request.getfixturevalue("elasticsearch_connection")

    def open(self) -> Store:
        """The store, to be written to."""
        if self.kind == "embedded":
            return EmbeddedStore(self.folder, self._compiler, writable=True)
        return ElasticStore(self.connection, self._compiler, writable=True, patience=20)

    def rebuild(self) -> Rebuild:
        """A new index for the store."""
        if self.kind == "embedded":
            return open_rebuild(self.folder, self._compiler)
        return ElasticRebuild(self.connection, self._compiler)
