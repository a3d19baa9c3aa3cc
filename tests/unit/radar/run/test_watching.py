"""Watches that are changed while a run crawls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import pytest
import sqlalchemy as sa

from indexer.alerts.matching import Matcher
from indexer.alerts.stored_watches import add_watch, change_watch, locked_watch, remove_watch
from indexer.alerts.watches import Watch, active_names
from indexer.database import tables
from indexer.query import QueryCompiler
from indexer.records.reference import NO_REFERENCE
from radar.configuration.settings import load_settings
from radar.installation.installation import Installation
from radar.run.remarks import Remarks
from radar.run.watching import Watching
from tests.unit.indexer.record import Record

NOW = datetime(2026, 3, 1, 2, 30, tzinfo=UTC)
WATCH = Watch("tin", "Tin", "Zinn", ("mailto:old@desk.example",))


@pytest.fixture
def record(connection: sa.Connection) -> Record:
    """An installation with a watch in the database."""
    record = Record(connection, NOW)
    add_watch(record.connection, WATCH, NOW, None)
    record.connection.commit()
    return record


@pytest.fixture
def watching(record: Record) -> Watching:
    """The watches of a run that has begun, and has read a page of tin."""
    settings = SimpleNamespace(
        watches=(),
        mistaken_watches=[],
        mistaken_ids=frozenset(),
        knows_all_watches=True,
        has_watch_folder=True,
        meaning=None,
    )
    installation: Any = SimpleNamespace(settings=settings, compiler=QueryCompiler(NO_REFERENCE, {}))
    show: Any = SimpleNamespace(stage=lambda name: None, advance=lambda number: None)
    watching = Watching(installation, lambda: NOW, show, Remarks())
    watching.read(record.connection)
    record.connection.commit()
    record.fetch("/a")
    record.read("Das Zinn wird knapp.")
    return watching


def messages(record: Record) -> list[tuple[str, str]]:
    outbox = tables.outbox.c
    query = sa.select(outbox.watch, outbox.channel).order_by(outbox.watch, outbox.channel)
    return [(row.watch, row.channel) for row in record.connection.execute(query)]


def test_without_the_folder_of_watches_none_ends_and_the_run_says_so(
    engine: sa.Engine, tmp_path: Path
) -> None:
    file = tmp_path / "watches" / "w.yaml"
    file.parent.mkdir()
    file.write_text("- {id: lead, name: Lead, query: Blei, channels: [feed]}\n")

    def read() -> tuple[bool, list[str]]:
        """Whether the watch goes on, and the problems of a run."""
        opened: Any = Installation(load_settings(tmp_path, {}, home=tmp_path))
        watching = Watching(opened, lambda: NOW, Mock(), Remarks())
        with engine.begin() as connection:
            watching.read(connection)
            return "lead" in active_names(connection), watching.remarks.problems

    assert read() == (True, [])
    file.rename(tmp_path / "w.yaml")
    file.parent.rmdir()
    goes_on, (problem,) = read()
    assert goes_on
    assert problem.startswith(f"{file.parent}: there is no such folder")
    assert ": lead; " in problem
    file.parent.mkdir()
    assert read() == (False, [])
    file.parent.rmdir()
    assert read() == (False, [])


def test_its_new_channel_is_told(watching: Watching, record: Record) -> None:
    changed = replace(WATCH, channels=("mailto:new@desk.example",))
    with record.connection.engine.begin() as other:
        change_watch(other, changed, NOW, None)
    assert watching.match(record.connection, record.run) == 1
    assert messages(record) == [(WATCH.id, "mailto:new@desk.example")]


def test_one_that_was_removed_is_told_nothing(watching: Watching, record: Record) -> None:
    with record.connection.engine.begin() as other:
        remove_watch(other, WATCH.id, NOW)
    assert watching.match(record.connection, record.run) == 0


def during(monkeypatch: pytest.MonkeyPatch, method: str, happens: Callable[[], None]) -> None:
    """Let something happen before a method of the matcher runs."""
    as_it_is = getattr(Matcher, method)

    def after(matcher: Matcher, *given: Any, **more: Any) -> Any:
        happens()
        return as_it_is(matcher, *given, **more)

    monkeypatch.setattr(Matcher, method, after)


@pytest.mark.parametrize(("method", "is_refused"), [("look", False), ("match", True)])
def test_none_is_changed_between_their_reading_and_their_messages(
    watching: Watching,
    record: Record,
    monkeypatch: pytest.MonkeyPatch,
    method: str,
    is_refused: bool,
) -> None:
    refused = []

    def another_writes() -> None:
        with record.connection.engine.connect() as other:
            other.exec_driver_sql("PRAGMA busy_timeout = 0")
            try:
                locked_watch(other, WATCH.id)
            except sa.exc.OperationalError as error:
                refused.append(str(error.orig))

    during(monkeypatch, method, another_writes)
    assert watching.match(record.connection, record.run) == 1
    assert refused == (["database is locked"] if is_refused else [])


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (replace(WATCH, query="Blei"), []),
        (replace(WATCH, tell=("event-moved",)), []),
        (replace(WATCH, name="Other"), [(WATCH.id, WATCH.channels[0])]),
    ],
    ids=["query", "changes told", "name"],
)
def test_one_that_is_changed_while_new_pages_are_looked_at_is_told_what_it_asks_now(
    watching: Watching,
    record: Record,
    monkeypatch: pytest.MonkeyPatch,
    changed: Watch,
    told: object,
) -> None:
    def another_writes() -> None:
        with record.connection.engine.begin() as other:
            change_watch(other, changed, NOW, None)

    during(monkeypatch, "look", another_writes)
    watching.match(record.connection, record.run)
    assert messages(record) == told


def test_one_that_cannot_be_run_any_more_is_told_of(watching: Watching, record: Record) -> None:
    with record.connection.engine.begin() as other:
        change_watch(other, replace(WATCH, query="topic:gone"), NOW, None)
    assert watching.match(record.connection, record.run) == 0
    (problem,) = watching.remarks.problems
    assert problem.startswith("watch tin: query: ")
