"""How long a site gets no requests after it failed or refused the crawler. Pure.

Each further failure doubles the cooldown; a good response resets it. It stays shorter than a day,
so that the next nightly run visits the site again, unless the site itself asks for more.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from indexer.frontier.port import LONGEST_SITE_COOLDOWN
from indexer.frontier.recrawl.backoff import backoff_delay

CooldownState = Literal["unreachable", "blocked"]

FIRST = {"blocked": timedelta(hours=1), "unreachable": timedelta(minutes=30)}
"""The first cooldown. A site that blocks gets it after its first failure, one that does not answer
after its second: the first may be a passing one, and the next run tries again."""
LONGEST = timedelta(hours=20)


def cooldown_until(
    now: datetime, state: CooldownState, failures: int, retry_after: float | None = None
) -> datetime | None:
    """The end of the cooldown after so many failures in a row, this one included; None: none.

    `retry_after`: seconds that the site requests, the minimum.
    """
    own = backoff_delay(FIRST[state], failures - (1 if state == "blocked" else 2), LONGEST)
    requested = timedelta(seconds=min(retry_after or 0.0, LONGEST_SITE_COOLDOWN.total_seconds()))
    longest = max(own, requested)
    return now + longest if longest else None
