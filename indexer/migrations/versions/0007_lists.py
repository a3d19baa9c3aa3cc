"""Lists that are read whole now and then."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007_lists"
down_revision = "0006_rights"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add when a list is read whole again; what is there stays as it is."""
    op.add_column("address", sa.Column("whole_due", sa.DateTime()))
