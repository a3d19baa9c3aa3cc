"""Backfills (how far they have come, what they have found) and language versions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003_discovery"
down_revision = "0002_nights"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add two tables and a column."""
    op.create_table(
        "walk",
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("start", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("next", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("source", "start"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "language_version",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("lang", sa.String(length=2), nullable=False),
        sa.Column("group", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("url"),
        sqlite_with_rowid=False,
    )
    op.create_index("language_version_group", "language_version", ["group"], unique=False)
    with op.batch_alter_table("address") as address:
        address.add_column(
            sa.Column("archive", sa.Boolean(), nullable=False, server_default=sa.false())
        )
