"""Pages of lists that runs failed to get."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020_unread_pages"
down_revision = "0019_matches_in_time"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; the next failures fill it."""
    op.create_table(
        "unread_page",
        sa.Column("source", sa.String(length=64), primary_key=True),
        sa.Column("start", sa.Text(), primary_key=True),
        sa.Column("url", sa.Text(), primary_key=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("next_try", sa.DateTime(), nullable=False),
        sqlite_with_rowid=False,
    )
