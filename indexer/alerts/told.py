"""What was told of documents before the database was put back: owns the table `told`.

A match is told to a channel if everything that it says of its document was. It is recognised by
hashes that do not depend on the numbers in the database: fingerprints of its new passages, changes
of events, and, where a query has no words, what the revision added.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from indexer.alerts.sent_ledger import SentLedger, SentMessage
from indexer.database import tables
from indexer.database.chunks import chunks
from indexer.events.change_lines import ReportedChange
from indexer.events.queries import reported_changes

LONGEST = timedelta(days=90)
"""How far back the ledger is read: the database forgets messages itself, but later."""

_TOLD = tables.told.c


@dataclass(frozen=True, slots=True)
class MatchContent:
    """What a match says, for comparison."""

    document: str
    keys: frozenset[str]


def contents_of(connection: sa.Connection, matches: Collection[int]) -> Mapping[int, MatchContent]:
    """Id of a match → what it says."""
    passage, match, revision = tables.matched_passage.c, tables.match.c, tables.revision.c
    found: dict[int, MatchContent] = {}
    for part in chunks(sorted(matches)):
        passages: dict[int, set[str]] = {}
        query = sa.select(passage.match, passage.fingerprint).where(passage.match.in_(part))
        for number, fingerprint in connection.execute(query):
            passages.setdefault(number, set()).add(fingerprint)
        rows = connection.execute(
            sa.select(match.id, match.document, match.events, revision.added)
            .join(
                tables.revision,
                sa.and_(revision.document == match.document, revision.number == match.revision),
            )
            .where(match.id.in_(part))
        ).all()
        for row in rows:
            changes = reported_changes(connection, row.events or ())
            keys = passages.get(row.id, set()) | {_hash(_words(change)) for change in changes}
            keys = keys or {_hash(json.dumps(row.added))}
            found[row.id] = MatchContent(row.document, frozenset(keys))
    return found


def told_by(contents: Iterable[MatchContent]) -> dict[str, list[str]]:
    """Id of a document → what a message with matches of these contents tells of it."""
    told: dict[str, set[str]] = {}
    for content in contents:
        told.setdefault(content.document, set()).update(content.keys)
    return {document: sorted(keys) for document, keys in sorted(told.items())}


class ToldBefore:
    """What the channels of some watches were told."""

    def __init__(self, connection: sa.Connection, watches: Collection[str]) -> None:
        self._told: dict[tuple[str, str, str], set[str]] = {}
        columns = _TOLD.watch, _TOLD.channel, _TOLD.document, _TOLD.key
        for part in chunks(watches):
            for *here, key in connection.execute(sa.select(*columns).where(_TOLD.watch.in_(part))):
                self._told.setdefault(tuple(here), set()).add(key)

    def has(self, watch: str, channel: str, content: MatchContent) -> bool:
        """Whether the channel was told all that a match says."""
        return content.keys <= self._told.get((watch, channel, content.document), set())


def unknown_messages(
    connection: sa.Connection, ledger: SentLedger, now: datetime
) -> list[SentMessage]:
    """What the ledger has after the last message that the database knows as sent."""
    unknown: list[SentMessage] = []
    outbox = tables.outbox.c
    for message in ledger.newest_first():
        state = sa.select(outbox.state).where(outbox.key == message.key)
        known = connection.execute(state).scalar() == "sent"
        if known or datetime.fromisoformat(message.at) < now - LONGEST:
            break
        unknown.append(message)
    return unknown


def enter_told(connection: sa.Connection, message: SentMessage) -> None:
    """Keep what the message told; the caller commits."""
    for document, keys in message.told.items():
        here = (
            _TOLD.watch == message.watch,
            _TOLD.channel == message.channel,
            _TOLD.document == document,
        )
        known = set(connection.execute(sa.select(_TOLD.key).where(*here)).scalars())
        for key in sorted(set(keys) - known):
            connection.execute(
                sa.insert(tables.told).values(
                    watch=message.watch, channel=message.channel, document=document, key=key
                )
            )


def _words(change: ReportedChange) -> str:
    """A change without the event's id, which is given again."""
    return json.dumps([change.name, change.change, change.what, change.old, change.new])


def _hash(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest()
