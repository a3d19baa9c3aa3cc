"""How a page was met that no list named which had been read before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026_how_pages_were_met"
down_revision = "0025_former_days"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column: of pages that are known and were not read yet, nothing was kept."""
    op.add_column("address", sa.Column("met", sa.String(5), nullable=True))
