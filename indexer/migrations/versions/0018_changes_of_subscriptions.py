"""When a subscription was last changed: which lines of its ledger the database knows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018_changes_of_subscriptions"
down_revision = "0017_subscriptions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; it fills with the next changes, and from the ledger."""
    op.add_column("subscription", sa.Column("changed", sa.DateTime(), nullable=True))
