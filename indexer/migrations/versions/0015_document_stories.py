"""Stories of documents, and the vectors of their passages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015_document_stories"
down_revision = "0014_stories"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; the next run fills it."""
    op.create_table(
        "document_story",
        sa.Column("document", sa.String(16), sa.ForeignKey("document.id"), primary_key=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("story", sa.String(16), nullable=False),
        sa.Column("day", sa.Integer(), nullable=True),
        sa.Column("traits", sa.JSON(), nullable=True),
        sa.Column("encoder", sa.Integer(), nullable=True),
        sa.Column("vectors", sa.LargeBinary(), nullable=True),
    )
    op.create_index("document_story_story", "document_story", ["story"])
    op.create_index("document_story_day", "document_story", ["day"])
