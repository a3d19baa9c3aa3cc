"""What is wrong with the ledgers beside the database: lines that nobody can read. What they said is
not known once the database is put back to an earlier state.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from indexer.alerts.sent_ledger import SentLedger
from indexer.alerts.subscription_ledger import SubscriptionLedger
from radar.configuration.settings import Settings

REMEDY = (
    "watches tell nothing until it can be read: put the file back, or move away what stands there"
)
"""What follows from a ledger that can't be read at all, and what to do."""


class LedgerDamage(NamedTuple):
    """Of one ledger."""

    path: Path
    refused: tuple[str, ...] = ()
    """File, number and reason of lines that are left out."""
    error: str | None = None
    """Why it can't be read at all, and what to do."""


def damaged_ledgers(settings: Settings, most: int) -> Iterator[LedgerDamage]:
    """The ledgers with something wrong; of each, `most` lines."""
    for ledger in (SentLedger(settings.sent), SubscriptionLedger(settings.subscriptions)):
        try:
            # A server asks often, and they change seldom.
            state = ledger.path.stat() if ledger.path.exists() else None
            refused = state and _refused(ledger, most, state.st_size, state.st_mtime_ns)
        except OSError as error:
            yield LedgerDamage(ledger.path, error=f"{error.strerror}; {REMEDY}")
            continue
        if refused:
            yield LedgerDamage(ledger.path, refused)


def has_unreadable_ledger(settings: Settings) -> bool:
    """Whether one of the ledgers can't even be opened."""
    for path in (settings.sent, settings.subscriptions):
        try:
            path.open("rb").close()
        except FileNotFoundError:
            continue
        except OSError:
            return True
    return False


@lru_cache(maxsize=8)
def _refused(
    ledger: SentLedger | SubscriptionLedger, most: int, size: int, changed: int
) -> tuple[str, ...]:
    del size, changed
    return tuple(ledger.refused(most))
