"""Rows of runs that are long past go; what tells how a source is doing stays."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from indexer.database import tables
from indexer.frontier.past_runs import KEPT_LOOKS, reduce_past_runs
from indexer.health.statistics import LOOKS, source_statistics
from indexer.records.outcome import Outcome
from tests.unit.indexer.record import Record

NIGHTS = KEPT_LOOKS + 5


def nights(record: Record, *, looks: bool) -> None:
    """Each with one page; with or without a look at the source as a whole."""
    for _ in range(NIGHTS):
        record.ended("/a", Outcome.NOT_MODIFIED)
        if looks:
            record.run.record_source("partner", "ok", None, record.now)
        record.next_night()


def runs_with(record: Record, column: sa.Column[int]) -> list[int]:
    return list(record.connection.execute(sa.select(column).distinct().order_by(column)).scalars())


def test_the_newest_looks_stay_however_old_they_are(record: Record) -> None:
    nights(record, looks=True)
    before = source_statistics(record.connection, "partner")
    reduce_past_runs(record.connection, record.now + timedelta(days=1000))
    kept = list(range(NIGHTS - KEPT_LOOKS + 1, NIGHTS + 1))
    assert runs_with(record, tables.source_run.c.run) == kept
    assert runs_with(record, tables.visit.c.run) == kept
    assert source_statistics(record.connection, "partner") == before
    assert LOOKS <= KEPT_LOOKS


def test_outcomes_that_belong_to_no_look_go_with_their_age(record: Record) -> None:
    nights(record, looks=False)
    # The run that began two days ago, the one a day ago, and the one in progress without outcomes.
    reduce_past_runs(record.connection, record.now - timedelta(days=2))
    assert runs_with(record, tables.visit.c.run) == [NIGHTS - 1, NIGHTS]


def test_rows_of_runs_stay_without_their_summaries(record: Record) -> None:
    nights(record, looks=True)
    reduce_past_runs(record.connection, record.now - timedelta(days=2))
    run = tables.run.c
    rows = record.connection.execute(sa.select(run.id).where(run.summary.is_(sa.null()))).scalars()
    # The last one is in progress.
    assert list(rows) == [*range(1, NIGHTS - 1), NIGHTS + 1]
    assert record.count(tables.run) == NIGHTS + 1


def test_runs_of_which_nothing_is_left_cost_one_look_together(record: Record) -> None:
    nights(record, looks=False)
    later = record.now + timedelta(days=1)
    record.next_night()
    reduce_past_runs(record.connection, later)
    with record.statements() as asked:
        reduce_past_runs(record.connection, later)
    assert len(asked) == 1


def test_a_run_that_began_before_the_clock_was_told_the_time_keeps_its_own(
    record: Record,
) -> None:
    record.ended("/a", Outcome.NOT_MODIFIED)
    record.run.keep_summary({"outcomes": {}})
    reduce_past_runs(record.connection, record.now + timedelta(days=20_000))
    assert record.run.load_summary() == {"outcomes": {}}
    assert record.count(tables.visit) == 1
