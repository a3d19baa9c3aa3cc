"""What watches told lately is counted: what was sent, and nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from indexer.alerts.findings import RECALLED, Tally, tallies
from indexer.alerts.reasons import LATER_PLACE, NEVER_A_CHANNEL
from indexer.database import tables
from tests.unit.indexer.alerts.test_matching import WATCH, match
from tests.unit.indexer.record import Record


def test_a_tally_counts_what_was_told_since_then(record: Record) -> None:
    match(record, WATCH)
    assert tallies(record.connection, record.now) == {}
    first = record.now
    for path in ("/a", "/b", "/c"):
        record.fetch(path)
        record.read(f"Der Clusterplan {path} kommt.")
        match(record, WATCH)
        record.next_night()
    _settle(record, "sent")
    whole = tallies(record.connection, first)
    assert (whole[WATCH.id].told, list(whole)) == (3, [WATCH.id])
    newest = whole[WATCH.id].newest
    assert tallies(record.connection, newest) == {WATCH.id: Tally(1, newest)}
    assert tallies(record.connection, newest + timedelta(seconds=1)) == {WATCH.id: Tally(0, newest)}


@pytest.mark.parametrize(
    ("state", "reason"),
    [("pending", None), ("suppressed", LATER_PLACE), ("suppressed", NEVER_A_CHANNEL)],
)
def test_what_was_not_sent_was_not_told(record: Record, state: str, reason: str | None) -> None:
    match(record, WATCH)
    first = record.now
    record.fetch("/a")
    record.read("Der Clusterplan kommt.")
    match(record, WATCH)
    _settle(record, state, reason)
    assert tallies(record.connection, first) == {}


def test_matches_of_more_than_a_year_ago_are_not_looked_at(record: Record) -> None:
    match(record, WATCH)
    record.fetch("/a")
    record.read("Der Clusterplan kommt.")
    match(record, WATCH)
    _settle(record, "sent")
    told = record.now
    with record.statements() as asked:
        assert list(tallies(record.connection, told + RECALLED)) == [WATCH.id]
        assert tallies(record.connection, told + RECALLED + timedelta(days=1)) == {}
    statement, parameters = asked[0]
    plan = record.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
    looks = [row.detail for row in plan if "match" in row.detail]
    assert len(looks) == 2
    assert all("(watch=? AND created>?)" in look for look in looks), looks


def _settle(record: Record, state: str, reason: str | None = None) -> None:
    record.connection.execute(sa.update(tables.match).values(state=state, reason=reason))
