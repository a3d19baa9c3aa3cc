from __future__ import annotations

import pytest

from search_api.access.rate_limit import REMEMBERED, Rate, RateLimit, network_of


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_is_taken_then_one_after_the_other() -> None:
    clock = Clock()
    limit = RateLimit(Rate(burst=3, per_minute=6), clock)
    assert [limit.take("a") for _ in range(4)] == [0, 0, 0, 10]
    assert limit.take("b") == 0
    clock.now = 9.0
    assert limit.take("a") == 1
    clock.now = 10.0
    assert [limit.take("a"), limit.take("a")] == [0, 10]
    clock.now = 10_000.0
    assert [limit.take("a") for _ in range(4)] == [0, 0, 0, 10]


def test_however_many_come_memory_stays() -> None:
    limit = RateLimit(Rate(burst=1, per_minute=1), Clock())
    for number in range(REMEMBERED + 5):
        limit.take(str(number))
    assert len(limit._buckets) == REMEMBERED


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_an_ipv6_network_counts_as_one(address: str, network: str) -> None:
    assert network_of(address) == network
