"""Lists, feeds and sitemaps that pages of a source lead to and that nobody named."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027_ways_not_asked"
down_revision = "0026_how_pages_were_met"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns: nothing was kept of them before."""
    op.add_column("source", sa.Column("unasked", sa.JSON(), nullable=True))
    op.add_column("source", sa.Column("unasked_seen", sa.DateTime(), nullable=True))
