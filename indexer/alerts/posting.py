"""What a run has found for its watches goes into the outbox: one message for each channel and
group, that is of what is new, and of first looks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from indexer.alerts.message_keys import message_key
from indexer.alerts.outbox import NewMessage, join_waiting, post
from indexer.alerts.reasons import TOLD_BEFORE
from indexer.alerts.told import MatchContent, ToldBefore, contents_of
from indexer.alerts.watches import Watch
from indexer.database import tables
from indexer.database.chunks import chunks


@dataclass(frozen=True, slots=True)
class WatchNews:
    """What a watch has to tell of one run."""

    watch: Watch
    found: dict[bool, list[int]] = field(default_factory=dict)
    """Its matches: those of first looks, and the others."""
    merged: set[int] = field(default_factory=set)
    """Earlier matches that a change of an event has come to."""

    def add(self, match: int, *, first_look: bool) -> None:
        """Tell of a match."""
        self.found.setdefault(first_look, []).append(match)

    @property
    def matches(self) -> list[int]:
        """All that are told."""
        return [match for group in self.found.values() for match in group]


def post_news(
    connection: sa.Connection, run: int, now: datetime, news: Sequence[WatchNews]
) -> None:
    """Put the messages into the outbox; the caller commits them together with the matches.

    What a channel was told before the database was put back is left out, and so is what a message
    tells that waits. Many watches are asked about at once: a statement for each takes longer than
    to match them.
    """
    poster = _Poster(connection, run, now)
    for some in chunks(told for told in news if told.found and told.watch.channels):
        poster.post(some)


@dataclass(frozen=True, slots=True)
class _Poster:
    connection: sa.Connection
    run: int
    now: datetime

    def post(self, news: Sequence[WatchNews]) -> None:
        """Post what some watches have to tell."""
        contents = contents_of(self.connection, [m for told in news for m in told.matches])
        before = ToldBefore(self.connection, [told.watch.id for told in news])
        messages, known = list[NewMessage](), set[int]()
        for told in news:
            untold = set[int]()
            for channel in told.watch.channels:
                unknown = {
                    match
                    for match in told.matches
                    if not before.has(told.watch.id, channel, contents[match])
                }
                untold |= unknown
                waiting = join_waiting(self.connection, told.watch.id, channel, told.merged)
                messages += self._messages(told, channel, unknown - waiting, contents)
            known.update(set(told.matches) - untold)
        post(self.connection, messages)
        self._mark_told(known)

    def _messages(
        self,
        news: WatchNews,
        channel: str,
        untold: Collection[int],
        contents: Mapping[int, MatchContent],
    ) -> Iterator[NewMessage]:
        """The messages to one channel, with the matches that it does not know."""
        watch = news.watch.id
        for first_look, matches in sorted(news.found.items()):
            told = [match for match in sorted(matches) if match in untold]
            if told:
                said = [contents[match] for match in told]
                key = message_key(watch, self.run, channel, said, first_look=first_look)
                yield NewMessage(key, watch, self.run, channel, self.now, first_look, told)

    def _mark_told(self, matches: Collection[int]) -> None:
        """All channels know of these matches."""
        for part in chunks(sorted(matches)):
            self.connection.execute(
                sa.update(tables.match)
                .where(tables.match.c.id.in_(part))
                .values(state="sent", reason=TOLD_BEFORE)
            )
