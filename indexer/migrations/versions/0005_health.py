"""The health of sources, and how many links a look at one found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005_health"
down_revision = "0004_events"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; the next look at a source fills them."""
    op.add_column("source_run", sa.Column("links", sa.Integer(), nullable=True))
    op.add_column("source", sa.Column("state", sa.String(length=24), nullable=True))
    op.add_column("source", sa.Column("reason", sa.Text(), nullable=True))
    op.add_column("source", sa.Column("since", sa.DateTime(), nullable=True))
    op.add_column(
        "source", sa.Column("blocked", sa.Integer(), nullable=False, server_default=sa.text("0"))
    )
    op.add_column("source", sa.Column("next_try", sa.DateTime(), nullable=True))
