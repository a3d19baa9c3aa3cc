"""An index that is built again while a run goes on."""

from __future__ import annotations

from datetime import UTC, datetime
from unittest.mock import Mock

import pytest
import sqlalchemy as sa

from indexer.database import tables
from indexer.database.index_marks import WRITE_AGAIN
from radar.run import rebuild
from tests.unit.indexer.record import HOME, Record, backlog


@pytest.mark.parametrize("meanwhile", [True, False])
def test_a_page_that_changes_while_the_index_is_filled_is_written_again(
    connection: sa.Connection, monkeypatch: pytest.MonkeyPatch, *, meanwhile: bool
) -> None:
    record = Record(connection, datetime(2026, 3, 1, 2, 30, tzinfo=UTC))
    record.fetch("/a")
    record.read("Text.")
    connection.execute(sa.update(tables.document).values(indexed=1))
    mark = sa.update(tables.document).values(indexed=WRITE_AGAIN)
    if not meanwhile:
        connection.execute(mark)
    connection.commit()

    def fill(*_: object) -> tuple[int, dict[str, str]]:
        if meanwhile:
            connection.execute(mark)
        return 10, {}

    monkeypatch.setattr(rebuild, "_fill", fill)
    monkeypatch.setattr(rebuild, "refuse_foreign_index", Mock())
    monkeypatch.setattr(rebuild, "compare_documents", Mock())
    rebuild.refill(connection, Mock(), Mock())
    waiting = [document.url for document in backlog(connection, 10)]
    assert waiting == ([f"{HOME}/a"] if meanwhile else [])
