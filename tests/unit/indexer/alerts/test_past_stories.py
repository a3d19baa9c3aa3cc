"""What a watch told long ago is not read: years of matches do not slow a run."""

from __future__ import annotations

from indexer.alerts.past_stories import PastStories
from indexer.alerts.stories import StoryBook
from indexer.alerts.told import contents_of
from tests.unit.indexer.record import Record


def test_matches_are_looked_up_by_watch_and_time_and_passages_by_match(record: Record) -> None:
    with record.statements() as asked:
        PastStories(record.connection, record.now).enter({"one": StoryBook(), "two": StoryBook()})
        contents_of(record.connection, [1, 2])
    plans = [
        row.detail
        for statement, parameters in asked
        for row in record.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
    ]
    assert [plan for plan in plans if plan.startswith("SCAN")] == []
    by_watch = [plan for plan in plans if "(watch=?" in plan]
    assert len(by_watch) == 2
    assert all("created>?" in plan for plan in by_watch)
