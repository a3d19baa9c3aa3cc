"""The days from which pages say that an event was moved, by which a page that is read later and
still has the old day finds it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025_former_days"
down_revision = "0024_persons"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns, and let the next run link all events again, which fills them."""
    op.add_column("event_document", sa.Column("former_first", sa.Integer(), nullable=True))
    op.add_column("event_document", sa.Column("former_last", sa.Integer(), nullable=True))
    op.create_index("event_document_former", "event_document", ["former_first", "former_last"])
    op.execute("UPDATE document SET linked = false WHERE linked")
