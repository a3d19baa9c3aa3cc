"""Digests, watches in the database, and what readers say of their matches."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016_watches"
down_revision = "0015_document_stories"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables and columns; what is there stays as it is."""
    op.create_table(
        "stored_watch",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("definition", sa.JSON(), nullable=False),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.Column("changed", sa.DateTime(), nullable=False),
        sa.Column("author", sa.String(64), nullable=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "muted_story",
        sa.Column("watch", sa.String(64), sa.ForeignKey("watch.id"), primary_key=True),
        sa.Column("story", sa.String(16), primary_key=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.add_column("watch", sa.Column("snoozed_until", sa.DateTime(), nullable=True))
    op.add_column("match", sa.Column("mark", sa.String(10), nullable=True))
    op.add_column("attempt", sa.Column("answer", sa.Integer(), nullable=True))
    op.add_column("outbox", sa.Column("digest", sa.String(36), nullable=True))
