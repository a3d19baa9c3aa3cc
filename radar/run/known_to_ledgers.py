"""What the ledgers beside the database know and it does not, because it was put back to an earlier
state: what was sent since, and who took himself off.
"""

from __future__ import annotations

import logging
from datetime import datetime
from functools import partial

import sqlalchemy as sa

from indexer.alerts.delivery import catch_up
from indexer.alerts.sent_ledger import SentLedger
from indexer.alerts.subscription_ledger import SubscriptionLedger
from indexer.alerts.subscriptions import catch_up_subscriptions
from radar.configuration.settings import Settings
from radar.installation.ledger_damage import REMEDY

logger = logging.getLogger(__name__)


def take_over(connection: sa.Connection, settings: Settings, run: int, now: datetime) -> list[str]:
    """Enter it into the database; commits.

    Returns a line for each ledger that can't be read. Until it can, the run must neither match nor
    send: what it would tell may have been told, and to whom it would send may not want it.
    """
    sent, subscriptions = SentLedger(settings.sent), SubscriptionLedger(settings.subscriptions)
    ledgers = (
        (sent.path, "messages_sent_later", partial(catch_up, connection, sent, run, now)),
        (
            subscriptions.path,
            "subscriptions_changed_later",
            partial(catch_up_subscriptions, connection, subscriptions),
        ),
    )
    unreadable = []
    for path, what, enter in ledgers:
        try:
            entered = enter()
        except OSError as error:
            connection.rollback()
            unreadable.append(f"{path}: {error.strerror}; {REMEDY}")
            continue
        if entered:
            logger.warning("%s %d", what, entered)
    return unreadable
