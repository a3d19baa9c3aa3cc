"""Watches that are changed while a run crawls."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa

from indexer.alerts.stored_watches import add_watch, change_watch, locked_watch, remove_watch
from indexer.alerts.watches import Watch
from indexer.database import tables
from indexer.database.engine import open_database
from indexer.query import QueryCompiler
from indexer.records.reference import NO_REFERENCE
from radar.run.run import Run
from radar.run.run_summary import RunOptions
from tests.unit.indexer.record import Record

NOW = datetime(2026, 3, 1, 2, 30, tzinfo=UTC)
WATCH = Watch("tin", "Tin", "Zinn", ("mailto:old@desk.example",))


@pytest.fixture
def record(tmp_path: Path) -> Record:
    """An installation with a watch in the database."""
    record = Record(open_database(f"sqlite:///{tmp_path / 'radar.db'}").connect(), NOW)
    add_watch(record.connection, WATCH, NOW, None)
    record.connection.commit()
    return record


@pytest.fixture
def run(record: Record) -> Run:
    """A run that has begun, and has read a page of tin."""
    settings = SimpleNamespace(
        watches=(), mistaken_watches=[], mistaken_ids=frozenset(), meaning=None
    )
    installation: Any = SimpleNamespace(settings=settings, compiler=QueryCompiler(NO_REFERENCE, {}))
    show: Any = SimpleNamespace(stage=lambda name: None, advance=lambda number: None)
    engine = record.connection.engine
    run = Run(installation, engine, RunOptions(), lambda: NOW, show, threading.Event())
    run._read_watches(record.connection)
    record.connection.commit()
    record.fetch("/a")
    record.read("Das Zinn wird knapp.")
    return run


def messages(record: Record) -> list[tuple[str, str]]:
    outbox = tables.outbox.c
    query = sa.select(outbox.watch, outbox.channel).order_by(outbox.watch, outbox.channel)
    return [(row.watch, row.channel) for row in record.connection.execute(query)]


def test_its_new_channel_is_told(run: Run, record: Record) -> None:
    changed = replace(WATCH, channels=("mailto:new@desk.example",))
    with record.connection.engine.begin() as other:
        change_watch(other, changed, NOW, None)
    assert run._match(record.connection, record.run) == 1
    assert messages(record) == [(WATCH.id, "mailto:new@desk.example")]


def test_one_that_was_removed_is_told_nothing(run: Run, record: Record) -> None:
    with record.connection.engine.begin() as other:
        remove_watch(other, WATCH.id)
    assert run._match(record.connection, record.run) == 0


def test_none_is_changed_between_their_reading_and_their_messages(
    run: Run, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    runnable = run._runnable
    refused = []

    def read_while_another_writes(watches: Any) -> Any:
        with record.connection.engine.connect() as other:
            other.exec_driver_sql("PRAGMA busy_timeout = 0")
            try:
                locked_watch(other, WATCH.id)
            except sa.exc.OperationalError as error:
                refused.append(str(error.orig))
        return runnable(watches)

    monkeypatch.setattr(Run, "_runnable", lambda self, watches: read_while_another_writes(watches))
    assert run._match(record.connection, record.run) == 1
    assert refused == ["database is locked"]
