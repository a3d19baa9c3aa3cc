"""Rights: pages that must not come back, texts that were removed, purged archive files."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006_rights"
down_revision = "0005_health"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what removing needs to know; what is there stays as it is."""
    op.add_column("archive_file", sa.Column("purged", sa.JSON()))
    op.add_column("revision", sa.Column("said", sa.JSON()))
    op.create_table(
        "forgotten",
        sa.Column("key", sa.String(32), primary_key=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "forgetting",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("kind", sa.String(6), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("started", sa.DateTime(), nullable=False),
        sa.Column("finished", sa.DateTime()),
        sa.Column("counts", sa.JSON(), nullable=False),
        sqlite_autoincrement=True,
    )
