"""What is new since the last visit: a cookie says what somebody has seen.

A visit lasts as long as the start page is looked at again within `PAUSE`: a reload loses nothing
that is new. What counts as seen is what the search index held (`DocumentArchive.complete_until`),
not the hour: a page that a run has fetched and not indexed yet is new the next time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.requests import Request
from starlette.responses import Response

from indexer.query.moments import moment_of
from search_api.paths import root_of

COOKIE = "rohstoffradar_visit"
PAUSE = timedelta(hours=4)
"""After which a look at the start page begins a new visit."""
_YEAR = 365 * 24 * 60 * 60
_VALUE = re.compile(r"(\d{1,11})?\.(\d{1,11})\.(\d{1,11})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit of somebody. Moments are to the second."""

    since: datetime | None
    """Up to when the visit before had seen everything; None: it is the first."""
    seen: datetime
    """Up to when everything is seen now."""
    looked: datetime
    """Last look at the start page."""

    def value(self) -> str:
        """The cookie's value."""
        moments = (self.since, self.seen, self.looked)
        return ".".join("" if m is None else str(int(m.timestamp())) for m in moments)


def visit_at(now: datetime, complete: datetime, value: str | None) -> Visit:
    """The visit that a look at the start page belongs to; `value` is that of the cookie, which may
    be anything.
    """
    match = _VALUE.fullmatch(value or "")
    if match is None:
        return Visit(None, complete, now)
    since, seen, looked = (moment_of(int(part)) if part else None for part in match.groups())
    if seen is None or looked is None or max(since or seen, seen, looked) > now + PAUSE:
        return Visit(None, complete, now)
    return Visit(seen if now - looked > PAUSE else since, complete, now)


def keep_visit(request: Request, answer: Response, visit: Visit) -> None:
    """Set the cookie with the answer."""
    answer.set_cookie(
        COOKIE,
        visit.value(),
        max_age=_YEAR,
        path=root_of(request) or "/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )
