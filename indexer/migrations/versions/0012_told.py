"""What was told before the database was put back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012_told"
down_revision = "0011_traps"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; it stays empty until a database is put back."""
    op.create_table(
        "told",
        sa.Column("watch", sa.String(64), primary_key=True),
        sa.Column("channel", sa.Text, primary_key=True),
        sa.Column("document", sa.String(16), primary_key=True),
        sa.Column("key", sa.String(32), primary_key=True),
        sqlite_with_rowid=False,
    )
