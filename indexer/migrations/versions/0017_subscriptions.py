"""Addresses that may take themselves off a watch."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017_subscriptions"
down_revision = "0016_watches"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; tokens are made with the next mails."""
    op.create_table(
        "subscription",
        sa.Column("watch", sa.String(64), primary_key=True),
        sa.Column("channel", sa.Text(), primary_key=True),
        sa.Column("token", sa.String(43), nullable=False, unique=True),
        sa.Column("ended", sa.DateTime(), nullable=True),
        sqlite_with_rowid=False,
    )
