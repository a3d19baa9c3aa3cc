"""When the cooldown of a site was decided."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008_cooldowns"
down_revision = "0007_lists"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the moment; of cooldowns that last it is not known."""
    op.add_column("site", sa.Column("rest_since", sa.DateTime()))
