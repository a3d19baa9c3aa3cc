"""References to removed documents in rows that stay: reasons, summaries, messages, moves, events.

`indexer.erasure.removal` deletes the other rows. The caller commits.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import sqlalchemy as sa

from indexer.database import tables
from indexer.database.chunks import among, chunks
from indexer.events.changes import KnownEvent

_UNSENT = ("pending", "dead")
"""States of messages that may still be sent (`indexer.alerts.outbox`)."""


def remove_from_reasons(connection: sa.Connection, words: str) -> None:
    """Remove reasons that contain these words (an address); the outcomes stay."""
    for table in tables.metadata.tables.values():
        if "reason" in table.c:
            connection.execute(
                sa.update(table)
                .where(table.c.reason.contains(words, autoescape=True))
                .values(reason=None)
            )
    for run, summary in _summaries(connection):
        problems = [text for text in summary.get("problems", ()) if words not in text]
        sources = {
            name: {**counts, "reason": None} if words in (counts["reason"] or "") else counts
            for name, counts in summary.get("sources", {}).items()
        }
        _update_summary(connection, run, summary, {"problems": problems, "sources": sources})


def remove_from_summaries(connection: sa.Connection, source: str) -> None:
    """Remove a source from the summaries of runs; the totals stay."""
    for run, summary in _summaries(connection):
        begins = f"source {source}:"
        problems = [text for text in summary.get("problems", ()) if not text.startswith(begins)]
        sources = {
            name: counts for name, counts in summary.get("sources", {}).items() if name != source
        }
        _update_summary(connection, run, summary, {"problems": problems, "sources": sources})


def remove_from_messages(connection: sa.Connection, matches: frozenset[int]) -> None:
    """Remove matches from messages; a message without matches is not sent."""
    for row in connection.execute(sa.select(tables.outbox)).all():
        left = [match for match in row.matches if match not in matches]
        if len(left) == len(row.matches):
            continue
        untold = not left and row.state in _UNSENT
        state = "dropped" if untold else row.state
        connection.execute(
            sa.update(tables.outbox)
            .where(tables.outbox.c.key == row.key)
            .values(matches=left, state=state)
        )


def revert_moves(connection: sa.Connection, documents: Collection[str]) -> None:
    """Make documents moved to one of these (of another source) documents of their own again."""
    for chunk in chunks(documents):
        connection.execute(
            sa.update(tables.document)
            .where(tables.document.c.moved_to.in_(chunk))
            .values(moved_to=None)
        )


def events_reported_by(connection: sa.Connection, documents: Collection[str]) -> frozenset[str]:
    """Events that these documents state, or of which they have stated a change."""
    member, change = tables.event_document.c, tables.event_change.c
    return among(connection, member.event, member.document, documents) | among(
        connection, change.event, change.document, documents
    )


def reset_events(connection: sa.Connection, events: Collection[str]) -> None:
    """Let the documents that are left decide what is known of these events.

    The next run links those documents again, without notifying any watch.
    """
    member = tables.event_document.c
    left = among(connection, member.event, member.event, events)
    left |= among(connection, tables.event_change.c.event, tables.event_change.c.event, events)
    tellers = among(connection, member.document, member.event, events)
    for chunk in chunks(tellers):
        connection.execute(
            sa.update(tables.document).where(tables.document.c.id.in_(chunk)).values(linked=False)
        )
    for chunk in chunks(left):
        connection.execute(
            sa.update(tables.event)
            .where(tables.event.c.id.in_(chunk))
            .values(known=KnownEvent().to_json(), stated="")
        )
    for chunk in chunks(frozenset(events) - left):
        connection.execute(sa.delete(tables.event).where(tables.event.c.id.in_(chunk)))


def language_group(connection: sa.Connection, addresses: Collection[str]) -> frozenset[str]:
    """Addresses that are versions in other languages of one of these."""
    table = tables.language_version.c
    groups = among(connection, table.group, table.url, addresses)
    return among(connection, table.url, table.group, groups)


def remove_lone_versions(connection: sa.Connection) -> None:
    """Remove versions that are the only ones of their group."""
    table = tables.language_version
    alone = sa.select(table.c.group).group_by(table.c.group).having(sa.func.count() == 1)
    connection.execute(sa.delete(table).where(table.c.group.in_(alone)))


def _summaries(connection: sa.Connection) -> list[tuple[int, Mapping[str, Any]]]:
    """Number and summary of each run that has one."""
    query = sa.select(tables.run.c.id, tables.run.c.summary)
    return [(number, summary) for number, summary in connection.execute(query) if summary]


def _update_summary(
    connection: sa.Connection, run: int, summary: Mapping[str, Any], changes: Mapping[str, Any]
) -> None:
    """Write the changed parts of a run's summary."""
    changed = {key: value for key, value in changes.items() if key in summary}
    if any(summary[key] != value for key, value in changed.items()):
        connection.execute(
            sa.update(tables.run)
            .where(tables.run.c.id == run)
            .values(summary={**summary, **changed})
        )
