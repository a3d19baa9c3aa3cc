"""The last stage of a run: sends the messages that wait, without holding the run lock.

A mail server may take its time; another run can crawl meanwhile. There is one delivery at a time
from a database, so that no message is sent twice.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TypeAlias

import sqlalchemy as sa

from indexer.alerts.delivery import Delivered, Terms, deliver, due_envelopes
from indexer.alerts.message import Links
from indexer.alerts.notices import missing_notices
from indexer.alerts.sent_ledger import SentLedger, SentMessage
from indexer.alerts.subscription_ledger import SubscriptionLedger
from indexer.alerts.subscriptions import token_of
from indexer.records.errors import RunInProgress
from radar.channels.patience import ALTOGETHER, IN_VAIN, Patience
from radar.installation.clock import Clock
from radar.installation.delivery_terms import current_terms
from radar.installation.installation import Installation
from radar.run.lock import delivery_lock

logger = logging.getLogger(__name__)

Unwritten: TypeAlias = dict[Path, OSError]
"""Ledgers that can't be written, and why."""
TURN = ALTOGETHER + 2 * IN_VAIN
"""Seconds that a run waits for the delivery of another one, which takes no longer."""
TICK = 0.5
"""Seconds between two tries."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """Sends the messages of an installation."""

    installation: Installation
    engine: sa.Engine
    clock: Clock
    stop: threading.Event
    """Set when a signal requests the end."""

    def send(self, connection: sa.Connection, run: int, *, everything: bool) -> Delivered:
        """Send what is due of a run and earlier ones (`everything`: also what rests after a
        failure).
        """
        settings = self.installation.settings
        if not self._has_work(connection, run, self._terms(connection)):
            return Delivered(0, ())
        connection.commit()
        patience = Patience(self.stop, IN_VAIN, ALTOGETHER)
        with (
            self._turn() as is_ours,
            self.installation.channels(self.engine, patience) as open_channel,
        ):
            # As they are after the wait: somebody may have taken himself off meanwhile.
            terms = self._terms(connection)
            if not is_ours:
                waiting = sum(1 for _ in due_envelopes(connection, run, terms, self.clock()))
                return Delivered(0, (), waiting=waiting)
            unwritten: Unwritten = {}
            delivered = deliver(
                connection,
                self.clock,
                open_channel,
                settings.source_names,
                run=run,
                terms=terms,
                terms_now=partial(self._terms, connection),
                coverage=self._coverage,
                links=partial(self._links, connection, unwritten),
                everything=everything,
                stopped=self.stop.is_set,
                accepted=partial(self._keep, unwritten),
            )
            lines = tuple(f"{path.name}: {e.strerror or e}" for path, e in unwritten.items())
            return replace(delivered, unwritten=lines)

    def _terms(
        self, connection: sa.Connection, only: Collection[tuple[str, str]] | None = None
    ) -> Terms:
        return current_terms(self.installation.settings, connection, self.clock(), only)

    def _has_work(self, connection: sa.Connection, run: int, terms: Terms) -> bool:
        """Whether there is anything to send: a delivery that has nothing waits for no other."""
        now = self.clock()
        due = due_envelopes(connection, run, terms, now)
        return any(chain(due, missing_notices(connection, terms, now)))

    def _coverage(self, language: str) -> str | None:
        """What a digest says of the sources."""
        views = self.installation.catalogue(self.engine).sources()
        # A run without digests needs none of it.
        from search_api.coverage import coverage  # noqa: PLC0415  # see above
        from search_api.language import speaking  # noqa: PLC0415  # see above

        with speaking(language):
            return coverage(views, None).words

    def _links(
        self, connection: sa.Connection, unwritten: Unwritten, watch: str, channel: str
    ) -> Links:
        """Addresses for a message. One click works over https alone (RFC 8058)."""
        site = self.installation.settings.public_url
        if site is None or not channel.startswith("mailto:") or not site.startswith("https:"):
            return Links(site)
        ledger = SubscriptionLedger(self.installation.settings.subscriptions)
        failed = partial(unwritten.__setitem__, ledger.path)
        token = token_of(connection, ledger, watch, channel, self.clock(), unwritten=failed)
        return Links(site, f"{site}/unsubscribe/{token}")

    def _keep(self, unwritten: Unwritten, messages: Sequence[SentMessage]) -> bool:
        """Write down beside the database what was accepted; whether that could be done."""
        ledger = SentLedger(self.installation.settings.sent)
        try:
            ledger.append(*messages)
        except OSError as error:
            logger.warning("ledger_unwritten %s %s", messages[0].key, error)
            unwritten[ledger.path] = error
            return False
        return True

    @contextmanager
    def _turn(self) -> Iterator[bool]:
        """Hold the delivery lock as soon as it is free. False: it is not, and the run is to stop or
        has waited long enough.
        """
        until = time.monotonic() + TURN
        with ExitStack() as held:
            while not (taken := self._take(held)):
                if self.stop.wait(TICK) or time.monotonic() > until:
                    break
            yield taken

    def _take(self, held: ExitStack) -> bool:
        try:
            held.enter_context(delivery_lock(self.installation.settings.database))
        except RunInProgress:
            return False
        return True


def is_delivering(database: str) -> bool:
    """Whether a run sends messages at the moment."""
    try:
        with delivery_lock(database):
            return False
    except RunInProgress:
        return True
