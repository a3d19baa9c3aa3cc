"""Keys to the web interface, and sessions."""

from __future__ import annotations

import sqlalchemy as sa

from indexer.database.tables.schema import Instant, metadata

# Keys to the web interface: their SHA-256, and that of the feed key that is derived from each.
access_key = sa.Table(
    "access_key",
    metadata,
    sa.Column("name", sa.String(64), primary_key=True),
    sa.Column("scope", sa.String(8), nullable=False),
    sa.Column("prefix", sa.String(16), nullable=False),
    sa.Column("digest", sa.String(64), nullable=False, unique=True),
    sa.Column("feed_digest", sa.String(64), nullable=False, unique=True),
    sa.Column("created", Instant, nullable=False),
    sa.Column("used", Instant),
    sqlite_with_rowid=False,
)

# Sessions of people who logged in with a key: the SHA-256 of their ids.
access_session = sa.Table(
    "access_session",
    metadata,
    sa.Column("digest", sa.String(64), primary_key=True),
    sa.Column("key", sa.ForeignKey("access_key.name"), nullable=False),
    sa.Column("began", Instant, nullable=False),
    sa.Column("rotated", Instant, nullable=False),
    sa.Column("expires", Instant, nullable=False),
    sa.Column("replaced", sa.Boolean, nullable=False),
    sqlite_with_rowid=False,
)
