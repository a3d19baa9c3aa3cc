"""Keys to the web interface, and sessions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009_access"
down_revision = "0008_cooldowns"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables; what is there stays as it is."""
    op.create_table(
        "access_key",
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("scope", sa.String(8), nullable=False),
        sa.Column("prefix", sa.String(16), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False, unique=True),
        sa.Column("feed_digest", sa.String(64), nullable=False, unique=True),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.Column("used", sa.DateTime()),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "access_session",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("key", sa.String(64), sa.ForeignKey("access_key.name"), nullable=False),
        sa.Column("began", sa.DateTime(), nullable=False),
        sa.Column("rotated", sa.DateTime(), nullable=False),
        sa.Column("expires", sa.DateTime(), nullable=False),
        sa.Column("replaced", sa.Boolean(), nullable=False),
        sqlite_with_rowid=False,
    )
