"""What was forgotten."""

from __future__ import annotations

import sqlalchemy as sa

from indexer.database.tables.schema import Instant, metadata

# Pages that must not come back: hash of the page's identity, nothing else is kept of it.
erased_page = sa.Table(
    "forgotten",
    metadata,
    sa.Column("key", sa.String(32), primary_key=True),
    sa.Column("at", Instant, nullable=False),
    sqlite_with_rowid=False,
)

# Each `radar forget`: what for (of a page its hash, once it is done), when, and how much was
# removed.
erasure = sa.Table(
    "forgetting",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("kind", sa.String(6), nullable=False),  # page, source
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("started", Instant, nullable=False),
    sa.Column("finished", Instant),  # null: cut off, the next run ends it
    sa.Column("counts", sa.JSON, nullable=False),
    sqlite_autoincrement=True,
)
