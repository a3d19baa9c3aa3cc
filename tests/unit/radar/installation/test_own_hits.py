"""Searches over an index that is not what the database has written."""

from __future__ import annotations

from datetime import UTC, datetime
from unittest.mock import Mock

import pytest
import sqlalchemy as sa

from indexer.database.engine import open_database
from indexer.database.epochs import begin_epoch
from indexer.documents.backlog import mark_indexed
from indexer.records.errors import DatabaseError, DatabaseNewer
from indexer.records.origin import Origin
from indexer.stores.base import SearchRequest, SearchResult
from radar.installation.belonging import AHEAD, LACKING
from radar.installation.own_hits import OwnHits
from tests.unit.indexer.record import Record, backlog

NOW = datetime(2026, 3, 1, 2, 30, tzinfo=UTC)
WRITTEN = 2
"""Documents that the database has written to the index."""


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> sa.Engine:
    engine = open_database(f"sqlite:///{tmp_path_factory.mktemp('database') / 'radar.db'}")
    with engine.connect() as connection:
        record = Record(connection, NOW)
        for number in range(WRITTEN + 1):
            record.fetch(f"/{number}")
        record.read(*(f"Zinn {number}" for number in range(WRITTEN + 1)))
        mark_indexed(connection, backlog(connection, WRITTEN))
        connection.commit()
    return engine


@pytest.fixture(scope="module")
def origins(database: sa.Engine) -> tuple[Origin, Origin]:
    """Of an index that was put back, and of the one that was written last."""
    with database.begin() as connection:
        return begin_epoch(connection), begin_epoch(connection)


def searched(database: sa.Engine, origin: Origin | None, held: int) -> tuple[str | None, bool]:
    """What is said of the index, and whether a search is incomplete."""
    store = Mock()
    store.origin.return_value, store.count.return_value = origin, held
    store.search.return_value = SearchResult(0, ())
    hits = OwnHits(Mock(), store, lambda: database)
    return hits.gap(), hits.search(SearchRequest("Zinn")).incomplete


def test_an_index_that_lacks_what_was_written_to_it_answers_in_part(
    database: sa.Engine, origins: tuple[Origin, Origin]
) -> None:
    """It is gone, or was put back: nothing found is not nothing there."""
    assert searched(database, None, 0) == (LACKING, True)
    assert searched(database, origins[0], WRITTEN - 1) == (LACKING, True)


def test_what_waits_to_be_written_for_the_first_time_is_no_gap(
    database: sa.Engine, origins: tuple[Origin, Origin]
) -> None:
    """The run that was killed before it told the index of its epoch has taken nothing from it."""
    assert searched(database, origins[0], WRITTEN) == (None, False)
    assert searched(database, origins[1], 0) == (None, False)


def test_an_index_that_is_ahead_is_called_so(
    database: sa.Engine, origins: tuple[Origin, Origin]
) -> None:
    assert searched(database, Origin(origins[0].installation, "unknown"), 0) == (AHEAD, True)


def test_a_database_that_cannot_be_read_stops_no_search_but_one_of_a_newer_version() -> None:
    store = Mock()
    store.search.return_value = SearchResult(0, ())
    damaged = OwnHits(Mock(), store, Mock(side_effect=DatabaseError("damaged")))
    assert damaged.search(SearchRequest("Zinn")) == SearchResult(0, ())
    newer = OwnHits(Mock(), store, Mock(side_effect=DatabaseNewer("of a newer version")))
    with pytest.raises(DatabaseNewer):
        newer.search(SearchRequest("Zinn"))
