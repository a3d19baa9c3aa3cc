"""What readers say of matches: irrelevant or relevant, a story muted, a watch snoozed.

Marks are kept as labels; the precision of a watch is the share of relevant ones among them.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from indexer.database import tables

MARKS = ("relevant", "irrelevant")


class Precision(NamedTuple):
    """How many of the marked matches are relevant."""

    relevant: int
    marked: int

    @property
    def share(self) -> float | None:
        """None: nothing is marked."""
        return self.relevant / self.marked if self.marked else None


def mark(connection: sa.Connection, watch: str, match: int, value: str | None) -> bool:
    """Mark a match, or (None) take its mark away; False if the watch has no such match. The caller
    commits.
    """
    if value is not None and value not in MARKS:
        raise ValueError(f"no mark: {value}")
    table = tables.match.c
    done = sa.update(tables.match).where(table.id == match, table.watch == watch)
    return connection.execute(done.values(mark=value)).rowcount == 1


def precision(connection: sa.Connection, watch: str) -> Precision:
    """The precision of a watch, by its marks."""
    table = tables.match.c
    query = sa.select(table.mark, sa.func.count()).where(
        table.watch == watch, table.mark.is_not(None)
    )
    counts: dict[str, int] = dict(connection.execute(query.group_by(table.mark)).all())
    return Precision(counts.get("relevant", 0), sum(counts.values()))


def mute(connection: sa.Connection, watch: str, match: int, now: datetime) -> bool:
    """Tell no more of the story of a match; False if the watch has no such match. The caller
    commits.
    """
    story = _story(connection, watch, match)
    if story is None:
        return False
    if story not in muted_stories(connection, watch):
        row = {"watch": watch, "story": story, "at": now}
        connection.execute(sa.insert(tables.muted_story).values(row))
    return True


def unmute(connection: sa.Connection, watch: str, match: int) -> bool:
    """Tell of the story again; False if the watch has no such match. The caller commits."""
    story = _story(connection, watch, match)
    table = tables.muted_story.c
    connection.execute(
        sa.delete(tables.muted_story).where(table.watch == watch, table.story == story)
    )
    return story is not None


def muted_stories(connection: sa.Connection, watch: str) -> frozenset[str]:
    """The stories of which a watch tells no more."""
    table = tables.muted_story.c
    return frozenset(
        connection.execute(sa.select(table.story).where(table.watch == watch)).scalars()
    )


def all_muted_stories(connection: sa.Connection) -> dict[str, frozenset[str]]:
    """The same of every watch that has some."""
    table = tables.muted_story.c
    muted: dict[str, set[str]] = {}
    for watch, story in connection.execute(sa.select(table.watch, table.story)):
        muted.setdefault(watch, set()).add(story)
    return {watch: frozenset(stories) for watch, stories in muted.items()}


def snooze(connection: sa.Connection, watch: str, until: datetime | None) -> bool:
    """Send nothing of a watch before a moment (None: go on); what comes meanwhile waits. False if
    no run has seen the watch. The caller commits.
    """
    done = sa.update(tables.watch).where(tables.watch.c.id == watch)
    return connection.execute(done.values(snoozed_until=until)).rowcount == 1


def snoozed(connection: sa.Connection, only: Collection[str] | None = None) -> dict[str, datetime]:
    """Watches (or those of these) that are snoozed, and until when."""
    table = tables.watch.c
    query = sa.select(table.id, table.snoozed_until).where(table.snoozed_until.is_not(None))
    if only is not None:
        query = query.where(table.id.in_(only))
    return dict(connection.execute(query).all())


def _story(connection: sa.Connection, watch: str, match: int) -> str | None:
    table = tables.match.c
    query = sa.select(sa.func.coalesce(table.story, table.document))
    found = connection.execute(query.where(table.id == match, table.watch == watch)).scalar()
    return None if found is None else str(found)
