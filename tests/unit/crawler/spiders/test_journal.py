from __future__ import annotations

from collections.abc import Callable
from unittest.mock import Mock

import pytest

from crawler.spiders import journal as module
from crawler.spiders.journal import BATCH, SECONDS, Journal


class Clock:
    now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(module, "time", clock)
    return clock


@pytest.mark.parametrize(
    "record",
    [lambda journal: journal.append(Mock()), lambda journal: journal.commit_full_batch()],
    ids=["a response", "what was read of a response that was committed before"],
)
def test_nothing_waits_for_long(clock: Clock, record: Callable[[Journal], object]) -> None:
    """Until it is committed nobody else can write: a source may wait minutes for its next page."""
    frontier = Mock()
    journal = Journal(Mock(), frontier)
    for committed in (1, 2):
        record(journal)
        clock.now += SECONDS - 0.1
        journal.commit_overdue()
        assert frontier.commit.call_count == committed - 1
        clock.now += 0.1
        journal.commit_overdue()
        journal.commit_overdue()
        assert frontier.commit.call_count == committed


def test_a_full_batch_is_committed_at_once(clock: Clock) -> None:
    frontier = Mock()
    journal = Journal(Mock(), frontier)
    for _ in range(BATCH):
        journal.commit_full_batch()
        assert not frontier.commit.called
        journal.append(Mock())
    journal.commit_full_batch()
    assert frontier.commit.call_count == 1
    clock.now += SECONDS
    journal.commit_overdue()
    assert frontier.commit.call_count == 1


def test_nothing_is_committed_after_a_failure(clock: Clock) -> None:
    """Others go on for a moment: what they commit would hold what was lost by half."""
    archive, frontier = Mock(), Mock()
    journal = Journal(archive, frontier)
    journal.append(Mock())
    journal.abandon()
    clock.now += SECONDS
    journal.commit_overdue()
    journal.commit()
    assert not archive.sync.called
    assert not frontier.commit.called
