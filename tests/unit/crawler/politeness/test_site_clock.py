from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crawler.politeness.site_clock import site_time

SENT = datetime(2026, 3, 2, 2, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headers", "shown"),
    [
        ({"date": "Mon, 02 Mar 2026 02:30:00 GMT"}, SENT),
        ({"date": "Mon, 02 Mar 2026 02:30:00 -0000"}, SENT),
        ({"date": "Mon, 02 Mar 2026 05:30:00 +0300"}, SENT),
        ({"date": "Mon, 02 Mar 2026 02:30:00 GMT", "age": "3600"}, SENT + timedelta(hours=1)),
        ({"date": "Mon, 02 Mar 2026 02:30:00 GMT", "age": "old"}, SENT),
        ({"date": "Mon, 02 Mar 2026 02:30:00 GMT", "age": "31536000"}, None),
        ({"date": "Mon, 02 Mar 2026 02:30:00 GMT", "age": "99999999999999999999"}, None),
        ({"date": "yesterday"}, None),
        ({"date": "Mon, 02 Mar 99999999 02:30:00 GMT"}, None),
        ({"date": "Fri, 31 Dec 9999 23:59:59 GMT", "age": "3600"}, None),
        ({}, None),
    ],
)
def test_what_an_answer_says_of_the_time(headers: dict[str, str], shown: datetime | None) -> None:
    assert site_time(headers) == shown
