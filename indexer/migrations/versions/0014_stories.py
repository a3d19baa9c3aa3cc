"""The story of each match: pages that print the same text are told once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014_stories"
down_revision = "0013_profiles"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; of earlier matches each document is a story of its own."""
    op.add_column("match", sa.Column("story", sa.String(16), nullable=True))
    op.add_column("match", sa.Column("sample", sa.JSON(), nullable=True))
    op.execute("UPDATE match SET story = document")
    op.create_index("match_story", "match", ["watch", "story"])
