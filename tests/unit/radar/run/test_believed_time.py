from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from radar.run.believed_time import TOLERANCE, SiteClocks

NOW = datetime(2026, 3, 2, 2, 30, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("ahead", "believed", "doubt"),
    [
        ([], None, None),
        ([timedelta(seconds=2)], NOW, None),
        ([TOLERANCE], NOW, None),
        ([-300 * DAY], NOW, None),
        ([900 * DAY, 700 * DAY], NOW - 700 * DAY, "the clock is 700 days ahead of the sites"),
        ([900 * DAY, timedelta(0)], NOW, None),
        ([-300 * DAY, 700 * DAY], NOW - 700 * DAY, "the clock is 700 days ahead of the sites"),
        ([-300 * DAY, timedelta(0)], NOW, None),
    ],
    ids=[
        *("nobody answered", "as ours", "a day", "we are behind", "all say so", "one does not"),
        *("one is ahead of us, others behind", "one is ahead of us, another as ours"),
    ],
)
def test_a_clock_is_believed_that_a_site_confirms(
    ahead: list[timedelta], believed: datetime | None, doubt: str | None
) -> None:
    clocks = SiteClocks()
    for by in ahead:
        clocks.see(NOW - by, NOW)
    assert clocks.believed(NOW) == believed
    assert (clocks.doubt or "").startswith(doubt or "")
    assert (clocks.doubt is None) == (doubt is None)
