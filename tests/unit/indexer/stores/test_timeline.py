from __future__ import annotations

from datetime import date

import pytest

from indexer.stores.timeline import PERIODS, By, in_periods


def days(*texts: str) -> dict[int, int]:
    return {date.fromisoformat(text).toordinal(): n for n, text in enumerate(texts, start=1)}


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("day", [("2023-12-31", 1), ("2024-01-01", 2), ("2024-01-07", 3), ("2024-01-08", 4)]),
        ("week", [("2023-12-25", 1), ("2024-01-01", 5), ("2024-01-08", 4)]),
        ("month", [("2023-12-01", 1), ("2024-01-01", 9)]),
        ("year", [("2023-01-01", 1), ("2024-01-01", 9)]),
    ],
)
def test_periods_are_sums_of_days(by: By, expected: list[tuple[str, int]]) -> None:
    counted = days("2023-12-31", "2024-01-01", "2024-01-07", "2024-01-08")
    found = in_periods(dict(reversed(counted.items())), by)
    assert [(start.isoformat(), n) for start, n in found] == expected


@pytest.mark.parametrize("by", PERIODS)
def test_the_ends_of_the_calendar_have_periods(by: By) -> None:
    assert len(in_periods({1: 1, date.max.toordinal(): 1}, by)) == 2
