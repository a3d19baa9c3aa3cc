"""Days of events in addresses."""

from __future__ import annotations

import re

_DAY = r"(?:19|20)\d\d(?:[/_-]?\d\d?){2}"
_YEAR = r"(?:19|20)\d\d(?=[/_-]|\d{4}(?!\d)|$)"
_EVENT_DAY = re.compile(rf"/(?:calendar|agenda|events?)/(?:{_YEAR}|[^/]+/{_DAY}/?$)", re.IGNORECASE)


def has_event_day(path: str) -> bool:
    """Whether the day in a path is that of an event, not that of publication: it stands directly
    behind the part of a calendar (`/events/2031/05/04/forum`), or ends the address of one event of
    a series (`/event/forum/2031-05-04`).
    """
    return _EVENT_DAY.search(path) is not None
