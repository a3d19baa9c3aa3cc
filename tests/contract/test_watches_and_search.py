"""What a watch reports is what its search finds among the new: for random queries of any kind."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from benchmarks.search.documents import DocumentMaker, Vocabulary
from indexer.alerts.matching import Matcher
from indexer.alerts.watches import Watch, sync_watches
from indexer.database import tables
from indexer.database.engine import open_database
from indexer.documents.queries import current_documents, iter_documents
from indexer.records.document import NOT_NEWS
from indexer.stores.base import SearchRequest
from tests.contract.every_store import KINDS, StorePlace
from tests.contract.stores.samples import COMPILER, REFERENCE, random_query
from tests.unit.indexer.record import Record

WATCHES = {"embedded": 1_000, "elasticsearch": 250}
"""Each asks a store once, and a cluster takes ten times as long."""
NIGHT = datetime(2026, 3, 1, 2, 30, tzinfo=UTC)


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    engine = open_database(f"sqlite:///{tmp_path / 'radar.db'}")
    with engine.connect() as connection:
        yield Record(connection, NIGHT)
    engine.dispose()


def read(record: Record, maker: DocumentMaker, number: int, night: int) -> None:
    """New pages without events: changes of those are told besides."""
    documents = list(maker.documents(number))
    for place, _ in enumerate(documents):
        record.fetch(f"/{night}/{place}")
    record.read(*(dataclasses.replace(d.page, events=()) for d in documents))


@pytest.mark.parametrize("kind", KINDS)
def test_a_watch_reports_what_its_search_finds_among_the_new(
    record: Record, tmp_path: Path, kind: str, request: pytest.FixtureRequest
) -> None:
    chance = random.Random(21)
    maker = DocumentMaker(REFERENCE, Vocabulary.of(60), length=20)
    queries = [random_query(chance, maker) for _ in range(WATCHES[kind])]
    watches = [Watch(f"w{n}", f"W {n}", query, ()) for n, query in enumerate(queries)]
    read(record, maker, 20, night=1)
    sync_watches(record.connection, watches, record.now)
    known = {d.id for d in iter_documents(record.connection, current_documents())}
    record.next_night()
    read(record, maker, 20, night=2)
    matcher = Matcher(record.connection, record.run.id, record.now)
    matcher.match(watches, COMPILER, progress=lambda count: None)

    store = StorePlace(kind, request, tmp_path, COMPILER).open()
    current = list(iter_documents(record.connection, current_documents()))
    store.write([document.to_store() for document in current])
    reported: dict[str, set[str]] = {watch.id: set() for watch in watches}
    for row in record.connection.execute(sa.select(tables.match)):
        reported[row.watch].add(row.document)
    told = 0
    for watch in watches:
        asked = SearchRequest(watch.query, "newest", 0, news_only=True)
        hits = (hit for hit in store.search(asked).hits if hit.kind not in NOT_NEWS)
        found = {hit.id for hit in hits} - known
        assert reported[watch.id] == found, watch.query
        told += len(found)
    store.close()
    assert told > len(watches)
