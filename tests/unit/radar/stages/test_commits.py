from __future__ import annotations

from unittest.mock import Mock

import pytest

from crawler.spiders.journal import SECONDS
from radar.stages import commits as module
from radar.stages.commits import Commits


class Clock:
    now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(module, "time", clock)
    return clock


def test_a_full_batch_is_committed_and_what_is_left_before_a_wait(clock: Clock) -> None:
    connection = Mock()
    commits = Commits(connection, 3)
    for committed in (0, 0, 1, 1):
        commits.wrote()
        assert connection.commit.call_count == committed
    commits.flush()
    assert connection.commit.call_count == 2
    commits.flush()
    assert connection.commit.call_count == 2


def test_nothing_waits_for_long(clock: Clock) -> None:
    """Until it is committed nobody else can write."""
    connection = Mock()
    commits = Commits(connection, 50)
    clock.now += SECONDS
    for committed in (1, 2):
        commits.wrote()
        clock.now += SECONDS
        assert connection.commit.call_count == committed - 1
        commits.wrote()
        assert connection.commit.call_count == committed
