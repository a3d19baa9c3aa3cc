"""The port to watches: who makes, changes and removes them, and what they would have told."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Protocol

from indexer.alerts.backtest import Backtest
from indexer.alerts.channel_health import ChannelHealth
from indexer.alerts.dead_letters import DeadLetter
from indexer.alerts.findings import Finding, Tally
from indexer.alerts.marks import Precision
from indexer.alerts.subscriptions import Subscription
from indexer.alerts.watches import CHANGES, Watch
from indexer.records.document import iso_instant
from search_api.problems import NotFound, WatchMistaken


def version_of(watch: Watch) -> str:
    """Tells whether a watch is the one that somebody knows."""
    return sha256(json.dumps(watch.to_json(), sort_keys=True).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class WatchEntry:
    """A watch, and where it is kept."""

    watch: Watch
    editable: bool
    """It is in the database; those of the configuration are changed there."""
    created: datetime | None = None
    changed: datetime | None = None
    author: str | None = None
    """Name of the key of who changed it last."""

    @property
    def version(self) -> str:
        """Another one for each form of the watch."""
        return version_of(self.watch)

    def to_json(self) -> dict[str, Any]:
        """The object of `/api/watches/{id}`."""
        return {
            **self.watch.to_json(),
            "editable": self.editable,
            "created": self.created and iso_instant(self.created),
            "changed": self.changed and iso_instant(self.changed),
            "author": self.author,
        }


@dataclass(frozen=True, slots=True)
class WatchState:
    """How a watch is doing."""

    precision: Precision
    """By the marks of its matches."""
    next_due: datetime | None
    """When its messages are sent next; None: with the next run."""
    snoozed_until: datetime | None
    channels: tuple[ChannelHealth, ...]
    dead: tuple[DeadLetter, ...]
    """Messages that were given up."""

    @property
    def sent(self) -> datetime | None:
        """When a channel accepted something last."""
        return max((c.sent for c in self.channels if c.sent), default=None)

    def to_json(self) -> dict[str, Any]:
        """The object `state` of `/api/watches/{id}`."""
        return {
            "sent": self.sent and iso_instant(self.sent),
            "next_due": self.next_due and iso_instant(self.next_due),
            "snoozed_until": self.snoozed_until and iso_instant(self.snoozed_until),
            "precision": self.precision.share,
            "relevant": self.precision.relevant,
            "marked": self.precision.marked,
            "channels": [channel.to_json() for channel in self.channels],
            "dead_letters": [letter.to_json() for letter in self.dead],
        }


class WatchDesk(Protocol):
    """Every method may raise DatabaseError, and is called from several threads at once."""

    def entries(self) -> Sequence[WatchEntry]:
        """All watches: those of the configuration, then those in the database."""

    def tallies(self, days: int) -> Mapping[str, Tally]:
        """Id of a watch → what it told in the last days; not if it told nothing for a year."""

    def has_new_files(self) -> bool:
        """Whether files of watches or topics have changed since they were read."""

    def check(self, content: Mapping[str, Any]) -> Watch:
        """The watch that is described; WatchMistaken. Nothing is kept."""

    def add(self, content: Mapping[str, Any], author: str | None) -> WatchEntry:
        """Keep a new watch, which starts now; without an id, it gets one from its name."""

    def change(
        self,
        identifier: str,
        content: Mapping[str, Any],
        author: str | None,
        known: Collection[str] | None = None,
    ) -> WatchEntry:
        """Keep another form of a watch, if it is still one of the known versions (None: any).
        NotFound, WatchReadOnly, WatchMistaken, WatchChanged.
        """

    def remove(self, identifier: str) -> None:
        """Remove a watch; its matches stay. NotFound, WatchReadOnly."""

    def backtest(self, query: str, days: int, tell: Collection[str] = CHANGES) -> Backtest:
        """What a watch with this query would have told in the last days. QueryError."""

    def state(self, identifier: str) -> WatchState | None:
        """How a watch is doing; None: no run has seen it, or there is none."""

    def findings(self, identifier: str, limit: int) -> Sequence[Finding]:
        """The newest matches of a watch, the newest first."""

    def mark(self, identifier: str, match: int, mark: str | None) -> None:
        """Mark a match `relevant` or `irrelevant` (None: neither). NotFound."""

    def mute(self, identifier: str, match: int, *, muted: bool) -> None:
        """Tell no more of the story of a match, or again. NotFound."""

    def snooze(self, identifier: str, until: datetime | None) -> None:
        """Send nothing of a watch before a moment. NotFound."""

    def dead_letters(self) -> Sequence[DeadLetter]:
        """Messages that were given up."""

    def replay(self, key: str | None) -> int:
        """Send a dead letter again (None: all) with the next delivery; how many there were."""

    def subscription(self, token: str) -> Subscription | None:
        """What an address can take itself off with this token."""

    def unsubscribe(self, token: str) -> bool:
        """Send no more of it; False if there is none."""


class NoWatches:
    """The desk of an application without watches."""

    def entries(self) -> Sequence[WatchEntry]:
        """There is none."""
        return ()

    def tallies(self, days: int) -> Mapping[str, Tally]:
        """There is none."""
        del days
        return {}

    def has_new_files(self) -> bool:
        """There is none."""
        return False

    def check(self, content: Mapping[str, Any]) -> Watch:
        """Nothing can be kept."""
        del content
        raise WatchMistaken(["there is no place for watches here"])

    def add(self, content: Mapping[str, Any], author: str | None) -> WatchEntry:
        """Nothing can be kept."""
        del author
        return WatchEntry(self.check(content), editable=False)

    def change(
        self,
        identifier: str,
        content: Mapping[str, Any],
        author: str | None,
        known: Collection[str] | None = None,
    ) -> WatchEntry:
        """There is none."""
        del content, author, known
        raise NotFound(f"There is no watch {identifier!r}.")

    def remove(self, identifier: str) -> None:
        """There is none."""
        raise NotFound(f"There is no watch {identifier!r}.")

    def backtest(self, query: str, days: int, tell: Collection[str] = CHANGES) -> Backtest:
        """Nothing is known of the past."""
        del query, days
        never = datetime.fromtimestamp(0, UTC)
        return Backtest(never, never, ())

    def state(self, identifier: str) -> WatchState | None:
        """Nothing is known."""
        del identifier
        return None

    def findings(self, identifier: str, limit: int) -> Sequence[Finding]:
        """There is none."""
        del identifier, limit
        return ()

    def mark(self, identifier: str, match: int, mark: str | None) -> None:
        """There is none."""
        del match, mark
        self.remove(identifier)

    def mute(self, identifier: str, match: int, *, muted: bool) -> None:
        """There is none."""
        del match, muted
        self.remove(identifier)

    def snooze(self, identifier: str, until: datetime | None) -> None:
        """There is none."""
        del until
        self.remove(identifier)

    def dead_letters(self) -> Sequence[DeadLetter]:
        """There is none."""
        return ()

    def replay(self, key: str | None) -> int:
        """There is none."""
        del key
        return 0

    def subscription(self, token: str) -> Subscription | None:
        """There is none."""
        del token
        return None

    def unsubscribe(self, token: str) -> bool:
        """There is none."""
        del token
        return False
