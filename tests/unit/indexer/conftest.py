"""A system of record of its own for each test."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from tests.unit.indexer.record import Record

NIGHT = datetime(2026, 3, 1, 2, 30, tzinfo=UTC)


@pytest.fixture
def record(connection: sa.Connection) -> Record:
    return Record(connection, NIGHT)
