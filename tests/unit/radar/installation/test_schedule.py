"""When a source is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from indexer.database import tables
from indexer.database.rows import put_row
from indexer.frontier.run_record import RunRecord
from indexer.health.health_record import assess_health
from indexer.records.source import Listing, Source
from radar.installation.schedule import (
    blocked_sources,
    due_sources,
    is_due,
    is_overdue,
    sources_in_cooldown,
)

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("schedule", "last", "now", "due"),
    [
        (None, NOON, NOON, True),
        ("02:30", None, NOON, True),
        # Berlin is an hour ahead: 02:30 there is 01:30 UTC.
        ("02:30", datetime(2026, 3, 1, 1, 29, tzinfo=UTC), NOON, True),
        ("02:30", datetime(2026, 3, 1, 1, 31, tzinfo=UTC), NOON, False),
        (
            "02:30",
            datetime(2026, 3, 1, 1, 31, tzinfo=UTC),
            datetime(2026, 3, 2, 1, 29, tzinfo=UTC),
            False,
        ),
        (
            "02:30",
            datetime(2026, 3, 1, 1, 31, tzinfo=UTC),
            datetime(2026, 3, 2, 1, 30, tzinfo=UTC),
            True,
        ),
        # A night without this hour: the clocks go from 02:00 to 03:00.
        (
            "02:30",
            datetime(2026, 3, 28, 9, 0, tzinfo=UTC),
            datetime(2026, 3, 29, 9, 0, tzinfo=UTC),
            True,
        ),
        ("6h", datetime(2026, 3, 1, 6, 30, tzinfo=UTC), NOON, False),
        ("6h", datetime(2026, 3, 1, 6, 0, tzinfo=UTC), NOON, True),
        ("30m", datetime(2026, 3, 1, 11, 30, tzinfo=UTC), NOON, True),
        ("1d", datetime(2026, 2, 28, 14, 0, tzinfo=UTC), NOON, False),
        # The run before began a little late; not an hour.
        ("1d", datetime(2026, 2, 28, 13, 0, tzinfo=UTC), NOON, False),
        ("1d", datetime(2026, 2, 28, 12, 11, tzinfo=UTC), NOON, True),
    ],
)
def test_due(schedule: str | None, last: datetime | None, now: datetime, due: bool) -> None:
    assert is_due(schedule, last, now, "Europe/Berlin") is due


ALMATY = "Asia/Almaty"


def minutes(schedule: str, begin: datetime, end: datetime, timezone: str) -> list[datetime]:
    """When a source is crawled between two moments if cron asks every minute."""
    last, now, runs = begin, begin, []
    while now < end:
        if is_due(schedule, last, now, timezone):
            last = now
            runs.append(now)
        now += timedelta(minutes=1)
    return runs


@pytest.mark.parametrize(
    ("schedule", "day", "expected"),
    [
        # The night of 29 March 2026 has no 02:30: it counts as 03:30, an hour after 01:30 UTC.
        ("02:30", datetime(2026, 3, 29, tzinfo=UTC), ["01:30"]),
        # 02:30 comes twice on 25 October: the first one counts.
        ("02:30", datetime(2026, 10, 24, 22, 0, tzinfo=UTC), ["00:30"]),
        ("03:00", datetime(2026, 3, 29, tzinfo=UTC), ["01:00"]),
        ("00:00", datetime(2026, 10, 25, tzinfo=UTC), ["23:00"]),
        ("6h", datetime(2026, 3, 29, tzinfo=UTC), ["05:45", "11:30", "17:15", "23:00"]),
    ],
)
def test_each_minute_of_a_day_on_which_the_clocks_change(
    schedule: str, day: datetime, expected: list[str]
) -> None:
    runs = minutes(schedule, day, day + timedelta(days=1), "Europe/Berlin")
    assert [f"{run:%H:%M}" for run in runs] == expected


@pytest.mark.parametrize(
    ("schedule", "timezone", "begin", "expected"),
    [
        # On 29 February 2024 the hour before midnight came twice.
        ("23:30", ALMATY, datetime(2024, 2, 29, 12, 0, tzinfo=UTC), ["29T17:30", "01T18:30"]),
        ("00:00", ALMATY, datetime(2024, 2, 29, 12, 0, tzinfo=UTC), ["29T19:00", "01T19:00"]),
        ("02:30", ALMATY, datetime(2024, 2, 29, 0, 0, tzinfo=UTC), ["29T21:30", "01T21:30"]),
        ("12h", ALMATY, datetime(2024, 2, 29, 0, 0, tzinfo=UTC), ["29T11:45", "29T23:30"]),
        # No summer time any more.
        ("02:30", "Europe/Moscow", datetime(2026, 3, 28, tzinfo=UTC), ["28T23:30", "29T23:30"]),
        # Half an hour forward, at 02:00 on 4 October 2026.
        (
            "02:15",
            "Australia/Lord_Howe",
            datetime(2026, 10, 3, 0, 0, tzinfo=UTC),
            ["03T15:45", "04T15:15"],
        ),
    ],
)
def test_two_days_in_zones_with_other_rules(
    schedule: str, timezone: str, begin: datetime, expected: list[str]
) -> None:
    runs = minutes(schedule, begin, begin + timedelta(hours=48), timezone)
    assert [f"{run:%dT%H:%M}" for run in runs][: len(expected)] == expected
    assert len(runs) == len(expected) or "h" in schedule


def test_what_a_clock_ahead_says_of_the_last_run_does_not_count(connection: sa.Connection) -> None:
    nightly = source("nightly", schedule="02:30")
    record = RunRecord.start(connection, NOON, {})
    record.record_source("nightly", "ok", None, NOON)
    ahead = RunRecord.start(connection, NOON + timedelta(days=900), {})
    ahead.record_source("nightly", "ok", None, ahead.started)

    def due(hours: float) -> list[str]:
        now = NOON + timedelta(hours=hours)
        return ids(due_sources(connection, [nightly], now, "Europe/Berlin"))

    assert (due(1), due(14)) == ([], ["nightly"])


def test_missed_nights_are_made_up_for_once() -> None:
    last = datetime(2026, 5, 1, 1, 0, tzinfo=UTC)
    back = datetime(2026, 5, 9, 15, 0, tzinfo=UTC)
    assert is_due("02:30", last, back, "Europe/Berlin")
    runs = minutes("02:30", back, back + timedelta(hours=9), "Europe/Berlin")
    assert runs == []


@pytest.mark.parametrize(
    ("schedule", "days", "overdue"),
    [
        ("02:30", 3, False),
        ("02:30", 3.1, True),
        ("6h", 3, False),
        ("7d", 20, False),
        ("7d", 22, True),
    ],
)
def test_overdue(schedule: str, days: float, overdue: bool) -> None:
    assert is_overdue(schedule, NOON - timedelta(days=days), NOON) is overdue


def source(name: str, **more: Any) -> Source:
    return Source(name, name, f"https://{name}.example/", "KZ", ("ru",), **more)


def ids(sources: list[Source]) -> list[str]:
    return [s.id for s in sources]


def test_due_sources(connection: sa.Connection) -> None:
    berlin, almaty = (
        source("berlin", schedule="02:30"),
        source("almaty", schedule="02:30", timezone=ALMATY),
    )
    plain, fresh = source("plain"), source("fresh", schedule="02:30")
    sources = [berlin, almaty, plain, fresh]
    record = RunRecord.start(connection, NOON, {})
    for known in (berlin, almaty, plain):
        record.record_source(known.id, "ok", None, NOON)

    def due(hours: float, **options: Any) -> list[str]:
        now = NOON + timedelta(hours=hours)
        return ids(due_sources(connection, sources, now, "Europe/Berlin", **options))

    assert due(1) == ["plain", "fresh"]
    assert due(9.5) == ["almaty", "plain", "fresh"]  # 21:30 UTC is 02:30 in Almaty
    assert due(13.5) == ["berlin", "almaty", "plain", "fresh"]
    assert due(1, unscheduled="02:30") == ["fresh"]


def test_a_source_out_of_reach_is_tried_again_less_and_less_often(
    connection: sa.Connection,
) -> None:
    nightly = source("nightly", schedule="02:30")
    began, tried = datetime(2026, 3, 1, 2, 30, tzinfo=UTC), list[float]()
    for step in range(4 * 30):
        hours = step / 4
        now = began + timedelta(hours=hours)
        if due_sources(connection, [nightly], now, "UTC"):
            tried.append(hours)
            record = RunRecord.start(connection, now, {})
            record.record_source("nightly", "unreachable", "no answer", now)
            assess_health(connection, {"nightly": ()}, now)
    assert tried == [0, 1, 2, 4, 8, 16, 24]  # then with its schedule alone


def test_a_source_that_answers_again_waits_for_its_time(connection: sa.Connection) -> None:
    nightly = source("nightly", schedule="02:30")
    for hours, state in enumerate(("unreachable", "ok")):
        now = NOON + timedelta(hours=hours)
        assert due_sources(connection, [nightly], now, "UTC")
        RunRecord.start(connection, now, {}).record_source("nightly", state, None, now)
        assess_health(connection, {"nightly": ()}, now)
    assert not due_sources(connection, [nightly], NOON + timedelta(hours=5), "UTC")


def test_a_source_that_blocks_us_is_left_alone_whatever_its_schedule_says(
    connection: sa.Connection,
) -> None:
    record = RunRecord.start(connection, NOON, {})
    record.record_source("wary", "blocked", "status 403", NOON)
    assess_health(connection, {"wary": ()}, NOON)
    for hours, expected in ((11, []), (12, ["wary"])):
        now = NOON + timedelta(hours=hours)
        assert [
            name for name in ["wary"] if name not in blocked_sources(connection, now)
        ] == expected
    [told] = blocked_sources(connection, NOON).values()
    assert told == "blocked since 2026-03-01; tried again after 2026-03-02 00:00 UTC"


def test_a_source_is_left_alone_while_all_its_sites_rest(connection: sa.Connection) -> None:
    for name, hours in (("dead.example", 2), ("also.example:8080", 1), ("awake.example", -1)):
        values = {"rest_until": NOON + timedelta(hours=hours), "rest_reason": f"{name} is mute"}
        put_row(connection, tables.site, {"name": name}, values)

    def listed(name: str, *urls: str) -> Source:
        listings = tuple(Listing(url) for url in urls)
        return replace(source(name), url="https://dead.example/", listings=listings)

    alone = [
        listed("home"),
        listed("dead", "https://dead.example/news"),
        listed("both", "https://dead.example/news", "http://also.example:8080/news"),
        listed("half", "https://dead.example/news", "https://awake.example/news"),
    ]
    told = sources_in_cooldown(connection, alone, NOON)
    dead = "rests until 2026-03-01 14:00 UTC: dead.example is mute"
    both = "rests until 2026-03-01 13:00 UTC: also.example:8080 is mute"
    assert told == {"home": dead, "dead": dead, "both": both}
    later = NOON + timedelta(hours=1)
    assert set(sources_in_cooldown(connection, alone, later)) == {"home", "dead"}


@pytest.mark.parametrize("schedule", ["999999999d", "9999999999999h"])
def test_an_interval_may_be_longer_than_any_calendar(schedule: str) -> None:
    assert is_due(schedule, None, NOON, "UTC")
    assert not is_due(schedule, NOON - timedelta(days=9_000), NOON, "UTC")
    assert not is_overdue(schedule, NOON - timedelta(days=9_000), NOON)
