"""The installation's id, and the epochs by which an index knows its database."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010_epochs"
down_revision = "0009_access"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables; the first run fills them."""
    op.create_table("installation", sa.Column("id", sa.String(32), primary_key=True))
    op.create_table(
        "epoch",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("token", sa.String(32), nullable=False, unique=True),
        sqlite_autoincrement=True,
    )
