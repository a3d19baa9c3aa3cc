"""What may no longer be kept goes as far as it can, whatever can't go now."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest
import sqlalchemy as sa

from indexer.records.errors import DatabaseError, StoreUnavailable
from radar.erasure.retention import Removed
from radar.run import run as run_module
from radar.run.run import Run
from radar.run.run_summary import RunOptions

NOW = datetime(2026, 3, 1, 2, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "error",
    [IsADirectoryError(21, "Is a directory", "labels/bob.jsonl"), StoreUnavailable("gone")],
    ids=["labels", "store"],
)
def test_what_is_to_be_forgotten_and_can_not_be_does_not_keep_what_rights_forbid(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    done: list[str] = []

    class Stuck:
        losses = ()

        def __init__(self, *parts: object) -> None:
            del parts

        def remove_returned_labels(self) -> int:
            return 0

        def complete_interrupted(self) -> None:
            raise error

        def erase_reappeared(self) -> None:
            done.append("reappeared")

    def enforce(*parts: object) -> Removed:
        done.append("retention")
        return Removed()

    monkeypatch.setattr(run_module, "Eraser", Stuck)
    monkeypatch.setattr(run_module, "enforce_retention", enforce)
    settings = SimpleNamespace(sources=(), archive=None)
    installation: Any = SimpleNamespace(settings=settings)
    record: Any = SimpleNamespace(id=1)
    engine, show = sa.create_engine("sqlite://"), Any
    run = Run(installation, engine, RunOptions(), lambda: NOW, show, threading.Event())
    with engine.connect() as connection:
        run._enforce_retention(connection, record, NOW)
    assert done == ["reappeared", "retention"]
    [problem] = run.problems
    assert problem.startswith("to be forgotten: ")


def test_a_mistake_in_the_index_keeps_no_watch_from_being_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Else one document at which it fails would end each run before its matches."""

    def fail(*_: object, **__: object) -> None:
        raise KeyError("lang")

    monkeypatch.setattr(run_module, "compare_documents", fail)
    installation: Any = SimpleNamespace(store=fail)
    engine, show = sa.create_engine("sqlite://"), SimpleNamespace(stage=lambda _: None)
    run = Run(installation, engine, RunOptions(), lambda: NOW, cast("Any", show), threading.Event())
    with engine.connect() as connection:
        assert run._index(connection).written == 0
    assert run.problems == [
        f"{what}: internal error: KeyError: 'lang'" for what in ("stories", "search index")
    ]


def test_a_database_that_fails_in_the_index_ends_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise DatabaseError("the database is locked by another program")

    monkeypatch.setattr(run_module, "compare_documents", fail)
    engine, show = sa.create_engine("sqlite://"), SimpleNamespace(stage=lambda _: None)
    nothing: Any = None
    run = Run(nothing, engine, RunOptions(), lambda: NOW, cast("Any", show), threading.Event())
    with engine.connect() as connection, pytest.raises(DatabaseError):
        run._index(connection)


def test_what_is_failed_at_twice_in_a_run_is_told_once() -> None:
    installation: Any = SimpleNamespace()
    engine, show = sa.create_engine("sqlite://"), Any
    run = Run(installation, engine, RunOptions(), lambda: NOW, show, threading.Event())
    with engine.connect() as connection:
        for what in ("links of events", "links of events", "pages that moved"):
            with run._going_on(connection, what):
                raise KeyError("mistake")
    assert run.problems == [
        "links of events: internal error: KeyError: 'mistake'",
        "pages that moved: internal error: KeyError: 'mistake'",
    ]
