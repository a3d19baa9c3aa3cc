from __future__ import annotations

import pytest

from crawler.parsers.event_paths import has_event_day


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/events/2031/05/04/forum", True),
        ("/en/agenda/2031-05-04-forum", True),
        ("/Calendar/20310504", True),
        ("/event/tin-forum/2031-05-04/", True),
        ("/event/tin-forum/2031/05/04", True),
        ("/events/news/2031/04/02/tin", False),
        ("/events/20194/news/2019/11/18/tin", False),
        ("/events/reports/tin-of-2031-04-02", False),
        ("/news/2031/04/02/events/tin", False),
        ("/news/2031/04/02/tin", False),
    ],
)
def test_days_of_events(path: str, *, expected: bool) -> None:
    assert has_event_day(path) is expected
