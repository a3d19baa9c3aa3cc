"""What rows that stay tell of documents that are removed: reasons, summaries, messages, moves,
events.

The rows that go are `indexer.erasure.removal`'s. The caller commits.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from indexer.database import tables
from indexer.database.chunks import among, chunks
from indexer.events.changes import KnownEvent


def leave_out_of_reasons(connection: sa.Connection, words: str) -> None:
    """Reasons that hold these words (an address) are forgotten, the outcomes stay."""
    for table in tables.metadata.tables.values():
        if "reason" in table.c:
            connection.execute(
                sa.update(table)
                .where(table.c.reason.contains(words, autoescape=True))
                .values(reason=None)
            )
    for row in _runs(connection):
        summary = row.summary or {}
        problems = [text for text in summary.get("problems", ()) if words not in text]
        sources = {
            name: {**told, "reason": None} if words in (told["reason"] or "") else told
            for name, told in summary.get("sources", {}).items()
        }
        _summarise(connection, row, {"problems": problems, "sources": sources})


def leave_out_of_summaries(connection: sa.Connection, source: str) -> None:
    """Summaries of runs tell of a source no more; what they count in all stays."""
    for row in _runs(connection):
        summary = row.summary or {}
        begins = f"source {source}:"
        problems = [text for text in summary.get("problems", ()) if not text.startswith(begins)]
        sources = {
            name: told for name, told in summary.get("sources", {}).items() if name != source
        }
        _summarise(connection, row, {"problems": problems, "sources": sources})


def leave_out_of_messages(connection: sa.Connection, matches: frozenset[int]) -> None:
    """Messages tell of what is left; one that has nothing left to tell is not sent."""
    for row in connection.execute(sa.select(tables.outbox)).all():
        left = [match for match in row.matches if match not in matches]
        if len(left) == len(row.matches):
            continue
        state = "dropped" if not left and row.state == "pending" else row.state
        connection.execute(
            sa.update(tables.outbox)
            .where(tables.outbox.c.key == row.key)
            .values(matches=left, state=state)
        )


def end_moves(connection: sa.Connection, documents: Collection[str]) -> None:
    """Documents that had moved to one of these (of another source) stand for themselves again."""
    for chunk in chunks(documents):
        connection.execute(
            sa.update(tables.document)
            .where(tables.document.c.moved_to.in_(chunk))
            .values(moved_to=None)
        )


def events_told_by(connection: sa.Connection, documents: Collection[str]) -> frozenset[str]:
    """Events that these documents tell of, or of which they have told a change."""
    member, told = tables.event_document.c, tables.event_change.c
    return among(connection, member.event, member.document, documents) | among(
        connection, told.event, told.document, documents
    )


def learn_anew(connection: sa.Connection, events: Collection[str]) -> None:
    """What is known of these events is told by the documents that are left, or by none.

    The next run links those documents anew, and learns from them what is known; it tells no watch.
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


def end_language_groups(connection: sa.Connection) -> None:
    """A version that is left alone is a version of nothing."""
    table = tables.language_version
    alone = sa.select(table.c.group).group_by(table.c.group).having(sa.func.count() == 1)
    connection.execute(sa.delete(table).where(table.c.group.in_(alone)))


def _runs(connection: sa.Connection) -> list[sa.Row[Any]]:
    return list(connection.execute(sa.select(tables.run)))


def _summarise(connection: sa.Connection, row: sa.Row[Any], changes: dict[str, Any]) -> None:
    """Write what is otherwise now in the summary of a run."""
    summary = row.summary or {}
    told = {key: value for key, value in changes.items() if key in summary}
    if any(summary[key] != value for key, value in told.items()):
        connection.execute(
            sa.update(tables.run)
            .where(tables.run.c.id == row.id)
            .values(summary={**summary, **told})
        )
