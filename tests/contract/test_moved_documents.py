"""What moved is found once, at its new address, in every search store; cut off anywhere, too."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from indexer.database.engine import open_database
from indexer.documents.queries import documents_after
from indexer.query import QueryCompiler
from indexer.records.document import DocumentId
from indexer.records.errors import StoreUnavailable
from indexer.records.reference import load_reference
from indexer.stores.base import SearchRequest, Store
from radar.stages.index import index_backlog
from tests.contract.every_store import KINDS, StorePlace
from tests.unit.indexer.record import HOME, Record

COMPILER = QueryCompiler(load_reference(), {})
TEXT = "Die Hütte fördert Kupfer.\n\nIm Sommer folgt die zweite Sohle."


class Place(StorePlace):
    """With the store open."""

    def __init__(self, kind: str, request: pytest.FixtureRequest, folder: Path) -> None:
        super().__init__(kind, request, folder, COMPILER)
        self.store = self.open()

    def found(self) -> list[str]:
        result = self.store.search(SearchRequest("Kupfer", limit=0))
        return sorted(hit.url.removeprefix(HOME) for hit in result.hits)


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    made = Place(request.param, request, tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    engine = open_database(f"sqlite:///{tmp_path / 'radar.db'}")
    with engine.connect() as connection:
        yield Record(connection, datetime(2026, 3, 1, 2, 30, tzinfo=UTC))
    engine.dispose()


def index(record: Record, store: Store) -> int:
    done = index_backlog(
        record.connection, store, progress=lambda number: None, stopped=lambda: False
    )
    return done.written


def moved(record: Record, store: Store) -> None:
    """A page that was indexed redirects to another address on the next night."""
    record.fetch("/a")
    record.read(TEXT)
    index(record, store)
    record.next_night()
    record.fetch("/a", to="/b")
    record.read(TEXT)


def test_only_the_new_address_is_found(place: Place, record: Record) -> None:
    moved(record, place.store)
    assert place.found() == ["/a"]
    assert index(record, place.store) == 1
    assert place.found() == ["/b"]
    assert place.store.count() == 1
    assert index(record, place.store) == 0


def test_a_page_that_comes_back_is_found_again(place: Place, record: Record) -> None:
    moved(record, place.store)
    index(record, place.store)
    record.next_night(40)
    record.fetch("/b", to="/a")
    record.read(TEXT)
    assert index(record, place.store) == 1
    assert place.found() == ["/a"]


class _Killed(Exception):
    """Stands for a kill at this moment."""


class _Cut:
    """A store whose program is killed when it deletes: before the store has done it, or after."""

    def __init__(self, store: Store, *, after: bool) -> None:
        self._store, self._after = store, after
        self.write, self.count = store.write, store.count
        self.writes_at_once = store.writes_at_once

    def delete(self, ids: Collection[DocumentId]) -> None:
        if self._after:
            self._store.delete(ids)
        raise _Killed


@pytest.mark.parametrize("after", [False, True])
def test_cut_off_at_the_removal_it_is_done_by_the_next_run(
    place: Place, record: Record, after: bool
) -> None:
    moved(record, place.store)
    with pytest.raises(_Killed):
        index(record, _Cut(place.store, after=after))  # type: ignore[arg-type]
    record.connection.rollback()
    assert "/b" in place.found()
    index(record, place.store)
    assert place.found() == ["/b"]


def test_a_store_that_fails_at_the_removal_keeps_it_for_later(
    place: Place, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(ids: Collection[DocumentId]) -> None:
        raise StoreUnavailable("down")

    moved(record, place.store)
    with monkeypatch.context() as patched:
        patched.setattr(place.store, "delete", fail)
        with pytest.raises(StoreUnavailable):
            index(record, place.store)
    record.connection.rollback()
    index(record, place.store)
    assert place.found() == ["/b"]


def test_a_rebuild_leaves_out_what_moved(place: Place, record: Record) -> None:
    moved(record, place.store)
    index(record, place.store)
    rebuild = place.rebuild()
    rebuild.write([found.to_store() for found in documents_after(record.connection, 0, 10)])
    rebuild.finish()
    assert place.found() == ["/b"]


@pytest.mark.parametrize("place", ["elasticsearch"], indirect=True)
def test_what_moves_during_a_rebuild_is_not_put_back(place: Place, record: Record) -> None:
    """The embedded store takes no run beside a rebuild."""
    record.fetch("/a")
    record.read(TEXT)
    index(record, place.store)
    rebuild = place.rebuild()
    read_before = [found.to_store() for found in documents_after(record.connection, 0, 10)]
    record.next_night()
    record.fetch("/a", to="/b")
    record.read(TEXT)
    index(record, place.store)
    rebuild.write(read_before)
    rebuild.finish()
    assert place.found() == ["/b"]
