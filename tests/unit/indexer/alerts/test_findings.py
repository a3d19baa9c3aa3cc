"""What watches told lately is counted without what was not told by itself."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from indexer.alerts.findings import Tally, tallies
from indexer.alerts.reasons import LATER_PLACE
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
    every = tables.match.c
    whole = tallies(record.connection, first)
    assert (whole[WATCH.id].told, list(whole)) == (3, [WATCH.id])
    newest = whole[WATCH.id].newest
    assert tallies(record.connection, newest) == {WATCH.id: Tally(1, newest)}
    assert tallies(record.connection, newest + timedelta(seconds=1)) == {WATCH.id: Tally(0, newest)}
    repeated = sa.update(tables.match).where(every.created == newest)
    record.connection.execute(repeated.values(state="suppressed", reason=LATER_PLACE))
    assert tallies(record.connection, first)[WATCH.id].told == 2
