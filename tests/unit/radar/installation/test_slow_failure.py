from __future__ import annotations

import pytest

from indexer.records.errors import StoreUnavailable
from radar.installation import slow_failure
from radar.installation.slow_failure import REMEMBERED, SLOW, SlowFailures


class Cluster:
    """One that does not answer, for so many seconds each time."""

    now = 100.0
    asked = 0

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    def monotonic(self) -> float:
        return self.now

    def ask(self) -> None:
        self.asked += 1
        self.now += self.seconds
        raise StoreUnavailable("no answer", hint="start it")


@pytest.mark.parametrize(("seconds", "asked"), [(SLOW, 1), (SLOW / 2, 3)])
def test_a_store_that_lets_everybody_wait_is_not_asked_by_each(
    seconds: float, asked: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster, failures = Cluster(seconds), SlowFailures()
    monkeypatch.setattr(slow_failure, "time", cluster)
    for _ in range(3):
        with pytest.raises(StoreUnavailable, match="no answer") as caught, failures.fail_at_once():
            cluster.ask()
        assert caught.value.hint == "start it"
    assert cluster.asked == asked
    cluster.now += REMEMBERED
    with pytest.raises(StoreUnavailable), failures.fail_at_once():
        cluster.ask()
    assert cluster.asked == asked + 1


def test_one_that_answers_is_asked_each_time() -> None:
    answers, failures = [], SlowFailures()
    for number in range(3):
        with failures.fail_at_once():
            answers.append(number)
    assert answers == [0, 1, 2]
