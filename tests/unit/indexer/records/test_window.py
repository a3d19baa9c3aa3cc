from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from indexer.records.window import Window

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("window", "zone", "left"),
    [
        ("22:00-06:00", "UTC", 4.5),
        ("22:00-06:00", "Asia/Almaty", None),  # 06:30 there
        ("01:00-02:00", "UTC", 0.5),
        ("02:00-03:00", "UTC", None),
        ("01:30-01:00", "UTC", 23.5),
        ("00:00-01:30", "UTC", None),
    ],
)
def test_time_until_a_window_closes(window: str, zone: str, left: float | None) -> None:
    expected = None if left is None else left * HOUR
    assert Window.parse(window, zone).time_left(NOW) == expected


def test_a_night_in_which_the_clocks_go_back_is_an_hour_longer() -> None:
    evening = datetime(2026, 10, 24, 22, 0, tzinfo=UTC)  # midnight in Berlin
    assert Window.parse("23:00-06:00", "Europe/Berlin").time_left(evening) == 7 * HOUR


def test_in_the_hour_that_comes_twice_each_one_has_its_own_end() -> None:
    window = Window.parse("22:00-02:30", "Europe/Berlin")
    for hour, left in ((0, 15), (1, 15)):
        moment = datetime(2026, 10, 25, hour, 15, tzinfo=UTC)
        assert window.time_left(moment) == timedelta(minutes=left)
        assert window.time_left(moment + timedelta(minutes=20)) is None


def test_an_end_in_the_hour_that_a_night_lacks_is_where_that_begins() -> None:
    window = Window.parse("22:00-02:30", "Europe/Berlin")
    evening = datetime(2026, 3, 28, 23, 0, tzinfo=UTC)  # midnight
    assert window.time_left(evening) == 2 * HOUR
    assert window.time_left(evening + timedelta(hours=1, seconds=5995)) is None  # 03:39 there
    assert window.time_left(evening + timedelta(hours=1, minutes=59, seconds=30)) == HOUR / 120


def test_a_window_is_told_with_its_zone() -> None:
    assert str(Window.parse("22:00-06:00", "Asia/Almaty")) == "22:00-06:00 (Asia/Almaty)"
