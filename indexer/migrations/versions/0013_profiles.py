"""What is learnt of a site from its own pages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013_profiles"
down_revision = "0012_told"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; the next run fills it from the archive."""
    op.create_table(
        "site_profile",
        sa.Column("source", sa.String(64), primary_key=True),
        sa.Column("site", sa.String(255), primary_key=True),
        sa.Column("version", sa.Integer),
        sa.Column("digest", sa.String(64)),
        sa.Column("content", sa.JSON),
        sa.Column("pages", sa.Integer, nullable=False),
        sa.Column("learnt", sa.DateTime, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("agreement", sa.String(32), nullable=False, server_default=""),
        sa.Column("agreed", sa.Integer, nullable=False, server_default="0"),
        sa.Column("disagreed", sa.Integer, nullable=False, server_default="0"),
        sa.Column("doubted", sa.DateTime),
        sa.Column("redesigned", sa.DateTime),
        sqlite_with_rowid=False,
    )
