"""Where the ways that nobody named are stored, and when they are looked for again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from indexer.database import tables
from indexer.database.rows import put_row
from indexer.records.unasked import Way

SEEN_AGAIN = timedelta(days=7)
"""Menus change rarely."""

_SOURCE = tables.source.c


def load_unasked(connection: sa.Connection) -> Mapping[str, tuple[Way, ...]]:
    """Source → what was found when its pages were last looked at for them."""
    rows = connection.execute(
        sa.select(_SOURCE.id, _SOURCE.unasked).where(_SOURCE.unasked_seen.is_not(None))
    )
    return {row.id: tuple(Way(kind, url) for kind, url in row.unasked or ()) for row in rows}


def is_unasked_due(connection: sa.Connection, source: str, now: datetime) -> bool:
    """Whether the pages of a source are to be looked at now; a clock that was ahead is no reason to
    wait.
    """
    query = sa.select(_SOURCE.unasked_seen).where(_SOURCE.id == source)
    seen = connection.execute(query).scalar()
    return seen is None or not seen <= now < seen + SEEN_AGAIN


def save_unasked(
    connection: sa.Connection, source: str, ways: Sequence[Way], now: datetime
) -> None:
    """Keep what was found; the caller commits."""
    kept = [[way.kind, way.url] for way in ways]
    put_row(connection, tables.source, {"id": source}, {"unasked": kept, "unasked_seen": now})
