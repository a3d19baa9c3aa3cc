"""Whether a scheduled run has anything to do."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from indexer.alerts.stored_watches import add_watch
from indexer.alerts.watches import Watch
from indexer.database.engine import open_database
from indexer.query import QueryCompiler
from indexer.records.reference import NO_REFERENCE
from radar.run.run import Run
from radar.run.run_summary import RunOptions
from tests.unit.indexer.record import Record

NOW = datetime(2026, 3, 1, 2, 30, tzinfo=UTC)


@pytest.mark.parametrize("ledger", ["sent", "subscriptions"])
def test_what_watches_cannot_be_told_is_no_work(tmp_path: Path, ledger: str) -> None:
    """While a ledger can't be read no run matches: each would find the same, each quarter of an
    hour, and its log would push out that of a night.
    """
    url = f"sqlite:///{tmp_path / 'radar.db'}"
    record = Record(open_database(url).connect(), NOW)
    add_watch(record.connection, Watch("tin", "Tin", "Zinn", ("feed",)), NOW, None)
    record.fetch("/a")
    record.read("Das Zinn wird knapp.")
    record.connection.exec_driver_sql("UPDATE document SET indexed = revision")
    record.ledger.commit()
    record.run.finish(NOW, {})
    settings = SimpleNamespace(
        database=url,
        sent=tmp_path / "sent.jsonl",
        subscriptions=tmp_path / "subscriptions.jsonl",
        sources=(),
        channels=(),
        timezone="UTC",
        language="en",
        watches=(),
        mistaken_watches=[],
        knows_all_watches=True,
        mistaken_ids=frozenset(),
        meaning=None,
    )
    installation: Any = SimpleNamespace(settings=settings, compiler=QueryCompiler(NO_REFERENCE, {}))
    show: Any = SimpleNamespace(stage=lambda name: None)
    later, options = NOW + timedelta(hours=1), RunOptions(due=True)
    engine = record.connection.engine

    def is_idle() -> bool:
        run = Run(installation, engine, options, lambda: later, show, threading.Event())
        return run.idle() is not None

    assert not is_idle()
    getattr(settings, ledger).mkdir()
    assert is_idle()
