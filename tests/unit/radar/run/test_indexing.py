"""What fails in the stage index, and what goes on."""

from __future__ import annotations

import threading
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa

from indexer.records.errors import DatabaseError
from radar.run import indexing
from radar.run.indexing import Indexing
from radar.run.remarks import Remarks


def test_a_mistake_in_the_index_keeps_no_watch_from_being_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Else one document at which it fails would end each run before its matches."""

    def fail(*_: object, **__: object) -> None:
        raise KeyError("lang")

    monkeypatch.setattr(indexing, "compare_documents", fail)
    installation: Any = SimpleNamespace(store=fail)
    show: Any = None
    remarks = Remarks()
    indexes = Indexing(installation, show, threading.Event(), remarks)
    with sa.create_engine("sqlite://").connect() as connection:
        assert indexes.write(connection, rejected_again=False).written == 0
    assert remarks.problems == [
        f"{what}: internal error: KeyError: 'lang'" for what in ("stories", "search index")
    ]


def test_a_database_that_fails_in_the_index_ends_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise DatabaseError("the database is locked by another program")

    monkeypatch.setattr(indexing, "compare_documents", fail)
    nothing: Any = None
    indexes = Indexing(nothing, nothing, threading.Event(), Remarks())
    engine = sa.create_engine("sqlite://")
    with engine.connect() as connection, pytest.raises(DatabaseError):
        indexes.write(connection, rejected_again=False)
