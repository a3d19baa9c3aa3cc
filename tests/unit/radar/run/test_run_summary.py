"""What is told of a run."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from radar.run.run_summary import RunSummary

BEGUN = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


def test_a_run_takes_no_negative_time_where_the_clock_is_put_back() -> None:
    assert RunSummary(1, BEGUN, BEGUN + timedelta(seconds=2.04)).seconds == 2.0
    assert RunSummary(1, BEGUN, BEGUN - timedelta(days=1)).seconds == 0.0
