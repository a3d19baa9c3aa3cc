from __future__ import annotations

from datetime import UTC, datetime, timedelta

from crawler.politeness.cooldown import LONGEST, cooldown_until
from indexer.frontier.port import LONGEST_SITE_COOLDOWN

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


HOUR = timedelta(hours=1)


def test_a_blocking_site_rests_twice_as_long_each_time() -> None:
    cooldowns = [(cooldown_until(NOW, "blocked", n) or NOW) - NOW for n in range(1, 9)]
    assert cooldowns[:4] == [HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR]
    assert max(cooldowns) == LONGEST < timedelta(hours=24)


def test_a_site_that_did_not_answer_once_is_tried_by_the_next_run() -> None:
    assert cooldown_until(NOW, "unreachable", 1) is None
    assert cooldown_until(NOW, "unreachable", 2) == NOW + HOUR / 2


def test_what_a_site_asks_for_is_kept_within_reason() -> None:
    assert cooldown_until(NOW, "blocked", 1, retry_after=3 * 86400) == NOW + timedelta(days=3)
    assert cooldown_until(NOW, "blocked", 1, retry_after=5) == NOW + HOUR
    assert cooldown_until(NOW, "unreachable", 1, retry_after=1e9) == NOW + LONGEST_SITE_COOLDOWN
