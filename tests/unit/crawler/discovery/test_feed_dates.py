from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.discovery.feed_dates import parse_date, parse_instant


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2026-05-04", "2026-05-04"),
        ("2026-5-4", "2026-05-04"),
        ("2026-05", "2026-05"),
        ("2026-05-04T10:00Z", "2026-05-04T10:00:00+00:00"),
        ("2026-05-04T10:00:07.5-03:30", "2026-05-04T10:00:07-03:30"),
        ("2026-05-04 10:00", "2026-05-04T10:00:00"),
        ("Mon, 04 May 2026 10:00:00 +0600", "2026-05-04T10:00:00+06:00"),
        ("2026-13-01", None),
        ("2026-05-04T10:00+99:00", None),
        ("gestern", None),
        ("Mon, 04 May 99999999999 10:00:00 GMT", None),
        ("Mon, 04 May 2026 10:00:00 +99999999999999", None),
        ("", None),
        (None, None),
    ],
)
def test_stated_dates(written: str | None, date: str | None) -> None:
    assert parse_date(written) == date


@given(st.text(max_size=40) | st.text("0123456789-:TZ+ .", max_size=30) | st.datetimes().map(str))
@settings(max_examples=200)
def test_any_text_is_a_date_or_none(text: str) -> None:
    date, instant = parse_date(text), parse_instant(text)
    assert date is None or parse_date(date) == date
    assert instant is None or (date is not None and instant.tzinfo is UTC)


def test_instants_are_utc() -> None:
    assert parse_instant("2026-05-04T10:00+06:00") == datetime(2026, 5, 4, 4, tzinfo=UTC)
    assert parse_instant("0001-01-01T00:00+05:00") is None
