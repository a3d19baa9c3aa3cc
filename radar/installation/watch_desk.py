"""Makes, changes and removes watches: implements `search_api.watches.desk.WatchDesk`."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from indexer.alerts.backtest import Backtest, backtest
from indexer.alerts.channel_health import channel_health
from indexer.alerts.dead_letters import DeadLetter, dead_letters, drop, replay
from indexer.alerts.findings import Finding, Tally, findings, tallies
from indexer.alerts.marks import mark as mark_match
from indexer.alerts.marks import mute, precision, snooze, snoozed, unmute
from indexer.alerts.stored_watches import (
    NO_IDS,
    StoredWatch,
    add_watch,
    change_watch,
    free_id,
    lock_watches,
    locked_watch,
    remove_watch,
    stored_watches,
)
from indexer.alerts.subscription_ledger import SubscriptionLedger
from indexer.alerts.subscriptions import (
    Subscription,
    end_subscription,
    find_subscription,
    renew_subscription,
)
from indexer.alerts.watches import CHANGES, Watch, active_names
from indexer.database.engine import usable
from indexer.records.errors import ConfigError, DatabaseError, DeliveryError, QueryError
from indexer.records.values import suggestion
from radar.channels.feed import has_feed
from radar.configuration.folder import digests
from radar.installation.clock import Clock
from radar.installation.delivery_terms import delivery_terms
from radar.installation.installation import Installation
from radar.installation.ledger_damage import REMEDY
from radar.installation.watches import all_watches, compile_watch, own_watches, read_watch
from search_api.problems import LinkUnreadable, NotFound, WatchChanged, WatchMistaken, WatchReadOnly
from search_api.watches.desk import WatchEntry, WatchState, version_of

logger = logging.getLogger(__name__)

LONGEST_NAME = 200
"""Characters of the name of a watch in the database, as its form has it."""


class DatabaseWatchDesk:
    """The watches of an installation whose database may come to exist later."""

    def __init__(
        self, installation: Installation, engine: Callable[[], sa.Engine | None], clock: Clock
    ) -> None:
        self.installation = installation
        self._engine = engine
        self._clock = clock

    def entries(self) -> Sequence[WatchEntry]:
        """All watches."""
        settings = self.installation.settings
        configured = [WatchEntry(watch, editable=False) for watch in settings.watches]
        engine = self._engine()
        if engine is None:
            return configured
        with usable(), engine.connect() as connection:
            return [*configured, *map(_entry, own_watches(settings, connection))]

    def tallies(self, days: int) -> Mapping[str, Tally]:
        """What each watch told lately."""
        engine = self._engine()
        if engine is None:
            return {}
        with usable(), engine.connect() as connection:
            return tallies(connection, self._clock() - timedelta(days=days))

    def has_new_files(self) -> bool:
        """Whether files of watches or topics are no longer those that were read."""
        settings = self.installation.settings
        return digests(settings.folder) != settings.digests

    def check(self, content: Mapping[str, Any]) -> Watch:
        """The watch that is described."""
        given = {"id": "new", **{key: value for key, value in content.items() if value}}
        try:
            watch = read_watch(given, self.installation.settings, self.installation.compiler)
        except ConfigError as error:
            mistaken = WatchMistaken(error.problems)
            mistaken.reason = self._reason(given.get("query"))
            raise mistaken from error
        if len(watch.name) > LONGEST_NAME:
            raise WatchMistaken([f"name: is longer than {LONGEST_NAME} characters"])
        return watch

    def add(self, content: Mapping[str, Any], author: str | None) -> WatchEntry:
        """Keep a new watch, which starts now."""
        watch, now = self.check(content), self._clock()
        with usable(), self._database().begin() as connection:
            lock_watches(connection)  # another one of this name may be on its way
            taken = {entry.watch.id for entry in stored_watches(connection)}
            settings = self.installation.settings
            taken |= {watch.id for watch in settings.watches} | settings.mistaken_ids
            if not settings.knows_all_watches:  # a file may say more
                taken |= active_names(connection).keys()
            if not content.get("id"):
                named = {**content, "id": free_id(connection, watch.name, taken)}
                watch = self.check(named)
            elif watch.id in NO_IDS:
                raise WatchMistaken([f"id: no watch can be called {watch.id!r}"])
            elif watch.id in taken:
                raise WatchMistaken([f"id: there is a watch {watch.id!r} already"])
            add_watch(connection, watch, now, author)
        return WatchEntry(watch, editable=True, created=now, changed=now, author=author)

    def change(
        self,
        identifier: str,
        content: Mapping[str, Any],
        author: str | None,
        known: Collection[str] | None = None,
    ) -> WatchEntry:
        """Keep another form of a watch, if it is still one of the known versions."""
        entry, now = self._editable(identifier), self._clock()
        watch = self.check({**content, "id": identifier})
        with usable(), self._database().begin() as connection:
            present = locked_watch(connection, identifier)
            if present is None:
                raise _unknown(identifier, ())
            if known is not None and version_of(present) not in known:
                raise WatchChanged(f"The watch {identifier} was changed meanwhile.")
            change_watch(connection, watch, now, author)
        if not has_feed(watch):
            self._remove_feed(identifier)
        return WatchEntry(watch, editable=True, created=entry.created, changed=now, author=author)

    def remove(self, identifier: str) -> None:
        """Remove a watch."""
        self._editable(identifier)
        with usable(), self._database().begin() as connection:
            remove_watch(connection, identifier, self._clock())
        self._remove_feed(identifier)

    def _remove_feed(self, identifier: str) -> None:
        """Its file, which nobody writes any more; one that can't be removed stops nothing."""
        try:
            self.installation.feed_channel(self._database()).remove(identifier)
        except DeliveryError as error:
            logger.warning("feed_not_removed %s %s", identifier, error.message)

    def backtest(self, query: str, days: int, tell: Collection[str] = CHANGES) -> Backtest:
        """What a watch with this query would have told."""
        settings, compiler = self.installation.settings, self.installation.compiler
        compiled = compile_watch(query, settings, compiler)
        with usable(), self._database().connect() as connection:
            return backtest(
                connection, compiled, compiler, days, tell=tell, source_names=settings.source_names
            )

    def state(self, identifier: str) -> WatchState | None:
        """How a watch is doing."""
        engine, settings = self._engine(), self.installation.settings
        if engine is None:
            return None
        now = self._clock()
        with usable(), engine.connect() as connection:
            watches = {watch.id: watch for watch in all_watches(settings, connection)}
            watch = watches.get(identifier)
            if watch is None:
                return None
            terms = delivery_terms(settings, [watch])
            waiting = [t for t in terms.values() if t.waits]
            until = snoozed(connection).get(identifier)
            due = min((t.next_moment(now) for t in waiting), default=now)
            if until is not None and until > due:
                due = min((t.next_moment(until) for t in waiting), default=until)
            return WatchState(
                precision=precision(connection, identifier),
                next_due=due if due > now else None,
                snoozed_until=until if until is not None and until > now else None,
                channels=tuple(channel_health(connection, identifier, c) for c in watch.channels),
                dead=tuple(dead_letters(connection, identifier)),
            )

    def findings(self, identifier: str, limit: int) -> Sequence[Finding]:
        """The newest matches of a watch."""
        engine = self._engine()
        if engine is None:
            return []
        names = self.installation.settings.source_names
        with usable(), engine.connect() as connection:
            return findings(connection, identifier, limit, names)

    def mark(self, identifier: str, match: int, mark: str | None) -> None:
        """Mark a match."""
        with usable(), self._database().begin() as connection:
            _demand(mark_match(connection, identifier, match, mark), "match of this watch")

    def mute(self, identifier: str, match: int, *, muted: bool) -> None:
        """Tell no more of a story, or again."""
        with usable(), self._database().begin() as connection:
            done = (
                mute(connection, identifier, match, self._clock())
                if muted
                else unmute(connection, identifier, match)
            )
            _demand(done, "match of this watch")

    def snooze(self, identifier: str, until: datetime | None) -> None:
        """Send nothing of a watch before a moment."""
        with usable(), self._database().begin() as connection:
            _demand(snooze(connection, identifier, until), "watch with this id, or no run saw it")

    def dead_letters(self) -> Sequence[DeadLetter]:
        """Messages that were given up."""
        engine = self._engine()
        if engine is None:
            return []
        with usable(), engine.connect() as connection:
            return list(dead_letters(connection))

    def replay(self, key: str | None) -> int:
        """Send a dead letter again, or all."""
        with usable(), self._database().begin() as connection:
            return replay(connection, key)

    def drop(self, key: str | None) -> int:
        """Keep a dead letter no longer, or all."""
        with usable(), self._database().begin() as connection:
            return drop(connection, key, self._clock())

    def subscription(self, token: str) -> Subscription | None:
        """What an address can take itself off."""
        with self._links_known(), usable(), self._database().connect() as connection:
            return find_subscription(connection, self._ledger, token)

    def unsubscribe(self, token: str) -> bool:
        """Send no more of it."""
        with self._links_known(), usable(), self._database().connect() as connection:
            known = end_subscription(connection, self._ledger, token, self._clock())
            connection.commit()
            return known

    def subscribe(self, identifier: str, channel: str) -> bool:
        """Send again to an address that took itself off; False if it did not."""
        try:
            with usable(), self._database().begin() as connection:
                now = self._clock()
                return renew_subscription(connection, self._ledger, identifier, channel, now)
        except OSError as error:
            raise DatabaseError(f"{self._ledger.path}: {error.strerror}", hint=REMEDY) from error

    @contextmanager
    def _links_known(self) -> Iterator[None]:
        """LinkUnreadable if the ledger of subscriptions is asked for a link and can't be read."""
        try:
            yield
        except OSError as error:
            raise LinkUnreadable(f"{self._ledger.path}: {error.strerror}") from error

    @property
    def _ledger(self) -> SubscriptionLedger:
        return SubscriptionLedger(self.installation.settings.subscriptions)

    def _reason(self, query: object) -> str | None:
        """What is wrong with a query; None: nothing, or it is none."""
        try:
            compile_watch(str(query), self.installation.settings, self.installation.compiler)
        except QueryError as error:
            return error.reason
        return None

    def _editable(self, identifier: str) -> WatchEntry:
        known = {entry.watch.id: entry for entry in self.entries()}
        mistaken = identifier in self.installation.settings.mistaken_ids
        if identifier not in known and not mistaken:
            raise _unknown(identifier, known)
        if mistaken or not known[identifier].editable:
            raise WatchReadOnly(
                f"The watch {identifier} stands in the configuration.",
                hint="It is changed in its file in the folder watches.",
            )
        return known[identifier]

    def _database(self) -> sa.Engine:
        engine = self._engine()
        if engine is None:
            raise DatabaseError("there is no database yet", hint="it comes with the first run")
        return engine


def _demand(done: bool, what: str) -> None:
    if not done:
        raise NotFound(f"There is no {what}.")


def _entry(stored: StoredWatch) -> WatchEntry:
    return WatchEntry(
        stored.watch,
        editable=True,
        created=stored.created,
        changed=stored.changed,
        author=stored.author,
    )


def _unknown(identifier: str, known: Mapping[str, WatchEntry] | tuple[()]) -> NotFound:
    near = suggestion(identifier, known)
    return NotFound(f"There is no watch {identifier!r}{near}.")
