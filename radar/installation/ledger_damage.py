"""What is wrong with the ledgers beside the database: lines that nobody can read. What they said is
not known once the database is put back to an earlier state.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from indexer.alerts.ledger_file import open_ledger
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
            refused = _refused_lines(ledger, most)
        except OSError as error:
            yield LedgerDamage(ledger.path, error=f"{error.strerror}; {REMEDY}")
            continue
        if refused:
            yield LedgerDamage(ledger.path, refused)


def unwritable_ledgers(settings: Settings) -> Iterator[Path]:
    """The ledgers that are there and that this user can't write: what is sent would be forgotten
    when the database is put back to an earlier state.
    """
    for path in (settings.sent, settings.subscriptions):
        if path.is_file() and not os.access(path, os.W_OK):
            yield path


def has_unreadable_ledger(settings: Settings) -> bool:
    """Whether one of the ledgers can't even be opened."""
    for path in (settings.sent, settings.subscriptions):
        try:
            file = open_ledger(path)
        except OSError:
            return True
        if file is not None:
            file.close()
    return False


def _refused_lines(ledger: SentLedger | SubscriptionLedger, most: int) -> tuple[str, ...]:
    """Raises OSError: the ledger can't be read."""
    file = open_ledger(ledger.path)
    if file is None:
        return ()
    with file:
        state = os.fstat(file.fileno())
    # A server asks often, and they change seldom.
    return _refused(ledger, most, state.st_size, state.st_mtime_ns)


@lru_cache(maxsize=8)
def _refused(
    ledger: SentLedger | SubscriptionLedger, most: int, size: int, changed: int
) -> tuple[str, ...]:
    del size, changed
    return tuple(ledger.refused(most))
