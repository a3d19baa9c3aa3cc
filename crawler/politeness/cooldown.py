"""How long a site that failed us, or asked us to stay away, is left alone. Pure.

Each further failure doubles the time; a good answer heals. It never gets longer than that a nightly
run meets the site again, unless the site itself asks for more.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from indexer.frontier.backoff import backoff_delay

RestState = Literal["unreachable", "blocked"]

FIRST = {"blocked": timedelta(hours=1), "unreachable": timedelta(minutes=30)}
"""Of a site that blocks, after its first failure; of one that does not answer, after its second:
the
first may be a passing one, and the next run tries again."""
LONGEST = timedelta(hours=20)
MOST_ASKED = timedelta(days=30)
"""Of a Retry-After: what asks for more is a mistake, or means for ever, which we ask about monthly.
"""


def rest_until(
    now: datetime, state: RestState, failures: int, asked: float | None = None
) -> datetime | None:
    """The end of the rest after so many failures in a row, this one included; None: no rest.

    `asked`: seconds that the site asks for (Retry-After), which are kept in any case.
    """
    own = backoff_delay(FIRST[state], failures - (1 if state == "blocked" else 2), LONGEST)
    wanted = timedelta(seconds=min(asked or 0.0, MOST_ASKED.total_seconds()))
    longest = max(own, wanted)
    return now + longest if longest else None
