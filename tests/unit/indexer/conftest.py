"""A system of record of its own for each test."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from indexer.database.engine import open_database
from tests.unit.indexer.record import Record

NIGHT = datetime(2026, 3, 1, 2, 30, tzinfo=UTC)


@pytest.fixture
def engine(tmp_path) -> Iterator[sa.Engine]:
    engine = open_database(f"sqlite:///{tmp_path / 'radar.db'}")
    yield engine
    engine.dispose()


@pytest.fixture
def record(engine: sa.Engine) -> Iterator[Record]:
    with engine.connect() as connection:
        yield Record(connection, NIGHT)
