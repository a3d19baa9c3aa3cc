"""What follows from requests of a page that ended without one: how long it rests, and when it is
gone. Pure.
"""

from __future__ import annotations

from datetime import timedelta

from indexer.frontier.address import Address
from indexer.frontier.recrawl.backoff import backoff_delay
from indexer.frontier.recrawl.revisits import REVISIT
from indexer.frontier.recrawl.visits import LONGEST_INTERVAL, RETIRED
from indexer.records.outcome import Outcome

GONE_STATUS = (404, 410)
RESTS = frozenset(
    {
        Outcome.GONE,
        Outcome.HTTP_ERROR,
        Outcome.REFUSED,
        Outcome.QUARANTINED,
        Outcome.DUPLICATE,
    }
)
"""Outcomes after which a page rests for up to a month, unless the site says that it has changed."""
HEARD = 3
"""Failures of a page in a row up to which that is heeded: no claim about a page that fails is
scored, and some sites state the present moment for whatever they list.
"""


def ends_rest(address: Address) -> bool:
    """Whether a lastmod that has moved is a reason to request a page that rests."""
    return address.last_outcome in RESTS and address.failures <= HEARD


def is_gone(address: Address, outcome: Outcome, status: int | None) -> bool:
    """Whether a known page that answers 404 or 410 is gone: the second witness decides.

    That is either the same status in an earlier run, or a complete listing that has left the page
    out twice (`indexer.frontier.recrawl.vanished`).
    """
    return (
        outcome == Outcome.HTTP_ERROR
        and status in GONE_STATUS
        and address.document is not None
        and (address.status in GONE_STATUS or address.vanished)
    )


def retry_delay(outcome: Outcome, failures: int) -> timedelta:
    """How long an address without a page waits after its n-th failure in a row."""
    if outcome in (Outcome.UNREACHABLE, Outcome.TIMED_OUT):
        return timedelta(0)  # the site has a cooldown: the next run that visits it tries again
    if outcome in (Outcome.GONE, Outcome.MOVED):
        return RETIRED
    if outcome in (Outcome.HTTP_ERROR, Outcome.REFUSED, Outcome.QUARANTINED):
        return backoff_delay(REVISIT, failures - 1, LONGEST_INTERVAL)
    return REVISIT
