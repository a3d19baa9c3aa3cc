"""Waiting after failures in a row."""

from __future__ import annotations

from datetime import timedelta

import pytest

from indexer.frontier.recrawl.backoff import backoff_delay

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("times", "hours"), [(-1, 0), (0, 1), (1, 2), (4, 16), (5, 20), (31, 20), (10**9, 20)]
)
def test_each_time_twice_as_long_up_to_the_longest(times: int, hours: int) -> None:
    assert backoff_delay(HOUR, times, 20 * HOUR) == hours * HOUR
